CREATE FUNCTION t_on_rival() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT @extschema@.t_rival()';
