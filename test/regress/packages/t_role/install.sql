CREATE TABLE t_role_log (who pg_catalog.text);
SET ROLE NONE;
SET SESSION AUTHORIZATION DEFAULT;
SET search_path = pg_catalog;
