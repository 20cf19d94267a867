--
-- What else a user may prepare for a script that runs with more rights.  Whatever
-- of it runs says as whom.
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
CREATE FUNCTION t_reach.packages() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(extname || ' of ' || CASE extowner WHEN 10 THEN 'a superuser' ELSE extowner::regrole::text END, ', ' ORDER BY extname)
    FROM pg_extension WHERE extname LIKE 't\_%'
$$;

--
-- All of a plan is checked before any of it runs
--
SET SESSION AUTHORIZATION regress_extman_mallory;
CALL t_reach.script($$ SELECT t_reach.who('the script') $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_chain');
SELECT name FROM pg_extension_install('t_cve_runs, t_cve_last');
SELECT t_reach.packages();
RESET SESSION AUTHORIZATION;
SELECT name FROM pg_extension_install('t_cve_last');
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_install('t_cve_chain');
SELECT t_reach.packages();
-- It is hers; what others installed is not.
CREATE FUNCTION public.hers() RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT name FROM pg_extension_upgrade('t_cve_last');
DROP EXTENSION t_cve_last CASCADE;
ALTER EXTENSION t_cve_last ADD FUNCTION public.hers();
ALTER EXTENSION t_cve_last SET SCHEMA public;
COMMENT ON EXTENSION t_cve_last IS 'mine';
SELECT name FROM pg_extension_uninstall('t_cve_lib', cascade => true);
SET SESSION AUTHORIZATION regress_extman_bob;
DROP EXTENSION t_cve_chain;
SELECT name FROM pg_extension_uninstall('t_cve_chain');
SELECT name FROM pg_extension_uninstall('t_cve_runs', cascade => true);
SELECT name FROM pg_extension_upgrade();
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_uninstall('t_cve_chain');
RESET SESSION AUTHORIZATION;
SELECT name FROM pg_extension_uninstall('t_cve_last, t_cve_lib');
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_uninstall('t_cve_runs');

--
-- Event triggers: no user makes one; and one whose function is a user's is refused
-- within a script, and runs as the caller around it
--
CREATE FUNCTION public.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM t_reach.who(tg_event || ' of ' || tg_tag); END $$;
CREATE EVENT TRIGGER t_watch ON ddl_command_end EXECUTE FUNCTION public.watch();
RESET SESSION AUTHORIZATION;
CREATE EVENT TRIGGER t_watch ON ddl_command_end EXECUTE FUNCTION public.watch();
SET SESSION AUTHORIZATION regress_extman_mallory;
CALL t_reach.script('SELECT 1', '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
RESET SESSION AUTHORIZATION;
DROP EVENT TRIGGER t_watch;
CREATE EVENT TRIGGER t_watch ON ddl_command_end WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION public.watch();
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT name FROM pg_extension_install('t_cve_runs');
SELECT name FROM pg_extension_uninstall('t_cve_runs');
RESET SESSION AUTHORIZATION;
DROP EVENT TRIGGER t_watch;

--
-- Tables that lead a script to a user's code
--
CREATE TABLE public.t_shared (x text);
GRANT ALL ON public.t_shared TO regress_extman_mallory;
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE FUNCTION public.trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM t_reach.who('the trigger'); RETURN NULL; END $$;
CREATE FUNCTION public.trap_text(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN t_reach.who('the expression'); END $$;
CALL t_reach.script($$ INSERT INTO t_shared VALUES ('x') $$, '', 'SELECT 1');
-- A trigger, at once and deferred; what runs when the script is over is in deferred_triggers.
CREATE TRIGGER t_trap AFTER INSERT ON t_shared FOR EACH ROW EXECUTE FUNCTION trap();
SELECT name FROM pg_extension_install('t_cve_runs');
RESET SESSION AUTHORIZATION;
DROP TRIGGER t_trap ON t_shared;
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE CONSTRAINT TRIGGER t_trap AFTER INSERT ON t_shared DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trap();
CALL t_reach.script($$ INSERT INTO t_shared VALUES ('x'); SET CONSTRAINTS ALL IMMEDIATE $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
RESET SESSION AUTHORIZATION;
DROP TABLE t_shared;
-- A table of hers: default, generated column, check, index, rule, row security.
SET SESSION AUTHORIZATION regress_extman_mallory;
CALL t_reach.script($$ INSERT INTO t_shared (x) VALUES ('x') $$, '', 'SELECT 1');
CREATE TABLE public.t_shared (x text, y text DEFAULT trap_text('y'), z text GENERATED ALWAYS AS (trap_text(x)) STORED, CHECK (trap_text(x) <> ''));
SELECT name FROM pg_extension_install('t_cve_runs');
DROP TABLE t_shared;
CREATE TABLE public.t_shared (x text, y text DEFAULT pg_read_file('PG_VERSION'));
SELECT name FROM pg_extension_install('t_cve_runs');
DROP TABLE t_shared;
CREATE TABLE public.t_shared_base (x text);
CREATE VIEW public.t_shared AS SELECT * FROM t_shared_base;
CREATE RULE t_trap AS ON INSERT TO t_shared DO INSTEAD SELECT pg_read_file('PG_VERSION');
SELECT name FROM pg_extension_install('t_cve_runs');
DROP VIEW t_shared;
CREATE TABLE public.t_shared (x text);
CREATE INDEX ON t_shared_base (trap_text(x));
CALL t_reach.script($$ COPY t_shared FROM PROGRAM 'echo x' $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ MERGE INTO t_shared USING (VALUES ('x')) v (x) ON false WHEN NOT MATCHED THEN INSERT VALUES ('x') $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ SELECT count(*) FROM t_shared_base WHERE false $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
DROP TABLE t_shared, t_shared_base;
-- A domain or a cast that a script comes across.
CALL t_reach.script($$ CREATE TABLE a AS SELECT 'x'::t_word AS x $$, '', 'SELECT 1');
CREATE DOMAIN public.t_word AS text CHECK (trap_text(VALUE) <> '');
SELECT name FROM pg_extension_install('t_cve_runs');
DROP DOMAIN t_word;
CREATE TYPE public.t_word AS (x text);
CREATE FUNCTION public.trap_cast(t_word) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN t_reach.who('the cast'); END $$;
CREATE CAST (t_word AS text) WITH FUNCTION trap_cast(t_word);
CALL t_reach.script($$ CREATE TABLE a AS SELECT ROW('x')::t_word::text AS x $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
DROP TYPE t_word CASCADE;
-- Rights that she gets on members by default privileges don't outlive an elevation.
RESET SESSION AUTHORIZATION;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO regress_extman_mallory;
SET SESSION AUTHORIZATION regress_extman_mallory;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO regress_extman_bob;
CALL t_reach.script('SELECT 1', $$ INSERT INTO t_cve_own VALUES ('x') $$, $$ INSERT INTO t_cve_own VALUES ('x') $$);
SELECT name FROM pg_extension_install('t_cve_runs (= 1.0)');
SELECT has_table_privilege('regress_extman_bob', 't_cve_own', 'SELECT') AS bobs;
CREATE TRIGGER t_trap AFTER INSERT ON t_cve_own FOR EACH ROW EXECUTE FUNCTION trap();
SELECT name FROM pg_extension_upgrade('t_cve_runs');
SELECT name FROM pg_extension_uninstall('t_cve_runs');
RESET SESSION AUTHORIZATION;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM regress_extman_mallory;
ALTER DEFAULT PRIVILEGES FOR ROLE regress_extman_mallory IN SCHEMA public REVOKE ALL ON TABLES FROM regress_extman_bob;

--
-- What a script leaves behind for later
--
SET SESSION AUTHORIZATION regress_extman_mallory;
CALL t_reach.script($$ CREATE TEMP TABLE t_left ON COMMIT DELETE ROWS AS SELECT t_reach.who('the script') $$, '', 'SELECT 1');
SELECT name FROM pg_extension_install('t_cve_runs');
SELECT relowner = 10 AS its FROM pg_class WHERE relname = 't_left';
SELECT name FROM pg_extension_uninstall('t_cve_runs');
CALL t_reach.script($$ COMMIT $$);
SELECT name FROM pg_extension_install('t_cve_runs');
CALL t_reach.script($$ DO 'BEGIN COMMIT; END' $$);
SELECT name FROM pg_extension_install('t_cve_runs');
SELECT t_reach.packages();

-- Clean up.
RESET SESSION AUTHORIZATION;
SET client_min_messages = warning;
DROP OWNED BY regress_extman_mallory CASCADE;
DROP OWNED BY regress_extman_bob CASCADE;
DROP SCHEMA t_reach CASCADE;
DROP ROLE regress_extman_mallory, regress_extman_bob;
SELECT extname FROM pg_extension WHERE extname LIKE 't\_%';
