--
-- What else core does with an extension works on packages, as it is; and what
-- else there is in a session does not get in the way of the three commands
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_native_other;
\c extman_native_other
CREATE EXTENSION pg_extman;
CREATE VIEW installed AS
    SELECT i.name, i.version, i.schema AS is_in, s.schema AS recorded
    FROM pg_extension_installed() i LEFT JOIN extman.snapshot s USING (name)
    WHERE i.name NOT IN ('plpgsql', 'pg_extman');

-- SET SCHEMA: where it was installed stays on record.
CREATE SCHEMA there;
CREATE EXTENSION t_trusted;
ALTER EXTENSION t_trusted SET SCHEMA there;
TABLE installed;
SELECT to_regclass('there.t_trusted_log');
CREATE EXTENSION t_foo;
ALTER EXTENSION t_foo SET SCHEMA there;
DROP EXTENSION t_trusted;
SELECT to_regclass('there.t_trusted_log');

-- ADD and DROP: what was added goes with it, what was taken out stays.
CREATE TABLE mine (x int);
ALTER EXTENSION t_foo ADD TABLE mine;
DROP TABLE mine;
ALTER EXTENSION t_foo DROP FUNCTION t_foo();
DROP EXTENSION t_foo;
SELECT to_regclass('mine'), t_foo();
DROP FUNCTION t_foo();
SELECT name FROM extman.snapshot;

-- COMMENT: an update without a comment of its own leaves it.
CREATE EXTENSION t_chain VERSION '1.0';
COMMENT ON EXTENSION t_chain IS 'mine';
ALTER EXTENSION t_chain UPDATE;
SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 't_chain';
COMMENT ON EXTENSION t_chain IS NULL;
DROP EXTENSION t_chain;

-- Other roles.
CREATE ROLE regress_native_user;
CREATE ROLE regress_native_heir;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_native_user', current_database());
END $$;
CREATE SCHEMA AUTHORIZATION regress_native_user;
SET ROLE regress_native_user;
CREATE EXTENSION t_plain;
RESET ROLE;
REASSIGN OWNED BY regress_native_user TO regress_native_heir;
SELECT extowner::regrole FROM pg_extension WHERE extname = 't_plain';
SET ROLE regress_native_user;
DROP EXTENSION t_plain;
SET ROLE regress_native_heir;
DROP EXTENSION t_plain;
RESET ROLE;
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_native_user', current_database());
END $$;
DROP SCHEMA regress_native_user;

--
-- Event triggers see each command once, in a session with the library
--
CREATE TABLE seen (n serial, event text, tag text, what text);
CREATE FUNCTION see() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_event = 'ddl_command_end' THEN
        INSERT INTO seen (event, tag, what)
            SELECT tg_event, c.command_tag, c.object_identity FROM pg_event_trigger_ddl_commands() c
            WHERE c.object_type = 'extension';
    ELSIF tg_event = 'sql_drop' THEN
        INSERT INTO seen (event, tag, what)
            SELECT tg_event, tg_tag, object_identity FROM pg_event_trigger_dropped_objects()
            WHERE object_type = 'extension';
    ELSE
        INSERT INTO seen (event, tag) VALUES (tg_event, tg_tag);
    END IF;
END $$;
CREATE FUNCTION saw() RETURNS TABLE (event text, tag text, what text) LANGUAGE sql AS $$
    WITH gone AS (DELETE FROM seen RETURNING *)
    SELECT event, tag, what FROM gone WHERE tag LIKE '%EXTENSION' OR tag = 'COMMENT' ORDER BY n
$$;
CREATE EVENT TRIGGER see_start ON ddl_command_start EXECUTE FUNCTION see();
CREATE EVENT TRIGGER see_end ON ddl_command_end EXECUTE FUNCTION see();
CREATE EVENT TRIGGER see_drop ON sql_drop EXECUTE FUNCTION see();
LOAD 'pg_extman';
CREATE EXTENSION t_chain VERSION '1.0';
SELECT * FROM saw();
CREATE EXTENSION t_on_chain CASCADE;
SELECT * FROM saw();
CREATE EXTENSION t_foo;
ALTER EXTENSION t_foo UPDATE;
SELECT * FROM saw();
CREATE EXTENSION tcn;
SELECT * FROM saw();
-- t_chain has a script to run before it goes.
DROP EXTENSION t_chain, t_on_chain, t_foo, tcn;
SELECT * FROM saw();
\c -
-- Without it, the start of what the user wrote comes first.
CREATE EXTENSION t_foo;
SELECT * FROM saw();
\c -
DROP EXTENSION t_foo;
SELECT * FROM saw();
DROP EVENT TRIGGER see_start;
DROP EVENT TRIGGER see_end;
DROP EVENT TRIGGER see_drop;

-- A trigger that uses the commands itself.  In the middle of a request they are
-- core's.
CREATE TABLE todo (package name);
CREATE FUNCTION meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    name name;
BEGIN
    DELETE FROM todo RETURNING package INTO name;
    IF name IS NOT NULL THEN
        EXECUTE format('CREATE EXTENSION %I', name);
    END IF;
END $$;
CREATE EVENT TRIGGER a_meddling ON ddl_command_start WHEN tag IN ('CREATE EXTENSION')
    EXECUTE FUNCTION meddle();
LOAD 'pg_extman';
INSERT INTO todo VALUES ('tcn');
CREATE EXTENSION t_foo;
DROP EXTENSION t_foo, tcn;
INSERT INTO todo VALUES ('t_foo_bar');
\set VERBOSITY terse
CREATE EXTENSION t_foo;
\set VERBOSITY default
CREATE EXTENSION tcn;
DROP EXTENSION tcn, t_foo_bar;
\c -
-- Before the request begins, they are not.
INSERT INTO todo VALUES ('t_foo_bar');
CREATE EXTENSION t_foo;
DROP EXTENSION t_foo, t_foo_bar;
DROP EVENT TRIGGER a_meddling;
SELECT name FROM extman.snapshot ORDER BY 1;

-- Other triggers for the same command use up memory after ours; what ours has
-- put into the command is still there.
CREATE FUNCTION use_memory() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    texts text[];
BEGIN
    FOR i IN 1 .. 200 LOOP
        texts := texts || repeat(chr(65 + i % 26), i * 37 % 700);
    END LOOP;
END $$;
CREATE EVENT TRIGGER z_memory ON ddl_command_start EXECUTE FUNCTION use_memory();
CREATE EXTENSION t_chain VERSION '1.0';
COMMENT ON EXTENSION t_chain IS 'kept';
CREATE EXTENSION hstore;
CREATE EXTENSION tcn;
\c -
ALTER EXTENSION t_chain UPDATE;
SELECT extversion, obj_description(oid, 'pg_extension') FROM pg_extension
    WHERE extname = 't_chain';
\c -
DROP EXTENSION hstore, t_chain, tcn;
SELECT extname FROM pg_extension ORDER BY 1;
DROP EVENT TRIGGER z_memory;

-- The functions are for triggers alone.
SELECT extman.on_command();
SELECT extman.on_drop();

--
-- Tables that are not as they should be: core's extensions go on
--
LOAD 'pg_extman';
CREATE EXTENSION t_foo;
BEGIN;
ALTER TABLE extman.policy DROP COLUMN held;
CREATE EXTENSION tcn;
ALTER EXTENSION tcn UPDATE;
DROP EXTENSION tcn;
DROP EXTENSION t_foo;
SELECT count(*) FROM pg_extension WHERE extname = 't_foo';
ROLLBACK;
BEGIN;
ALTER EXTENSION pg_extman DROP TABLE extman.history;
DROP TABLE extman.history CASCADE;
CREATE EXTENSION tcn;
DROP EXTENSION tcn, t_foo;
ROLLBACK;
BEGIN;
ALTER TABLE extman.snapshot RENAME TO something_else;
CREATE VIEW extman.snapshot AS SELECT 1 AS name;
CREATE EXTENSION tcn;
DROP EXTENSION tcn, t_foo;
ROLLBACK;
\c -
BEGIN;
ALTER TABLE extman.policy DROP COLUMN held;
DROP EXTENSION t_foo;
CREATE EXTENSION tcn;
DROP EXTENSION tcn;
ROLLBACK;
\c -
BEGIN;
ALTER EXTENSION pg_extman DROP SCHEMA extman;
ALTER SCHEMA extman RENAME TO elsewhere;
CREATE EXTENSION tcn;
DROP EXTENSION t_foo, tcn;
ROLLBACK;
DROP EXTENSION t_foo;

\c :home
DROP DATABASE extman_native_other;
DROP ROLE regress_native_user;
DROP ROLE regress_native_heir;
