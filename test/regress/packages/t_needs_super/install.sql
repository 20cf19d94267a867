/* t_needs_super/install.sql */
CREATE TABLE t_needs_super_log (x pg_catalog.int4);
