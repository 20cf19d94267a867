--
-- Ways round: through functions that run as their owner, through what a script leaves
-- in the session, and through names
--
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE ROLE regress_extman_mallory;
CREATE ROLE regress_extman_bob;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_bob', current_database());
END $$;
CREATE SCHEMA t_bobs AUTHORIZATION regress_extman_bob;
GRANT USAGE ON SCHEMA t_bobs TO PUBLIC;
CREATE SCHEMA t_mine AUTHORIZATION regress_extman_mallory;
GRANT USAGE ON SCHEMA t_mine TO PUBLIC;
CREATE VIEW public.t_owners AS
    SELECT extname, CASE WHEN rolsuper THEN 'a superuser' ELSE rolname END AS owner
    FROM pg_extension e JOIN pg_roles r ON r.oid = e.extowner WHERE extname LIKE 't\_%';
GRANT SELECT ON public.t_owners TO PUBLIC;

--
-- SECURITY DEFINER: the rights, and the extension, are those of the function's owner
--
SET SESSION AUTHORIZATION regress_extman_bob;
CREATE FUNCTION t_bobs.install(request text) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = t_bobs, pg_temp AS
    'SELECT name FROM pg_catalog.pg_extension_install(request)';
CREATE FUNCTION t_bobs.uninstall(request text) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = t_bobs, pg_temp AS
    'SELECT name FROM pg_catalog.pg_extension_uninstall(request)';
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_install('t_trusted');
SELECT t_bobs.install('t_trusted');
TABLE public.t_owners;
SELECT name FROM pg_extension_uninstall('t_trusted');
SELECT t_bobs.install('t_super');
SELECT current_user;
-- What a superuser calls of hers has her rights.
CREATE FUNCTION t_mine.install(request text) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS
    'SELECT name FROM pg_catalog.pg_extension_install(request, ''t_mine'')';
CREATE FUNCTION t_mine.uninstall(request text) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS
    'SELECT name FROM pg_catalog.pg_extension_uninstall(request)';
CREATE FUNCTION t_mine.hold(request text) RETURNS bool LANGUAGE sql SECURITY DEFINER AS 'SELECT pg_catalog.pg_extension_hold(request)';
CREATE FUNCTION t_mine.execute(file text) RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT pg_catalog.pg_execute_from_file(file)';
RESET SESSION AUTHORIZATION;
SELECT t_mine.install('t_plain');
SELECT t_mine.install('t_trusted');
SELECT t_mine.uninstall('t_trusted');
SELECT t_mine.hold('t_trusted');
SELECT t_mine.execute('PG_VERSION');
SELECT t_bobs.uninstall('t_trusted');
-- A superuser's function with a request of hers is as if he had asked; that is his affair.
CREATE FUNCTION public.t_install(request text) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = t_bobs, pg_temp AS
    'SELECT name FROM pg_catalog.pg_extension_install(request)';
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT public.t_install('t_super');
TABLE public.t_owners;
SELECT name FROM pg_extension_uninstall('t_super');
RESET SESSION AUTHORIZATION;
DROP EXTENSION t_super;

--
-- What a script with more rights leaves in the session: a cursor, a prepared
-- statement, a temporary function.  They run as whoever runs them.
--
SET SESSION AUTHORIZATION regress_extman_bob;
CREATE FUNCTION t_bobs.peek() RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RETURN (SELECT CASE WHEN rolsuper THEN 'a superuser' ELSE rolname END FROM pg_roles WHERE rolname = current_user); END $$;
SELECT set_config('t_cve.install', $$ DECLARE t_cursor CURSOR FOR SELECT t_bobs.peek();
    PREPARE t_prepared AS SELECT rolpassword IS NULL FROM pg_catalog.pg_authid $$, false), set_config('t_cve.uninstall', 'SELECT 1', false);
BEGIN;
SET LOCAL search_path = t_bobs;
SELECT name FROM pg_extension_install('t_cve_runs');
ROLLBACK;
SELECT set_config('t_cve.install', $$ PREPARE t_prepared AS SELECT rolpassword IS NULL FROM pg_catalog.pg_authid $$, false);
BEGIN;
SET LOCAL search_path = t_bobs;
SELECT name FROM pg_extension_install('t_cve_runs');
EXECUTE t_prepared;
ROLLBACK;
DEALLOCATE t_prepared;
-- What she had open before goes on as hers, and sees what there was.
SELECT set_config('t_cve.install', 'SELECT 1', false);
BEGIN;
SET LOCAL search_path = t_bobs;
PREPARE t_prepared AS SELECT t_bobs.peek();
DECLARE t_cursor CURSOR FOR SELECT t_bobs.peek(), count(*) FROM pg_extension WHERE extname = 't_cve_runs';
SELECT name FROM pg_extension_install('t_cve_runs');
EXECUTE t_prepared;
FETCH ALL FROM t_cursor;
ROLLBACK;

--
-- A setting that the database had before the package brought it at the same value: it
-- doesn't go with the package of one who may not reset it
--
RESET SESSION AUTHORIZATION;
CREATE FUNCTION public.t_setting() RETURNS text LANGUAGE sql AS $$
    SELECT s FROM pg_db_role_setting, unnest(setconfig) s WHERE s LIKE 't\_conf%'
        AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
$$;
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET t_conf_plain.level = ''3''', current_database());
    EXECUTE format('ALTER DATABASE %I SET t_conf_trusted.level = ''9''', current_database());
END $$;
SET SESSION AUTHORIZATION regress_extman_bob;
SET client_min_messages = warning;
SELECT name FROM pg_extension_install('t_conf_plain, t_conf_trusted', schema => 't_bobs');
SELECT package, setting FROM extman.settings;
SELECT name FROM pg_extension_uninstall('t_conf_plain, t_conf_trusted');
RESET client_min_messages;
SELECT public.t_setting();
RESET SESSION AUTHORIZATION;
-- A superuser might, and a restore is a superuser's.
SELECT name FROM pg_extension_install('t_conf_plain');
SELECT name FROM pg_extension_uninstall('t_conf_plain');
SELECT public.t_setting();
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I RESET t_conf_trusted.level', current_database());
END $$;
DROP FUNCTION public.t_setting();
SET SESSION AUTHORIZATION regress_extman_bob;

--
-- Names that look like tokens, end a comment or a quote
--
CREATE SCHEMA "@extschema@";
CREATE SCHEMA "*/ SELECT 1 --";
CREATE SCHEMA "new
line";
SELECT name, schema FROM pg_extension_install('t_trusted', schema => '@extschema@');
DROP EXTENSION t_trusted;
SELECT name, schema FROM pg_extension_install('t_trusted', schema => '*/ SELECT 1 --');
DROP EXTENSION t_trusted;
SELECT name, schema FROM pg_extension_install('t_trusted', schema => E'new\nline');
DROP EXTENSION t_trusted;
CREATE EXTENSION t_trusted VERSION '1.0''; SELECT 1; --';
CREATE EXTENSION t_trusted VERSION '../1.0';
CREATE EXTENSION "t_trusted'; SELECT 1; --";
CREATE EXTENSION "@extschema@";

--
-- A function that is said to leak nothing doesn't see what its caller may not see
--
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE FUNCTION t_mine.leak(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE NOTICE 'leaked %', $1; RETURN true; END $$;
SELECT count(*) FROM extman.snapshot WHERE t_mine.leak(install_script);
ALTER FUNCTION t_mine.leak(text) LEAKPROOF;

-- Clean up.
RESET SESSION AUTHORIZATION;
SET client_min_messages = warning;
DROP VIEW public.t_owners;
DROP FUNCTION public.t_install(text);
DROP OWNED BY regress_extman_mallory, regress_extman_bob CASCADE;
DROP ROLE regress_extman_mallory, regress_extman_bob;
SELECT extname FROM pg_extension WHERE extname LIKE 't\_%';
