/* the third line is no SQL */
ALTER TABLE t_up_fails_table ADD COLUMN z pg_catalog.int4;
CREATE TABEL t_up_fails_more (x pg_catalog.int4);
