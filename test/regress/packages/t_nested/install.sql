SELECT pg_catalog.pg_extension_install('t_foo');
