CREATE FUNCTION t_rival() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''b''::pg_catalog.text';
