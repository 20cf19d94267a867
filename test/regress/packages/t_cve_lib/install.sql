CREATE FUNCTION t_cve_same(pg_catalog.varchar, pg_catalog.varchar) RETURNS pg_catalog.bool LANGUAGE internal STRICT AS 'texteq';
CREATE OPERATOR ~=~ (LEFTARG = pg_catalog.varchar, RIGHTARG = pg_catalog.varchar, FUNCTION = t_cve_same);
CREATE TABLE t_cve_list (x pg_catalog.text);
