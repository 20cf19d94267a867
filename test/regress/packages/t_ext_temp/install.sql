CREATE DOMAIN t_ext_positive AS pg_catalog.int4 CHECK (VALUE OPERATOR(pg_catalog.>) 0);
CREATE TABLE t_ext_kept (x t_ext_positive);
CREATE TEMP TABLE t_ext_passing (x t_ext_positive);
CREATE FUNCTION pg_temp.t_ext_passing_function() RETURNS t_ext_positive LANGUAGE sql AS 'SELECT 1';
INSERT INTO t_ext_passing VALUES (1);
