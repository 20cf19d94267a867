CREATE TABLE t_looks_seen AS
    SELECT name, version FROM pg_catalog.pg_extension_installed()
    WHERE name OPERATOR(pg_catalog.~~) 't\_%';
SELECT pg_catalog.pg_extension_explain('t_foo_bar');
