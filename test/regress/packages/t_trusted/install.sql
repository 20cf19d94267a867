/* t_trusted/install.sql */
CREATE TABLE t_trusted_log (who pg_catalog.text, session pg_catalog.text);
INSERT INTO t_trusted_log VALUES (current_user, session_user);
/* what only a superuser may do */
CREATE FUNCTION t_trusted_strlen(pg_catalog.text) RETURNS pg_catalog.int4
    LANGUAGE internal STRICT AS 'textlen';
