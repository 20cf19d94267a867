DO $$ BEGIN RAISE WARNING 't_any is uninstalled by a superuser: %',
    (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname OPERATOR(pg_catalog.=) current_user); END $$;
