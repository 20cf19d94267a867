--
-- CREATE EXTENSION of packages: in sessions that have the library and in those
-- that have not
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_native_create;
\c extman_native_create
CREATE EXTENSION pg_extman;
CREATE VIEW installed AS
    SELECT name, version, schema, automatic FROM pg_extension_installed()
    WHERE name NOT IN ('plpgsql', 'pg_extman');
CREATE VIEW steps AS
    SELECT kind, request, step, action, name, old_version, new_version FROM extman.history
    WHERE at = (SELECT max(at) FROM extman.history) ORDER BY step;

--
-- With the library
--
LOAD 'pg_extman';
CREATE EXTENSION t_foo;
TABLE installed;
TABLE steps;
CREATE EXTENSION t_foo;
CREATE EXTENSION IF NOT EXISTS t_foo;
CREATE EXTENSION IF NOT EXISTS t_foo_bar;
DROP EXTENSION t_foo, t_foo_bar;

-- What it needs: as core says it, and as core does it.
CREATE EXTENSION foo;
CREATE EXTENSION t_deep_top;
CREATE EXTENSION foo CASCADE;
TABLE installed;
TABLE steps;
DROP EXTENSION foo, bar, baz;

-- A version: the newest, one that is named, one that there is not.
CREATE EXTENSION t_chain;
DROP EXTENSION t_chain;
CREATE EXTENSION t_chain VERSION '1.1';
TABLE installed;
DROP EXTENSION t_chain;
CREATE EXTENSION t_chain VERSION '0:1.10-0~';
CREATE EXTENSION t_chain VERSION '0:1.1-0';
TABLE installed;
CREATE EXTENSION foo VERSION '';
CREATE EXTENSION foo VERSION '-1';
CREATE EXTENSION foo VERSION '1--2';
CREATE EXTENSION foo VERSION '../1';
CREATE EXTENSION foo VERSION '1.0), t_plain (= 1.0';
CREATE EXTENSION foo VERSION unpackaged;

-- Another package must be upgraded: not without being asked to.
DROP EXTENSION t_chain;
CREATE EXTENSION t_chain VERSION '1.0';
CREATE EXTENSION t_on_chain;
CREATE EXTENSION t_on_chain CASCADE;
TABLE installed;
DROP EXTENSION t_on_chain, t_chain;

-- Schemas.
CREATE SCHEMA there;
CREATE EXTENSION t_foo SCHEMA nowhere;
CREATE EXTENSION t_foo SCHEMA there;
CREATE EXTENSION t_schema SCHEMA there;
CREATE EXTENSION t_schema SCHEMA there CASCADE;
CREATE EXTENSION foo SCHEMA there CASCADE;
TABLE installed;
DROP EXTENSION t_foo, t_schema, foo, bar, baz;
SET search_path = '';
CREATE EXTENSION t_foo;
RESET search_path;

-- Options as core reads them.
CREATE EXTENSION t_foo SCHEMA there SCHEMA there;
CREATE EXTENSION t_foo CASCADE CASCADE;

-- What cannot be.
CREATE EXTENSION t_rival_a;
CREATE EXTENSION t_rival_b;
CREATE EXTENSION t_rival_b CASCADE;
CREATE EXTENSION t_cycle_a CASCADE;
CREATE EXTENSION t_needs_absent CASCADE;
CREATE EXTENSION t_fails CASCADE;
DROP EXTENSION t_rival_a;
TABLE installed;

-- Names are no requests, and what is no package is core's.
\set VERBOSITY terse
CREATE EXTENSION "t_foo, t_plain";
CREATE EXTENSION "t_foo (= 1.0)";
CREATE EXTENSION "T_FOO";
CREATE EXTENSION "";
CREATE EXTENSION "t_foo--1";
CREATE EXTENSION "a/b";
CREATE EXTENSION no_such_thing;
CREATE EXTENSION "x'; DROP TABLE extman.policy; --";
CREATE EXTENSION tcn;
DROP EXTENSION tcn;
CREATE EXTENSION "uuid-ossp";
DROP EXTENSION "uuid-ossp";
\set VERBOSITY default
CREATE EXTENSION "T_Mixed-case.1";
DROP EXTENSION "T_Mixed-case.1";

-- From PL/pgSQL and functions, whose statements are kept and used again; in every isolation level.
DO $$ BEGIN CREATE EXTENSION t_foo; CREATE EXTENSION IF NOT EXISTS t_foo; DROP EXTENSION t_foo; END $$;
CREATE FUNCTION again(name text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    CREATE EXTENSION t_foo VERSION '1.0' CASCADE;
    EXECUTE format('CREATE EXTENSION %I CASCADE', name);
    DROP EXTENSION t_foo, t_on_chain, t_chain;
    RETURN 'done';
END $$;
SELECT again('t_on_chain');
SELECT again('t_on_chain');
SELECT again(name) FROM (VALUES ('t_on_chain'), ('t_on_chain')) v (name);
DO $$
BEGIN
    CREATE EXTENSION foo;
EXCEPTION WHEN undefined_object THEN
    RAISE NOTICE 'caught: %', SQLERRM;
    CREATE EXTENSION foo CASCADE;
    DROP EXTENSION foo, bar, baz;
END $$;
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT 1;
CREATE EXTENSION t_foo;
SAVEPOINT a;
CREATE EXTENSION t_foo_bar;
ROLLBACK TO a;
TABLE installed;
COMMIT;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT 1;
CREATE EXTENSION t_foo_bar;
DROP EXTENSION t_foo;
ROLLBACK;
TABLE installed;
DROP EXTENSION t_foo;
BEGIN READ ONLY;
CREATE EXTENSION t_foo;
ROLLBACK;

-- Who may.
CREATE ROLE regress_native_user;
SET ROLE regress_native_user;
CREATE EXTENSION t_plain;
RESET ROLE;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_native_user', current_database());
END $$;
CREATE SCHEMA AUTHORIZATION regress_native_user;
SET ROLE regress_native_user;
CREATE EXTENSION t_plain SCHEMA there;
CREATE EXTENSION t_plain SCHEMA regress_native_user;
CREATE EXTENSION t_needs_super SCHEMA regress_native_user CASCADE;
CREATE EXTENSION t_super SCHEMA regress_native_user;
SELECT extname, extowner::regrole FROM pg_extension WHERE extowner = 'regress_native_user'::regrole;
DROP EXTENSION t_plain;
RESET ROLE;

-- Switched off, core knows no packages.
\set VERBOSITY terse
SET pg_extman.native_commands = off;
CREATE EXTENSION t_foo;
RESET pg_extman.native_commands;
\set VERBOSITY default

--
-- Without the library: it is loaded by the first of these commands
--
\c -
CREATE EXTENSION t_foo;
TABLE installed;
\c -
CREATE EXTENSION foo;
\c -
CREATE EXTENSION foo CASCADE;
\c -
CREATE EXTENSION IF NOT EXISTS t_chain VERSION '1.1' SCHEMA there;
TABLE installed;
TABLE steps;
DROP EXTENSION foo, bar, baz, t_chain, t_foo;
\c -
CREATE EXTENSION t_chain VERSION '7';
\c -
CREATE EXTENSION t_foo SCHEMA nowhere;
\c -
CREATE EXTENSION tcn;
DROP EXTENSION tcn;
\c -
\set VERBOSITY terse
CREATE EXTENSION no_such_thing;
\set VERBOSITY default
\c -
DO $$ BEGIN CREATE EXTENSION t_foo; END $$;
DROP EXTENSION t_foo;
\c -
SELECT again('t_on_chain');
SELECT again('t_on_chain');
\c -
SET ROLE regress_native_user;
CREATE EXTENSION t_super SCHEMA regress_native_user;
CREATE EXTENSION t_plain SCHEMA regress_native_user;
RESET ROLE;
TABLE installed;
DROP EXTENSION t_plain;
\c -
SET pg_extman.native_commands = off;
\set VERBOSITY terse
CREATE EXTENSION t_foo;
\set VERBOSITY default
\c -
-- Also where triggers are switched off for replication.
SET session_replication_role = replica;
CREATE EXTENSION t_foo;
DROP EXTENSION t_foo;

-- A database without pg_extman knows no packages.
DROP EXTENSION pg_extman CASCADE;
\set VERBOSITY terse
CREATE EXTENSION t_foo;
\set VERBOSITY default

\c :home
DROP DATABASE extman_native_create;
DROP ROLE regress_native_user;
