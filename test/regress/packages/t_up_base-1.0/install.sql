CREATE FUNCTION t_up_base() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''base 1.0''::pg_catalog.text';
