CREATE FUNCTION t_ext_low() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''low''::pg_catalog.text';
