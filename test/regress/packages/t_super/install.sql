/* t_super/install.sql */
CREATE TABLE t_super_log (who pg_catalog.text);
