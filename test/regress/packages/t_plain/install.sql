/* t_plain/install.sql */
CREATE FUNCTION t_plain_who() RETURNS text LANGUAGE sql
    AS 'SELECT pg_catalog.current_user()::pg_catalog.text';
CREATE TABLE t_plain_log (who pg_catalog.text);
INSERT INTO t_plain_log VALUES (current_user);
