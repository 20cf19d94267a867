CREATE TABLE t_ext_settings (name pg_catalog.text, builtin pg_catalog.bool DEFAULT false);
CREATE SEQUENCE t_ext_settings_seq;
INSERT INTO t_ext_settings VALUES ('first', true);
SELECT pg_catalog.pg_extension_config_dump('t_ext_settings', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('t_ext_settings_seq', '');
