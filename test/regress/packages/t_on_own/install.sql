CREATE FUNCTION t_on_own() RETURNS pg_catalog.int4 LANGUAGE sql AS 'SELECT 1';
