CREATE FUNCTION l_superuser_c() RETURNS int LANGUAGE c AS '$libdir/l_superuser', 'f';
CREATE OPERATOR CLASS l_superuser_o FOR TYPE int USING btree AS STORAGE int;
CREATE TYPE l_superuser_b (INPUT = l_superuser_i, OUTPUT = l_superuser_o);
CREATE TYPE l_superuser_t AS (a int);
SELECT pg_catalog.abs(1);
