CREATE TABLE t_cve_plain_own (x pg_catalog.text);
DO $$ BEGIN EXECUTE pg_catalog.current_setting('t_cve.install'); END $$;
INSERT INTO t_cve_plain_own VALUES (current_user);
