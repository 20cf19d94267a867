--
-- Triggers of a user, queued by a script with more rights, that run when it is over:
-- up to PostgreSQL 17 as who commits, from 18 on as who queued them; but then they
-- are refused, as they would be in the script
--
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE ROLE regress_extman_mallory;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_mallory', current_database());
END $$;
GRANT CREATE, USAGE ON SCHEMA public TO regress_extman_mallory;
CREATE SCHEMA t_reach;
GRANT USAGE ON SCHEMA t_reach TO PUBLIC;
CREATE FUNCTION t_reach.who(what text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    RAISE WARNING '% ran as %', what,
        (SELECT CASE WHEN rolsuper THEN 'a superuser' ELSE rolname END FROM pg_roles WHERE rolname = current_user);
    RETURN what;
END $$;
CREATE FUNCTION t_reach.careless() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM lower('X'::varchar);
    RETURN NULL;
END $$;
CREATE TABLE public.t_shared (x text);
GRANT ALL ON public.t_shared TO regress_extman_mallory;
SET SESSION AUTHORIZATION regress_extman_mallory;
SELECT set_config('t_cve.install', 'INSERT INTO t_shared VALUES (''x'')', false), set_config('t_cve.uninstall', 'SELECT 1', false);
CREATE FUNCTION public.trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM t_reach.who('the trigger'); RETURN NULL; END $$;
CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT t_reach.who(''lower'')';
CREATE CONSTRAINT TRIGGER t_trap AFTER INSERT ON t_shared DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trap();
-- When the transaction ends,
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
COMMIT;
SELECT count(*) AS installed FROM pg_extension WHERE extname = 't_cve_runs';
SELECT count(*) AS uninstalled FROM pg_extension_uninstall('t_cve_runs') HAVING count(*) = 1;
-- or before,
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
-- together with what she queued herself, which is hers,
BEGIN;
INSERT INTO t_shared VALUES ('mine');
SELECT name FROM pg_extension_install('t_cve_runs');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
-- or while another function catches the error.
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
DO $$ BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'caught: %', SQLERRM;
END $$;
-- No guard is left behind.
SELECT t_reach.who('a call');
SELECT lower('X'::varchar);
ROLLBACK;
-- Nor is it left behind by the transaction.
INSERT INTO t_shared VALUES ('mine');
-- A superuser's trigger, which calls what she has planted
RESET SESSION AUTHORIZATION;
DROP TRIGGER t_trap ON t_shared;
CREATE CONSTRAINT TRIGGER t_careless AFTER INSERT ON t_shared DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION t_reach.careless();
SET SESSION AUTHORIZATION regress_extman_mallory;
SET search_path = public, pg_catalog;
BEGIN;
SELECT name FROM pg_extension_install('t_cve_runs');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
-- A deferred check of uniqueness computes the expressions of its index once more; but
-- so does the insert that queues it, within the script.
RESET SESSION AUTHORIZATION;
RESET search_path;
DROP TRIGGER t_careless ON t_shared;
TRUNCATE t_shared;
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE FUNCTION public.trap_text(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN t_reach.who('the expression'); END $$;
RESET SESSION AUTHORIZATION;
ALTER TABLE t_shared ADD CONSTRAINT t_once EXCLUDE (trap_text(x) WITH =) DEFERRABLE INITIALLY DEFERRED;
SET SESSION AUTHORIZATION regress_extman_mallory;
BEGIN;
INSERT INTO t_shared VALUES ('mine');
SELECT name FROM pg_extension_install('t_cve_runs');
ROLLBACK;
-- Clean up.
RESET SESSION AUTHORIZATION;
SET client_min_messages = warning;
DROP TABLE t_shared;
DROP OWNED BY regress_extman_mallory CASCADE;
DROP SCHEMA t_reach CASCADE;
DROP ROLE regress_extman_mallory;
