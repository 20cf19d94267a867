CREATE FUNCTION t_foo_bar() RETURNS pg_catalog.int4 LANGUAGE sql AS 'SELECT 2';
