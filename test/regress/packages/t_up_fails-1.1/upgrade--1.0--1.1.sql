ALTER TABLE t_up_fails_table ADD COLUMN y pg_catalog.int4;
