CREATE FUNCTION t_ext_asks() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''@extschema@''::pg_catalog.text';
