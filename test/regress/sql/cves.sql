--
-- Known attacks on extension scripts, tried on packages: what a user prepares
-- runs with nobody's rights but the user's own.  Whatever of it runs says as whom.
--
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE ROLE regress_extman_mallory;
CREATE ROLE regress_extman_bob;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_mallory, regress_extman_bob', current_database());
END $$;
GRANT CREATE, USAGE ON SCHEMA public TO regress_extman_mallory;
CREATE SCHEMA t_reach;
CREATE FUNCTION t_reach.who(what text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    RAISE WARNING '% ran as %', what,
        (SELECT CASE WHEN rolsuper THEN 'a superuser' ELSE rolname END FROM pg_roles WHERE rolname = current_user);
    RETURN what;
END $$;
GRANT USAGE ON SCHEMA t_reach TO PUBLIC;
CREATE PROCEDURE t_reach.script(install text, upgrade text DEFAULT '', uninstall text DEFAULT '') LANGUAGE sql AS $$
    SELECT set_config('t_cve.install', install, false), set_config('t_cve.upgrade', upgrade, false),
           set_config('t_cve.uninstall', uninstall, false);
$$;
CREATE FUNCTION t_reach.careless() RETURNS text LANGUAGE plpgsql PARALLEL SAFE AS $$ BEGIN RETURN lower('X'::varchar); END $$;
CREATE FUNCTION t_reach.packages() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(extname || ' of ' || CASE extowner WHEN 10 THEN 'a superuser' ELSE extowner::regrole::text END, ', ' ORDER BY extname)
    FROM pg_extension WHERE extname LIKE 't\_%'
$$;

--
-- CVE-2018-1058: a function or operator in a schema that all may write to fits a
-- call better than the one that was meant.  What belongs to a user doesn't run
-- while a script has more rights; qualified calls are not affected.
-- (A hostile search_path of the caller is in injection.)
--
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT t_reach.who(''lower'')';
CREATE FUNCTION public.glue(varchar, varchar) RETURNS varchar LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN t_reach.who(''||''); END';
CREATE SCHEMA t_hers;
CREATE FUNCTION t_hers.glue(varchar, varchar) RETURNS varchar LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN t_reach.who(''glue''); END';
CREATE OPERATOR public.|| (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.glue);
CREATE AGGREGATE public.max(varchar) (SFUNC = public.glue, STYPE = varchar);
CREATE FUNCTION public.generate_series(varchar) RETURNS SETOF text LANGUAGE sql AS 'SELECT t_reach.who(''series'')';
CREATE PROCEDURE public.refresh() LANGUAGE plpgsql AS 'BEGIN PERFORM t_reach.who(''refresh''); END';
CREATE FUNCTION public.setter() RETURNS text LANGUAGE sql SET search_path = '' AS 'SELECT t_reach.who(''setter'')';
CREATE FUNCTION public.definer() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT t_reach.who(''definer'')';
-- They work, on those who call them.
SELECT lower('X'::varchar), 'X'::varchar || 'Y'::varchar;
CALL t_reach.script($$ CREATE TABLE a AS SELECT lower('X'::varchar) $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ CREATE TABLE a AS SELECT 'X'::varchar || 'Y'::varchar $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ CREATE TABLE a AS SELECT max('X'::varchar) $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ CREATE TABLE a AS SELECT * FROM generate_series('X'::varchar) $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ CALL refresh() $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ CREATE TABLE a AS SELECT setter() $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ CREATE TABLE a AS SELECT varchar 'x' AS x; CREATE INDEX ON a (t_hers.glue(x, 'Y')) $$);
SELECT name FROM pg_extension_install('t_cve_runs');
-- Not even one that would give the rights up itself.
CALL t_reach.script($$ CREATE TABLE a AS SELECT definer() $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
-- Not by a function that was called in the same transaction before, and has kept
-- what it found.
SET search_path = public, pg_temp;
BEGIN;
SELECT t_reach.careless();
CALL t_reach.script($$ CREATE TABLE a AS SELECT t_reach.careless() $$);
SELECT name FROM pg_catalog.pg_extension_install('t_cve_runs', schema => 'public');
ROLLBACK;
RESET search_path;
-- Nor in a parallel worker, nor if the script goes on after the error.
SELECT set_config(name, 'on', false) AS parallel FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
CALL t_reach.script($$ CREATE TABLE a AS SELECT t_reach.careless() $$);
SELECT name FROM pg_extension_install('t_cve_runs');
SELECT set_config(name, 'off', false) AS parallel FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
CALL t_reach.script($$ DO 'BEGIN PERFORM lower(''X''::varchar); EXCEPTION WHEN OTHERS THEN RAISE WARNING ''%'', SQLERRM; END' $$);
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
-- The rest of the session is as before.
SELECT lower('X'::varchar);
ROLLBACK;
-- Upgrade and uninstall, too; and if a superuser carries out the uninstall.
CALL t_reach.script('SELECT 1', $$ CREATE TABLE a AS SELECT lower('X'::varchar) $$, $$ CREATE TABLE a AS SELECT lower('X'::varchar) $$);
SELECT name FROM pg_extension_install('t_cve_runs (= 1.0)');
SELECT name FROM pg_extension_upgrade('t_cve_runs');
SELECT name FROM pg_extension_uninstall('t_cve_runs');
RESET SESSION AUTHORIZATION;
SELECT name FROM pg_extension_uninstall('t_cve_runs');
SET SESSION AUTHORIZATION regress_extman_mallory;
DROP EXTENSION t_cve_runs;
SET pg_extman.native_commands = off;
DROP EXTENSION t_cve_runs;
RESET pg_extman.native_commands;
-- Qualified names, and members of the extension itself.
CALL t_reach.script($$ CREATE FUNCTION upper(varchar) RETURNS text LANGUAGE sql AS 'SELECT ''own''::pg_catalog.text';
    ALTER FUNCTION upper(varchar) OWNER TO regress_extman_mallory;
    CREATE TABLE a AS SELECT pg_catalog.lower('X'::varchar) OPERATOR(pg_catalog.||) upper('X'::varchar) AS x $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
RESET SESSION AUTHORIZATION;
TABLE a;
DROP EXTENSION t_cve_runs;
-- A superuser who installs is as careless as the scripts are, under core, too.
CALL t_reach.script($$ CREATE TABLE a AS SELECT lower('X'::varchar) $$);
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
ROLLBACK;

-- The same in the schema of a required package, and in the target schema, which
-- comes before it.
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_install('t_cve_uses');
SELECT t_reach.packages();
TABLE t_cve_uses_seen;
RESET SESSION AUTHORIZATION;
TABLE t_cve_uses_seen;
SELECT name FROM pg_extension_uninstall('t_cve_uses');
SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 't_cve_lib';
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE FUNCTION t_cve_lib.same(text, text) RETURNS bool LANGUAGE sql AS 'SELECT t_reach.who(''~=~'') IS NULL';
CREATE OPERATOR t_cve_lib.~=~ (LEFTARG = text, RIGHTARG = text, FUNCTION = t_cve_lib.same);
SELECT name FROM pg_extension_install('t_cve_uses');
DROP OPERATOR t_cve_lib.~=~ (text, text);
CREATE OPERATOR public.~=~ (LEFTARG = text, RIGHTARG = text, FUNCTION = t_cve_lib.same);
SELECT name FROM pg_extension_install('t_cve_uses');
DROP FUNCTION t_cve_lib.same(text, text) CASCADE;
-- A view or table in the place of another: what it brings along may be built in.
CREATE VIEW public.t_cve_list AS SELECT pg_read_file('PG_VERSION') AS x;
SELECT name FROM pg_extension_install('t_cve_uses');
DROP VIEW public.t_cve_list;
CREATE TABLE public.t_cve_list (x text);
SELECT name FROM pg_extension_install('t_cve_uses');
DROP TABLE public.t_cve_list;
SELECT name FROM pg_extension_install('t_cve_uses');
SELECT name FROM pg_extension_uninstall('t_cve_uses, t_cve_lib');
DROP SCHEMA t_cve_lib;

--
-- CVE-2020-14350: a script finds what the caller's search_path leads to.  It is
-- pinned for install, upgrade and uninstall, with the caller's temporary objects
-- behind all others; functions are not parsed when they are created.
--
CREATE SCHEMA t_mallory;
CREATE FUNCTION t_mallory.only_there() RETURNS text LANGUAGE sql AS 'SELECT t_reach.who(''only_there'')';
CREATE FUNCTION pg_temp.only_there() RETURNS text LANGUAGE sql AS 'SELECT t_reach.who(''pg_temp.only_there'')';
CREATE TEMP TABLE pg_class (relname name);
CREATE TEMP TABLE t_cve_own (x text);
CREATE TEMP TABLE t_only_temp (x text);
SET search_path = t_mallory, pg_temp, pg_catalog, public;
CALL t_reach.script($$ SELECT only_there() $$, $$ SELECT only_there() $$, $$ SELECT only_there() $$);
SELECT name FROM pg_extension_install('t_cve_runs', schema => 'public');
CALL t_reach.script($$ INSERT INTO t_cve_own SELECT format('%s with %s', current_setting('search_path'), count(*) > 100) FROM pg_class;
    CREATE FUNCTION calls() RETURNS text LANGUAGE sql AS 'SELECT only_there()' $$,
    $$ INSERT INTO t_cve_own VALUES (current_setting('search_path')) $$,
    $$ DO 'BEGIN RAISE WARNING ''%'', (SELECT string_agg(x, '' and '') FROM t_cve_own); END' $$);
SELECT name FROM pg_extension_install('t_cve_runs (= 1.0)', schema => 'public');
SELECT name FROM pg_extension_upgrade('t_cve_runs');
SELECT name FROM pg_extension_uninstall('t_cve_runs');
TABLE pg_temp.t_cve_own;
CALL t_reach.script($$ INSERT INTO t_only_temp VALUES (1) $$);
SELECT name FROM pg_extension_install('t_cve_runs', schema => 'public');
-- The search_path that a SET in a script falls back to is the caller's as well.
CALL t_reach.script($$ RESET search_path; SELECT only_there() $$);
SELECT name FROM pg_extension_install('t_cve_runs', schema => 'public');
SHOW search_path;
RESET search_path;
DROP TABLE pg_temp.pg_class, pg_temp.t_cve_own, pg_temp.t_only_temp;
DROP FUNCTION pg_temp.only_there();

--
-- CVE-2022-2625: OR REPLACE and IF NOT EXISTS take over what a user made before.
-- Refused for what is not a member (more kinds of objects in model_members).
--
CREATE FUNCTION public.t_mine() RETURNS int LANGUAGE sql AS 'SELECT 13';
CALL t_reach.script($$ CREATE OR REPLACE FUNCTION t_mine() RETURNS int LANGUAGE sql AS 'SELECT 42' $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script('SELECT 1', $$ CREATE OR REPLACE FUNCTION t_mine() RETURNS int LANGUAGE sql AS 'SELECT 42' $$,
    $$ CREATE OR REPLACE FUNCTION t_mine() RETURNS int LANGUAGE sql AS 'SELECT 42' $$);
SELECT name FROM pg_extension_install('t_cve_runs (= 1.0)');
SELECT name FROM pg_extension_upgrade('t_cve_runs');
SELECT name FROM pg_extension_uninstall('t_cve_runs');
-- As a member it would be replaced, but then the script isn't elevated.
ALTER EXTENSION t_cve_runs ADD FUNCTION t_mine();
SELECT name FROM pg_extension_upgrade('t_cve_runs');
ALTER EXTENSION t_cve_runs DROP FUNCTION t_mine();
SELECT t_mine();
DROP FUNCTION t_mine();
DROP EXTENSION t_cve_runs;

--
-- CVE-2023-39417: a schema or owner whose name breaks out of the quotes around
-- @extschema@ or @extowner@.  Such names are refused where they are used.
--
RESET SESSION AUTHORIZATION;
DO $do$
DECLARE
    c text;
BEGIN
    FOREACH c IN ARRAY ARRAY['''', '"', '$$', '\'] LOOP
        EXECUTE format('CREATE ROLE %I', 'regress_extman_' || c);
        EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), 'regress_extman_' || c);
        EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', 'regress_extman_' || c);
        BEGIN
            PERFORM pg_extension_install('t_granted');
        EXCEPTION WHEN invalid_text_representation THEN
            RAISE NOTICE 'for %: %', current_user, SQLERRM;
        END;
        -- The name is no obstacle to a script that doesn't use it.
        PERFORM set_config('t_cve.install', 'SELECT 1', true);
        EXECUTE format('CREATE SCHEMA %I', 'regress_extman_' || c);
        PERFORM pg_extension_install('t_cve_runs', schema => ('regress_extman_' || c)::name);
        BEGIN
            PERFORM pg_extension_install('t_ext_asks', schema => ('regress_extman_' || c)::name);
        EXCEPTION WHEN invalid_text_representation THEN
            RAISE NOTICE '%', SQLERRM;
        END;
        RESET SESSION AUTHORIZATION;
        EXECUTE 'DROP EXTENSION t_cve_runs';
        EXECUTE format('DROP OWNED BY %I CASCADE', 'regress_extman_' || c);
        EXECUTE format('DROP ROLE %I', 'regress_extman_' || c);
    END LOOP;
END $do$;

--
-- CVE-2024-10978: SET ROLE or SET SESSION AUTHORIZATION leaves the wrong user
-- behind.  Refused in a script that runs as somebody else; otherwise undone.
--
SET SESSION AUTHORIZATION regress_extman_mallory;
CALL t_reach.script($$ SET ROLE regress_extman_mallory $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ SET LOCAL ROLE NONE $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ RESET ROLE $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ SET SESSION AUTHORIZATION regress_extman_mallory $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ RESET SESSION AUTHORIZATION $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ SELECT set_config('role', 'regress_extman_mallory', true) $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ CREATE FUNCTION f() RETURNS text LANGUAGE sql SET role = regress_extman_mallory AS 'SELECT current_user::text';
    CREATE TABLE a AS SELECT f() $$);
SELECT name FROM pg_extension_install('t_cve_runs');
SELECT current_user, session_user, to_regclass('t_cve_own') IS NULL AS nothing;
-- These two are no concern of RESET ALL.
CALL t_reach.script($$ RESET ALL; INSERT INTO public.t_cve_own VALUES (current_user <> session_user) $$);
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
SELECT current_user, session_user;
RESET SESSION AUTHORIZATION;
TABLE t_cve_own;
ROLLBACK;
-- What only superusers may set is undone with the rest, whatever the script's end.
CALL t_reach.script($$ SET session_replication_role = replica; SET log_statement = 'none'; SET t_cve.remains = 'x' $$);
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
SHOW session_replication_role;
SELECT coalesce(current_setting('t_cve.remains', true), '') AS left_behind;
ROLLBACK;
CALL t_reach.script($$ SET session_replication_role = replica; SELECT 1 / 0 $$);
DO $$ BEGIN
    PERFORM pg_extension_install('t_cve_runs');
EXCEPTION WHEN division_by_zero THEN
    RAISE NOTICE '% as % with %', SQLERRM, current_user, current_setting('session_replication_role');
END $$;
-- A script that runs as the caller may use the caller's roles, until its end.
RESET SESSION AUTHORIZATION;
GRANT regress_extman_bob TO regress_extman_mallory;
GRANT CREATE, USAGE ON SCHEMA public TO regress_extman_bob;
SET SESSION AUTHORIZATION regress_extman_mallory;
CALL t_reach.script($$ GRANT INSERT ON t_cve_plain_own TO regress_extman_bob; SET ROLE regress_extman_bob; CREATE TABLE public.bobs () $$);
SELECT name FROM pg_extension_install('t_cve_plain');
SELECT current_user, session_user, x AS script FROM t_cve_plain_own;
SELECT name FROM pg_extension_uninstall('t_cve_plain');
CALL t_reach.script($$ SET ROLE regress_extman_bob; SELECT 1 / 0 $$);
SELECT name FROM pg_extension_install('t_cve_plain');
SELECT current_user, session_user;
SET ROLE regress_extman_bob;
CALL t_reach.script($$ SET ROLE NONE $$);
DO $$ BEGIN
    PERFORM pg_extension_install('t_cve_plain');
    RAISE NOTICE 'installed, as % of %', current_user, session_user;
    RAISE EXCEPTION 'undone';
EXCEPTION WHEN raise_exception THEN
    RAISE NOTICE '%, as % of %', SQLERRM, current_user, session_user;
END $$;
RESET ROLE;

--
-- CVE-2026-6472: a schema is written to with the rights of a script, though its
-- caller may not create there.  The caller's CREATE is checked on each target.
--
RESET SESSION AUTHORIZATION;
REVOKE regress_extman_bob FROM regress_extman_mallory;
CREATE SCHEMA t_bobs AUTHORIZATION regress_extman_bob;
GRANT USAGE ON SCHEMA t_bobs TO regress_extman_mallory;
SET SESSION AUTHORIZATION regress_extman_mallory;
CALL t_reach.script('SELECT 1', 'CREATE TABLE a ()', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs', schema => 't_bobs');
-- Where the control file says so, and for what is needed only.
SET SESSION AUTHORIZATION regress_extman_bob;
CREATE SCHEMA t_cve_lib;
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_install('t_cve_lib');
SELECT name FROM pg_extension_install('t_cve_uses');
-- And on an upgrade, later.
SELECT name FROM pg_extension_install('t_cve_runs (= 1.0)');
RESET SESSION AUTHORIZATION;
REVOKE CREATE ON SCHEMA public FROM regress_extman_mallory;
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_upgrade('t_cve_runs');
SELECT name FROM pg_extension_uninstall('t_cve_runs');
RESET SESSION AUTHORIZATION;
GRANT CREATE ON SCHEMA public TO regress_extman_mallory;
DROP SCHEMA t_bobs, t_cve_lib;

-- Clean up.
RESET SESSION AUTHORIZATION;
SET client_min_messages = warning;
DROP OWNED BY regress_extman_mallory CASCADE;
DROP OWNED BY regress_extman_bob CASCADE;
DROP SCHEMA t_reach CASCADE;
DROP ROLE regress_extman_mallory, regress_extman_bob;
SELECT extname FROM pg_extension WHERE extname LIKE 't\_%';
