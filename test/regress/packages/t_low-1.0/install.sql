CREATE FUNCTION t_low() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''1.0''::pg_catalog.text';
