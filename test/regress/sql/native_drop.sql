--
-- DROP EXTENSION of packages: in sessions that have the library and in those
-- that have not; what is recorded goes with them, whoever drops them
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_native_drop;
\c extman_native_drop
CREATE EXTENSION pg_extman;
CREATE VIEW installed AS
    SELECT name, version FROM pg_extension_installed() WHERE name NOT IN ('plpgsql', 'pg_extman');
CREATE VIEW recorded AS
    SELECT 'snapshot' AS what, name::text FROM extman.snapshot
    UNION ALL SELECT 'policy', name FROM extman.policy
    UNION ALL SELECT 'manifest', obj_description(oid, 'pg_extension') FROM pg_extension
        WHERE extname = 'pg_extman' AND obj_description(oid, 'pg_extension') ~ 'manifest'
    ORDER BY 1 DESC, 2;
CREATE PROCEDURE arrive() LANGUAGE plpgsql AS $$ BEGIN
    PERFORM set_config('client_min_messages', 'warning', true);
    CREATE EXTENSION IF NOT EXISTS foo CASCADE;
    CREATE EXTENSION IF NOT EXISTS t_chain;
    CREATE EXTENSION IF NOT EXISTS hstore;
END $$;

--
-- With the library
--
LOAD 'pg_extman';
CALL arrive();
DROP EXTENSION t_chain;
DROP EXTENSION bar;
DROP EXTENSION bar RESTRICT;
DROP EXTENSION bar, baz;
TABLE installed;
BEGIN;
DROP EXTENSION bar, foo;
SELECT kind, request, step, action, name FROM extman.history
    WHERE at = (SELECT max(at) FROM extman.history) ORDER BY step;
ROLLBACK;
BEGIN;
DROP EXTENSION bar CASCADE;
TABLE installed;
ROLLBACK;
CREATE EXTENSION t_deep_top CASCADE;
DROP EXTENSION t_deep_low CASCADE;
DROP EXTENSION foo, foo, bar, baz, foo;
TABLE installed;
TABLE recorded;

-- Names that there are not: nothing has happened by then.
CALL arrive();
DROP EXTENSION t_chain, no_such_thing;
DROP EXTENSION no_such_thing, t_chain;
DROP EXTENSION "t_chain, foo";
DROP EXTENSION "t_chain (= 1.2)";
TABLE installed;
DROP EXTENSION IF EXISTS no_such_thing, t_chain, nor_this;
DROP EXTENSION IF EXISTS no_such_thing;

-- Together with core's, which need none of it, or are needed.
CALL arrive();
CREATE FUNCTION on_hstore() RETURNS hstore LANGUAGE sql AS 'SELECT NULL::hstore';
ALTER EXTENSION t_chain ADD FUNCTION on_hstore();
DROP EXTENSION hstore;
DROP EXTENSION hstore, t_chain;
CALL arrive();
DROP EXTENSION t_chain, hstore, foo, bar, baz;
TABLE installed;
TABLE recorded;

-- Objects outside of it that depend on it.
CREATE EXTENSION t_foo;
CREATE VIEW outside AS SELECT t_foo();
DROP EXTENSION t_foo;
DROP EXTENSION IF EXISTS t_foo RESTRICT;
DROP EXTENSION t_foo CASCADE;
TABLE recorded;

-- Two that use each other, without saying so.
CREATE EXTENSION t_foo;
CREATE EXTENSION t_foo_bar;
CREATE VIEW foo_on_bar AS SELECT t_foo_bar();
CREATE VIEW bar_on_foo AS SELECT t_foo();
ALTER EXTENSION t_foo ADD VIEW foo_on_bar;
ALTER EXTENSION t_foo_bar ADD VIEW bar_on_foo;
DROP EXTENSION t_foo;
DROP EXTENSION t_foo_bar;
DROP EXTENSION t_foo_bar, t_foo;
TABLE recorded;

-- What an earlier one takes along is gone, script or not.
CREATE EXTENSION t_foo;
CREATE EXTENSION t_chain;
CREATE VIEW chain_on_foo AS SELECT t_foo();
ALTER EXTENSION t_chain ADD VIEW chain_on_foo;
DROP EXTENSION t_chain, t_foo;
DROP EXTENSION t_chain, t_foo CASCADE;
TABLE recorded;

-- pg_extman itself.
CREATE EXTENSION t_foo;
DROP EXTENSION pg_extman;
BEGIN;
DROP VIEW installed, recorded;
DROP EXTENSION t_foo, pg_extman;
SELECT extname FROM pg_extension ORDER BY 1;
ROLLBACK;
BEGIN;
DROP EXTENSION pg_extman CASCADE;
SELECT extname FROM pg_extension ORDER BY 1;
SELECT evtname FROM pg_event_trigger;
ROLLBACK;
DROP EXTENSION t_foo;

-- Functions, whose statements are kept and used again.
CREATE FUNCTION come_and_go() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    CREATE EXTENSION t_foo;
    CREATE EXTENSION t_chain;
    DROP EXTENSION IF EXISTS no_such_thing, t_chain, t_foo;
    RETURN 'done';
END $$;
SELECT come_and_go();
SELECT come_and_go();
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT 1;
CREATE EXTENSION t_foo;
DROP EXTENSION t_foo;
ROLLBACK;

-- Who may.
CREATE ROLE regress_native_user;
CALL arrive();
SET ROLE regress_native_user;
DROP EXTENSION t_chain;
DROP EXTENSION foo CASCADE;
DROP EXTENSION bar CASCADE;
RESET ROLE;
BEGIN READ ONLY;
DROP EXTENSION t_chain;
ROLLBACK;

-- What core drops by other commands leaves nothing behind.
CREATE SCHEMA doomed;
DROP EXTENSION t_chain;
CREATE EXTENSION t_foo SCHEMA doomed;
CREATE EXTENSION t_chain SCHEMA doomed;
CREATE EXTENSION t_on_chain SCHEMA doomed;
DROP SCHEMA doomed CASCADE;
TABLE recorded;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_native_user', current_database());
END $$;
CREATE SCHEMA AUTHORIZATION regress_native_user;
SET ROLE regress_native_user;
CREATE EXTENSION t_foo;
RESET ROLE;
TABLE recorded;
DROP OWNED BY regress_native_user;
TABLE recorded;
-- Anybody can make it look, but only what is gone goes.
CREATE SCHEMA AUTHORIZATION regress_native_user;
SET ROLE regress_native_user;
DROP SCHEMA regress_native_user;
RESET ROLE;
TABLE recorded;
-- A policy that is there before its package is, in a restore.
COMMENT ON EXTENSION pg_extman IS 'manifest: t_plain (= 1.0)';
INSERT INTO extman.policy VALUES ('t_plain', false, true), ('t_gone', true, false);
DROP EXTENSION hstore;
TABLE recorded;
CREATE EXTENSION t_plain;
DROP EXTENSION t_plain;
TABLE recorded;

-- No trigger watches this one; the next request finds out, and nothing of what
-- was there decides on what comes: neither the version nor the hold.
CREATE EXTENSION t_chain VERSION '1.0';
CREATE TABLE below (x int);
CREATE VIEW above AS SELECT x FROM below;
ALTER EXTENSION t_chain ADD VIEW above;
SELECT pg_extension_hold('t_chain');
DROP TABLE below CASCADE;
BEGIN;
CREATE EXTENSION t_foo;
TABLE recorded;
ROLLBACK;
CREATE EXTENSION t_chain;
SELECT version, held FROM pg_extension_installed() WHERE name = 't_chain';
DROP EXTENSION t_chain;
TABLE recorded;

-- Switched off, core drops it without its script, and with the records.
CREATE EXTENSION t_chain;
SET pg_extman.native_commands = off;
DROP EXTENSION t_chain;
RESET pg_extman.native_commands;
TABLE recorded;
DROP EXTENSION foo, bar, baz;

--
-- Without the library
--
CALL arrive();
\c -
DROP EXTENSION bar;
\c -
DROP EXTENSION bar, foo;
\c -
DROP EXTENSION t_chain, hstore;
\c -
TABLE recorded;
CALL arrive();
\c -
DROP EXTENSION t_chain, no_such_thing;
\c -
DROP EXTENSION IF EXISTS t_chain, no_such_thing;
\c -
DROP EXTENSION baz CASCADE;
\c -
DROP EXTENSION hstore;
\c -
SELECT come_and_go();
\c -
CALL arrive();
\c -
DO $$ BEGIN DROP EXTENSION t_chain, foo; DROP EXTENSION IF EXISTS t_chain, bar; END $$;
\c -
CREATE EXTENSION t_foo;
\c -
DROP VIEW installed, recorded;
\c -
DROP EXTENSION t_foo, pg_extman;
\c -
DROP EXTENSION pg_extman CASCADE;
SELECT extname FROM pg_extension ORDER BY 1;

\c :home
DROP DATABASE extman_native_drop;
DROP ROLE regress_native_user;
