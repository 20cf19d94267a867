CREATE FUNCTION "T_Mixed-case.1"() RETURNS pg_catalog.int4 LANGUAGE sql AS 'SELECT 3';
