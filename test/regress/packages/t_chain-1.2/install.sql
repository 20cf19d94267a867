CREATE FUNCTION t_chain_version() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''1.2, installed''::pg_catalog.text';
