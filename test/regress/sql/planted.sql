--
-- What a user plants where a script with more rights leaves a name to search_path,
-- and which does not run as a call of the script itself.  Whatever of it runs says
-- as whom.
--
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE ROLE regress_extman_mallory;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE, TEMP ON DATABASE %I TO regress_extman_mallory', current_database());
END $$;
GRANT CREATE, USAGE ON SCHEMA public TO regress_extman_mallory;
CREATE SCHEMA t_reach;
GRANT USAGE ON SCHEMA t_reach TO PUBLIC;
CREATE FUNCTION t_reach.who(what text) RETURNS text LANGUAGE plpgsql PARALLEL SAFE AS $$ BEGIN
    RAISE WARNING '% ran as %', what,
        (SELECT CASE WHEN rolsuper THEN 'a superuser' ELSE rolname END FROM pg_roles WHERE rolname = current_user);
    RETURN what;
END $$;
CREATE FUNCTION t_reach.careless() RETURNS text LANGUAGE plpgsql PARALLEL SAFE AS $$ BEGIN RETURN lower('X'::varchar); END $$;
-- Tries a script with more rights; true: it ended well, and the extension is gone again.
-- From 17 on, indexes are made with another search_path, which shows schemas of names.
CREATE FUNCTION t_reach.try(install text, OUT done bool) LANGUAGE plpgsql AS $$ BEGIN
    PERFORM set_config('t_cve.install', install, false), set_config('t_cve.uninstall', 'SELECT 1', false);
    BEGIN
        PERFORM public.t_install();
        done := true;
        EXECUTE 'DROP EXTENSION t_cve_runs';
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE WARNING '%', replace(SQLERRM, 'public.', '');
        done := false;
    END;
END $$;
CREATE FUNCTION public.t_install() RETURNS SETOF text LANGUAGE sql SET search_path = public, pg_temp AS
    $$ SELECT name FROM pg_extension_install('t_cve_runs') $$;
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE plpgsql PARALLEL SAFE AS $$ BEGIN RETURN t_reach.who('lower'); END $$;
CREATE FUNCTION public.odd(int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN t_reach.who('odd') IS NOT NULL; END $$;
SELECT t_reach.try('SELECT 1');
-- So this is what it would gain, without the guard.
SELECT lower('X'::varchar);

--
-- Code that would run as its owner in the middle, to make what the script takes for
-- its own: by SECURITY DEFINER, by a trigger on a table that a foreign key leads to
--
CREATE FUNCTION public.t_make() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    CREATE FUNCTION public.upper(varchar) RETURNS text LANGUAGE sql AS 'SELECT t_reach.who(''upper'')';
    RETURN t_reach.who('t_make');
END $$;
SELECT t_reach.try($$ DO 'BEGIN PERFORM t_make(); PERFORM upper(''x''::varchar); END' $$);
RESET SESSION AUTHORIZATION;
CREATE TABLE t_reach.parent (x int PRIMARY KEY);
INSERT INTO t_reach.parent VALUES (1);
GRANT REFERENCES ON t_reach.parent TO regress_extman_mallory;
SET SESSION AUTHORIZATION regress_extman_mallory;
CREATE TABLE public.t_child (x int REFERENCES t_reach.parent ON DELETE CASCADE);
INSERT INTO public.t_child VALUES (1);
CREATE FUNCTION public.t_on_child() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM public.t_make(); RETURN OLD; END $$;
CREATE TRIGGER t_child BEFORE DELETE ON public.t_child FOR EACH ROW EXECUTE FUNCTION public.t_on_child();
SELECT t_reach.try($$ DO 'BEGIN DELETE FROM t_reach.parent; PERFORM upper(''x''::varchar); END' $$);
DROP TRIGGER t_child ON public.t_child;
-- An index expression in an ANALYZE is confined by core, but it may create things.
CREATE FUNCTION public.t_confined(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
    IF current_setting('t_cve.armed', true) = 'on' THEN
        EXECUTE 'CREATE FUNCTION public.upper(varchar) RETURNS text LANGUAGE sql AS ''SELECT t_reach.who(''''upper'''')''';
    END IF;
    RETURN $1;
END $$;
CREATE TABLE public.t_indexed (x int);
CREATE INDEX ON public.t_indexed (t_confined(x));
ALTER FUNCTION public.t_confined(int) VOLATILE;
INSERT INTO public.t_indexed VALUES (1);
SELECT t_reach.try('ANALYZE t_indexed');
SET t_cve.armed = on;
SELECT t_reach.try($$ DO 'BEGIN ANALYZE t_indexed; PERFORM upper(''x''::varchar); END' $$);
RESET t_cve.armed;
DROP TABLE public.t_indexed;

--
-- Parallel workers, which the script has switched off, and which a rule switches on
-- again, by a function of the system
--
CREATE RULE t_child AS ON DELETE TO public.t_child DO ALSO
    SELECT set_config('max_parallel_workers_per_gather', '4', false), set_config(name, 'on', false)
    FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT t_reach.try($$ DO 'BEGIN DELETE FROM t_reach.parent; PERFORM t_reach.careless(); END' $$);
SELECT count(*) AS still_there FROM public.t_child;
DROP TABLE public.t_child;
-- The caller's settings are the caller's again.
SELECT setting FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');

--
-- A table that the script alters or copies: its checks and defaults may call what is
-- built in, and for superusers only
--
CREATE TABLE public.t_hers (x text DEFAULT pg_read_file('PG_VERSION'),
    CHECK (current_user = 'regress_extman_mallory' OR t_reach.who('the check') IS NULL));
INSERT INTO public.t_hers VALUES ('x');
SELECT t_reach.try($$ ALTER TABLE t_hers ALTER x TYPE varchar(10) $$);
SELECT t_reach.try($$ CREATE TABLE t_own (LIKE t_hers INCLUDING ALL); INSERT INTO t_own DEFAULT VALUES $$);
SELECT t_reach.try($$ CREATE TABLE t_own () INHERITS (t_hers) $$);
DROP TABLE public.t_hers;
-- Its own it may.
SELECT t_reach.try($$ CREATE TABLE t_own (x int DEFAULT 1); ALTER TABLE t_own ALTER x TYPE bigint; CREATE TABLE t_like (LIKE t_own INCLUDING ALL) $$);

--
-- What is not called, but becomes part of an object that others use later
--
SELECT t_reach.try($$ CREATE VIEW t_own AS SELECT lower('X'::varchar) $$);
SELECT t_reach.try($$ CREATE TABLE t_own (x text DEFAULT lower('X'::varchar)) $$);
SELECT t_reach.try($$ CREATE TABLE t_own (x varchar CHECK (lower(x) <> '')) $$);
SELECT t_reach.try($$ CREATE TABLE t_own (x int); CREATE INDEX ON t_own (x) WHERE odd(x) $$);
SELECT t_reach.try($$ CREATE TABLE t_own (x varchar); CREATE POLICY p ON t_own USING (lower(x) <> '') $$);
SELECT t_reach.try($$ CREATE TABLE t_own (x varchar); CREATE RULE r AS ON INSERT TO t_own DO ALSO SELECT lower(x) FROM t_own $$);
SELECT t_reach.try($$ CREATE DOMAIN t_own AS int CHECK (odd(VALUE)) $$);
SELECT t_reach.try($$ CREATE FUNCTION t_own(x varchar) RETURNS text BEGIN ATOMIC SELECT lower(x); END $$);
SELECT t_reach.try($$ CREATE AGGREGATE t_own (text) (SFUNC = textcat, STYPE = text); CREATE OPERATOR !! (RIGHTARG = int, FUNCTION = odd) $$);
SELECT t_reach.try($$ CREATE TABLE t_own (x int); CREATE TRIGGER t AFTER INSERT ON t_own FOR EACH ROW EXECUTE FUNCTION t_on_child() $$);
CREATE FUNCTION public.t_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM t_reach.who('t_event'); END $$;
SELECT t_reach.try($$ CREATE EVENT TRIGGER t_own ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION t_event() $$);
CREATE TABLE public.t_rows (x int);
SELECT t_reach.try($$ CREATE VIEW t_own AS SELECT * FROM t_rows $$);
CREATE TYPE public.t_kind AS ENUM ('a');
SELECT t_reach.try($$ CREATE TABLE t_own (x t_kind) $$);
-- To what is a member it may be bound, whoever owns that; and to what is qualified.
SELECT t_reach.try($$ CREATE FUNCTION t_own(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
    ALTER FUNCTION t_own(int) OWNER TO regress_extman_mallory;
    CREATE VIEW t_own AS SELECT t_own(1), pg_catalog.lower('X'::varchar) $$);
-- Upgrades, too.
SELECT set_config('t_cve.install', 'SELECT 1', false), set_config('t_cve.upgrade', 'CREATE VIEW t_own AS SELECT lower(''X''::varchar)', false);
SELECT name FROM pg_extension_install('t_cve_runs (= 1.0)');
\set VERBOSITY default
SELECT name FROM pg_extension_upgrade('t_cve_runs');
\set VERBOSITY terse
DROP EXTENSION t_cve_runs;

--
-- A domain in place of the type that was meant: its check may call what is built in
-- or a superuser's, and do a lot
--
CREATE DOMAIN public.t_word AS text CHECK (t_reach.who(VALUE) <> '');
SELECT t_reach.try($$ SELECT 'the check'::t_word $$);
DROP DOMAIN public.t_word;
CREATE DOMAIN public.t_word AS text CHECK (query_to_xml(VALUE, false, false, '') IS NOT NULL);
SELECT t_reach.try($$ SELECT 'SELECT rolpassword FROM pg_authid'::t_word $$);
DROP DOMAIN public.t_word;
CREATE DOMAIN public.t_word AS text CHECK (table_to_xml(VALUE::regclass, false, false, '') IS NOT NULL);
SELECT t_reach.try($$ SELECT 'pg_authid'::t_word $$);
DROP DOMAIN public.t_word;
-- Out of sight, behind a type that the script finds.
CREATE SCHEMA t_hidden;
CREATE DOMAIN t_hidden.t_word AS text CHECK (pg_read_file(VALUE) <> '');
CREATE DOMAIN public.t_word AS t_hidden.t_word;
SELECT t_reach.try($$ SELECT 'PG_VERSION'::t_word $$);
DROP DOMAIN public.t_word;
CREATE TYPE public.t_word AS (x t_hidden.t_word[]);
SELECT t_reach.try($$ SELECT '({PG_VERSION})'::t_word $$);
DROP TYPE public.t_word;
CREATE TYPE public.t_word AS RANGE (SUBTYPE = t_hidden.t_word);
SELECT t_reach.try($$ SELECT '[PG_VERSION,PG_VERSION]'::t_word $$);
DROP TYPE public.t_word;
CREATE DOMAIN pg_temp.t_word AS t_hidden.t_word;
SELECT t_reach.try($$ SELECT 'PG_VERSION'::t_word $$);
DROP DOMAIN pg_temp.t_word;
DROP SCHEMA t_hidden CASCADE;
-- When the owner uninstalls, or a superuser for her.
SELECT set_config('t_cve.install', 'SELECT 1', false), set_config('t_cve.uninstall', $$ SELECT 'PG_VERSION'::t_word $$, false);
SELECT name FROM pg_extension_install('t_cve_runs');
CREATE DOMAIN public.t_word AS text CHECK (pg_read_file(VALUE) <> '');
\set VERBOSITY default
SELECT name FROM pg_extension_uninstall('t_cve_runs');
\set VERBOSITY terse
RESET SESSION AUTHORIZATION;
SELECT name FROM pg_extension_uninstall('t_cve_runs');
SET SESSION AUTHORIZATION regress_extman_mallory;
DROP DOMAIN public.t_word;
SELECT set_config('t_cve.uninstall', 'SELECT 1', false);
SELECT name FROM pg_extension_uninstall('t_cve_runs');
-- What only computes is in nobody's way; nor is a function of hers, until it is called.
CREATE DOMAIN public.t_word AS date CHECK (VALUE <= now() AND VALUE > current_date - 36500 AND age(VALUE) > '1 day');
CREATE DOMAIN public.t_odd AS int CHECK (odd(VALUE));
SELECT t_reach.try($$ SELECT '2020-02-02'::t_word $$);
SELECT t_reach.try($$ SELECT 1::t_odd $$);

-- Clean up.
RESET SESSION AUTHORIZATION;
SET client_min_messages = warning;
DROP OWNED BY regress_extman_mallory CASCADE;
DROP FUNCTION public.t_install();
DROP SCHEMA t_reach CASCADE;
DROP ROLE regress_extman_mallory;
SELECT extname FROM pg_extension WHERE extname LIKE 't\_%';
