CREATE OR REPLACE FUNCTION t_chain_version() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''1.1, upgraded from 1.0''::pg_catalog.text';
