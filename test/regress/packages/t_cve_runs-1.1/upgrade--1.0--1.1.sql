DO $$ BEGIN EXECUTE pg_catalog.current_setting('t_cve.upgrade'); END $$;
