CREATE FUNCTION t_rival() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''a''::pg_catalog.text';
