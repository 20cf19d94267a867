CREATE OR REPLACE FUNCTION t_ext_answer() RETURNS pg_catalog.int4 LANGUAGE sql AS 'SELECT 42';
CREATE OR REPLACE VIEW t_ext_answers AS SELECT 42 AS answer;
CREATE OR REPLACE AGGREGATE t_ext_product(pg_catalog.int4) (SFUNC = pg_catalog.int4mul, STYPE = pg_catalog.int4, INITCOND = '1');
/* these complete shells, if there are any */
CREATE TYPE t_ext_label AS ENUM ('good', 'bad');
CREATE FUNCTION t_ext_near(pg_catalog.point, pg_catalog.box) RETURNS pg_catalog.bool LANGUAGE sql
    AS 'SELECT $1 OPERATOR(pg_catalog.<@) $2';
CREATE OPERATOR <?~ (LEFTARG = pg_catalog.point, RIGHTARG = pg_catalog.box, FUNCTION = t_ext_near);
