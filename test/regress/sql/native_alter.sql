--
-- ALTER EXTENSION ... UPDATE of packages: in sessions that have the library and
-- in those that have not
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_native_alter;
\c extman_native_alter
CREATE EXTENSION pg_extman;
CREATE VIEW installed AS
    SELECT name, version, schema FROM pg_extension_installed()
    WHERE name NOT IN ('plpgsql', 'pg_extman');

--
-- With the library
--
LOAD 'pg_extman';
CREATE EXTENSION t_chain VERSION '1.0';
ALTER EXTENSION t_chain UPDATE TO '1.1';
TABLE installed;
ALTER EXTENSION t_chain UPDATE;
TABLE installed;
SELECT kind, request, step, action, name, old_version, new_version
    FROM extman.history ORDER BY at, step;

-- It is there already.
ALTER EXTENSION t_chain UPDATE;
ALTER EXTENSION t_chain UPDATE TO '1.2';
ALTER EXTENSION t_chain UPDATE TO '0:1.2';

-- Versions that cannot be reached, or that are none.
ALTER EXTENSION t_chain UPDATE TO '1.0';
ALTER EXTENSION t_chain UPDATE TO '9';
ALTER EXTENSION t_chain UPDATE TO '';
ALTER EXTENSION t_chain UPDATE TO '1--1';
ALTER EXTENSION t_chain UPDATE TO '1.2), t_foo (= 1.0';
ALTER EXTENSION t_chain UPDATE TO '1.1' TO '1.2';

-- What is not there, and what is core's.
ALTER EXTENSION t_foo UPDATE;
ALTER EXTENSION "t_chain, t_foo" UPDATE;
CREATE EXTENSION hstore VERSION '1.4';
ALTER EXTENSION hstore UPDATE TO '1.6';
ALTER EXTENSION hstore UPDATE;
ALTER EXTENSION hstore UPDATE;
ALTER EXTENSION hstore UPDATE TO '99';
SELECT extversion FROM pg_extension WHERE extname = 'hstore';
DROP EXTENSION hstore;
DROP EXTENSION t_chain;

-- Others would have to change, or forbid it.
CREATE EXTENSION t_low VERSION '1.0';
CREATE EXTENSION t_high VERSION '1.0';
ALTER EXTENSION t_high UPDATE;
ALTER EXTENSION t_high UPDATE TO '2.0';
ALTER EXTENSION t_low UPDATE TO '2.0';
ALTER EXTENSION t_low UPDATE;
TABLE installed;
SELECT action, name, new_version FROM pg_extension_apply(NULL, NULL, 't_high');
DROP EXTENSION t_high, t_low;

-- From functions, whose statements are kept and used again.
CREATE FUNCTION up_and_away() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    CREATE EXTENSION t_chain VERSION '1.0';
    ALTER EXTENSION t_chain UPDATE TO '1.1';
    ALTER EXTENSION t_chain UPDATE;
    DROP EXTENSION t_chain;
    RETURN 'done';
END $$;
SELECT up_and_away();
SELECT up_and_away();
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT 1;
CREATE EXTENSION t_chain VERSION '1.0';
ALTER EXTENSION t_chain UPDATE;
TABLE installed;
ROLLBACK;

-- Who may.
CREATE ROLE regress_native_user;
CREATE EXTENSION t_chain VERSION '1.0';
SET ROLE regress_native_user;
ALTER EXTENSION t_chain UPDATE;
RESET ROLE;
BEGIN READ ONLY;
ALTER EXTENSION t_chain UPDATE;
ROLLBACK;

--
-- Without the library
--
CREATE TABLE seen (n serial, event text, tag text, what text);
CREATE FUNCTION see() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_event = 'ddl_command_end' THEN
        INSERT INTO seen (event, tag, what)
            SELECT tg_event, c.command_tag, c.object_identity FROM pg_event_trigger_ddl_commands() c
            WHERE c.object_type = 'extension';
    ELSE
        INSERT INTO seen (event, tag) VALUES (tg_event, tg_tag);
    END IF;
END $$;
COMMENT ON EXTENSION t_chain IS 'a chain''s comment';
\c -
\set QUIET off
ALTER EXTENSION t_chain UPDATE TO '1.1';
TABLE installed;
SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 't_chain';
CREATE EVENT TRIGGER see_start ON ddl_command_start EXECUTE FUNCTION see();
CREATE EVENT TRIGGER see_end ON ddl_command_end EXECUTE FUNCTION see();
TRUNCATE seen;
\c -
ALTER EXTENSION t_chain UPDATE;
-- Core carries out a COMMENT at the end of what it was told.
SELECT event, tag, what FROM seen ORDER BY n;
DROP EVENT TRIGGER see_start;
DROP EVENT TRIGGER see_end;
\c -
ALTER EXTENSION t_chain UPDATE;
\c -
ALTER EXTENSION t_chain UPDATE TO '9';
\c -
ALTER EXTENSION t_chain UPDATE TO '1.1' TO '1.2';
\c -
SET ROLE regress_native_user;
ALTER EXTENSION t_chain UPDATE;
RESET ROLE;
\c -
DROP EXTENSION t_chain;
\c -
SELECT up_and_away();
\c -
CREATE EXTENSION t_chain VERSION '1.0';
\c -
DO $$ BEGIN
    FOR i IN 1 .. 2 LOOP
        ALTER EXTENSION t_chain UPDATE;
    END LOOP;
END $$;
TABLE installed;
\c -
CREATE EXTENSION hstore VERSION '1.4';
\c -
ALTER EXTENSION hstore UPDATE TO '1.6';
SELECT extversion FROM pg_extension WHERE extname = 'hstore';

\c :home
DROP DATABASE extman_native_alter;
DROP ROLE regress_native_user;
