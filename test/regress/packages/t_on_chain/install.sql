CREATE FUNCTION t_on_chain() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT @extschema@.t_chain_version()';
