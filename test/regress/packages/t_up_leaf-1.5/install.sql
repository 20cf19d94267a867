CREATE FUNCTION t_up_leaf() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''leaf 1.5''::pg_catalog.text';
