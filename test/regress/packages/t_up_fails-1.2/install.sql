CREATE TABLE t_up_fails_table (x pg_catalog.int4);
