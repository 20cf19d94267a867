DO $$ BEGIN RAISE WARNING 'uninstall script of t_chain 1.0'; END $$;
