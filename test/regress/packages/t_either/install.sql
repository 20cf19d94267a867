CREATE FUNCTION t_either() RETURNS pg_catalog.int4 LANGUAGE sql AS 'SELECT 1';
