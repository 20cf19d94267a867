/* what it does is up to the test */
CREATE TABLE t_cve_own (x pg_catalog.text);
DO $$ BEGIN EXECUTE pg_catalog.current_setting('t_cve.install'); END $$;
