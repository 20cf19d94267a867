CREATE FUNCTION t_guard() RETURNS pg_catalog.int4 LANGUAGE sql AS 'SELECT 1';
