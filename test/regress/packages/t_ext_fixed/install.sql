CREATE FUNCTION t_ext_fixed() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''fixed''::pg_catalog.text';
