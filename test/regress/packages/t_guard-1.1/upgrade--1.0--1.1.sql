CREATE OR REPLACE FUNCTION t_guard_new() RETURNS pg_catalog.int4 LANGUAGE sql AS 'SELECT 2';
DO $$ BEGIN RAISE WARNING 't_guard is upgraded by a superuser: %',
    (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname OPERATOR(pg_catalog.=) current_user); END $$;
