CREATE OR REPLACE FUNCTION t_high() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''2.0''::pg_catalog.text';
