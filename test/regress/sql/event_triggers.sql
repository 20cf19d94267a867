--
-- Event triggers see installs, upgrades and uninstalls as core's commands
--
\set SHOW_CONTEXT never

CREATE ROLE regress_extman_trusting;
GRANT CREATE, USAGE ON SCHEMA public TO regress_extman_trusting;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_trusting', current_database());
END $$;

CREATE TABLE t_seen (n int GENERATED ALWAYS AS IDENTITY, event text, tag text, by_role text, what text);
GRANT INSERT ON t_seen TO PUBLIC;
CREATE FUNCTION t_see() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_event = 'ddl_command_end' THEN
        INSERT INTO t_seen (event, tag, by_role, what)
            SELECT tg_event, c.command_tag, current_user,
                   c.object_type || ' ' || c.object_identity || CASE WHEN c.in_extension THEN ', in extension' ELSE '' END
            FROM pg_event_trigger_ddl_commands() c;
    ELSIF tg_event = 'sql_drop' THEN
        INSERT INTO t_seen (event, tag, by_role, what)
            SELECT tg_event, tg_tag, current_user,
                   o.object_type || ' ' || o.object_identity || CASE WHEN o.original THEN ', original' ELSE '' END
            FROM pg_event_trigger_dropped_objects() o ORDER BY NOT o.original, o.object_identity;
    ELSE
        INSERT INTO t_seen (event, tag, by_role) VALUES (tg_event, tg_tag, current_user);
    END IF;
END $$;
CREATE FUNCTION t_saw() RETURNS TABLE (event text, tag text, by_role text, what text) LANGUAGE sql AS $$
    WITH gone AS (DELETE FROM t_seen RETURNING *)
    SELECT event, tag,
           CASE by_role WHEN (SELECT rolname FROM pg_roles WHERE oid = 10) THEN 'bootstrap superuser' ELSE by_role END, what
    FROM gone ORDER BY n
$$;
CREATE EVENT TRIGGER t_on_start ON ddl_command_start EXECUTE FUNCTION t_see();
CREATE EVENT TRIGGER t_on_end ON ddl_command_end EXECUTE FUNCTION t_see();
CREATE EVENT TRIGGER t_on_drop ON sql_drop EXECUTE FUNCTION t_see();

SELECT name FROM pg_extension_install('t_chain (= 1.0)');
SELECT event, tag, what FROM t_saw();
SELECT name FROM pg_extension_apply(NULL, NULL, 't_chain');
SELECT event, tag, what FROM t_saw();
SELECT name FROM pg_extension_uninstall('t_chain');
SELECT event, tag, what FROM t_saw();

-- Just as under core.
CREATE EXTENSION tcn;
SELECT event, tag, what FROM t_saw() WHERE tag LIKE '%EXTENSION';
DROP EXTENSION tcn;
SELECT event, tag, what FROM t_saw() WHERE tag LIKE '%EXTENSION';

-- Around an elevated script, those for the command run as the caller.
SET ROLE regress_extman_trusting;
SELECT name FROM pg_extension_install('t_trusted');
SELECT name FROM pg_extension_uninstall('t_trusted');
RESET ROLE;
SELECT * FROM t_saw() WHERE what IS NULL OR what NOT LIKE '%toast%';

-- An error undoes it all, and leaves nothing of it for the next command.
SELECT name FROM pg_extension_install('t_fails');
SELECT * FROM t_saw();
DROP EVENT TRIGGER t_on_start;
DROP EVENT TRIGGER t_on_end;
DROP EVENT TRIGGER t_on_drop;

--
-- Triggers that object
--
CREATE FUNCTION t_object() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no % here, please', tg_tag; END $$;
CREATE EVENT TRIGGER t_no_create ON ddl_command_start
    WHEN tag IN ('CREATE EXTENSION') EXECUTE FUNCTION t_object();
SELECT name FROM pg_extension_install('t_foo');
SELECT extname FROM pg_extension WHERE extname = 't_foo';
ALTER EVENT TRIGGER t_no_create DISABLE;
SELECT name FROM pg_extension_install('t_chain (= 1.0)');
CREATE EVENT TRIGGER t_no_change ON ddl_command_start
    WHEN tag IN ('ALTER EXTENSION') EXECUTE FUNCTION t_object();
SELECT name FROM pg_extension_apply(NULL, NULL, 't_chain');
CREATE EVENT TRIGGER t_no_drop ON sql_drop
    WHEN tag IN ('DROP EXTENSION') EXECUTE FUNCTION t_object();
SELECT name FROM pg_extension_uninstall('t_chain');
SELECT extversion FROM pg_extension WHERE extname = 't_chain';
DROP EVENT TRIGGER t_no_change;
DROP EVENT TRIGGER t_no_drop;
SELECT name FROM pg_extension_uninstall('t_chain');

--
-- Triggers that change what the plan was made for
--
CREATE TABLE t_meddling (at_event text, at_tag text, command text);
CREATE FUNCTION t_meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    todo text;
BEGIN
    FOR todo IN DELETE FROM t_meddling WHERE at_event = tg_event AND at_tag = tg_tag RETURNING command LOOP
        EXECUTE todo;
    END LOOP;
END $$;
CREATE EVENT TRIGGER t_meddle_start ON ddl_command_start
    WHEN tag IN ('CREATE EXTENSION', 'ALTER EXTENSION', 'DROP EXTENSION') EXECUTE FUNCTION t_meddle();
CREATE EVENT TRIGGER t_meddle_end ON ddl_command_end
    WHEN tag IN ('CREATE EXTENSION', 'ALTER EXTENSION', 'DROP EXTENSION') EXECUTE FUNCTION t_meddle();

-- An uninstall of what the trigger has dropped.
SELECT name FROM pg_extension_install('t_chain (= 1.0)');
BEGIN;
INSERT INTO t_meddling VALUES ('ddl_command_start', 'DROP EXTENSION', 'DROP EXTENSION t_chain');
SELECT name FROM pg_extension_uninstall('t_chain');
ROLLBACK;
-- An upgrade of what the trigger has dropped.
BEGIN;
INSERT INTO t_meddling VALUES ('ddl_command_start', 'ALTER EXTENSION', 'DROP EXTENSION t_chain');
SELECT name FROM pg_extension_apply(NULL, NULL, 't_chain');
ROLLBACK;
-- An install that needs what the trigger has dropped, before it or right after
-- it was installed.
BEGIN;
INSERT INTO t_meddling VALUES ('ddl_command_start', 'CREATE EXTENSION', 'DROP EXTENSION t_chain');
SELECT name FROM pg_extension_install('t_on_chain');
ROLLBACK;
SELECT name FROM pg_extension_uninstall('t_chain');
BEGIN;
INSERT INTO t_meddling VALUES ('ddl_command_end', 'CREATE EXTENSION', 'DROP EXTENSION t_chain');
SELECT name FROM pg_extension_install('t_on_chain');
ROLLBACK;
-- Packages that stay, and whose dependencies are to be written anew.
SELECT name FROM pg_extension_install('t_foo');
SELECT name FROM pg_extension_install('t_either');
SELECT name FROM pg_extension_install('t_foo_bar');
BEGIN;
INSERT INTO t_meddling VALUES ('ddl_command_start', 'DROP EXTENSION', 'DROP EXTENSION t_either');
SELECT name FROM pg_extension_uninstall('t_foo');
ROLLBACK;
BEGIN;
INSERT INTO t_meddling VALUES ('ddl_command_end', 'DROP EXTENSION', 'DROP EXTENSION t_foo_bar CASCADE');
SELECT name FROM pg_extension_uninstall('t_foo');
ROLLBACK;
SELECT name FROM pg_extension_uninstall('t_either, t_foo, t_foo_bar');
-- pg_extman itself, replaced by another one.
BEGIN;
INSERT INTO t_meddling VALUES
    ('ddl_command_start', 'CREATE EXTENSION', 'DROP EXTENSION pg_extman CASCADE; CREATE EXTENSION pg_extman');
SELECT name FROM pg_extension_install('t_foo');
ROLLBACK;
-- Another request in the middle of this one.
BEGIN;
INSERT INTO t_meddling VALUES
    ('ddl_command_start', 'CREATE EXTENSION', 'SELECT pg_extension_install(''t_plain'')');
SELECT name FROM pg_extension_install('t_foo');
ROLLBACK;
-- None of this is in the way of the next request.
SELECT name FROM pg_extension_install('t_foo');
SELECT count(*) FROM pg_depend d
    WHERE d.refclassid = 'pg_extension'::regclass
      AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.oid = d.refobjid);
SELECT name FROM pg_extension_uninstall('t_foo');

-- Clean up.
DROP EVENT TRIGGER t_meddle_start;
DROP EVENT TRIGGER t_meddle_end;
DROP EVENT TRIGGER t_no_create;
DROP FUNCTION t_see, t_saw, t_object, t_meddle;
DROP TABLE t_seen, t_meddling;
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_trusting', current_database());
END $$;
REVOKE ALL ON SCHEMA public FROM regress_extman_trusting;
DROP ROLE regress_extman_trusting;
