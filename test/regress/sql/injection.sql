--
-- Hostile names, schemas, search paths and objects
--
\set SHOW_CONTEXT never

-- Names in requests are checked before any file is opened.
SELECT * FROM pg_extension_install('../foo');
SELECT * FROM pg_extension_install('/etc/passwd');
SELECT * FROM pg_extension_install('foo/../bar');
SELECT * FROM pg_extension_install('foo''); DROP TABLE extman.history; --');
SELECT * FROM pg_extension_install('"foo"');
SELECT * FROM pg_extension_install('foo--1.0');
SELECT * FROM pg_extension_install('-foo');
SELECT * FROM pg_extension_install('$system');
SELECT * FROM pg_extension_install(E'foo\\bar');
SELECT * FROM pg_extension_install(E'foo\x01');
SELECT * FROM pg_extension_install(repeat('x', 64));
SELECT * FROM pg_extension_install('foo (= 1.0''; SELECT 1)');
SELECT * FROM pg_extension_install('foo (= ../1.0)');
SELECT * FROM pg_extension_uninstall('foo; pg_extman');
SELECT * FROM pg_extension_uninstall('t\_%');
SELECT * FROM pg_extension_uninstall('%');
SELECT pg_extension_explain('../foo');
SELECT * FROM pg_extension_plan(repeat('foo (', 1000));

-- Very long requests.
SELECT count(*) FROM pg_extension_plan(repeat('foo, ', 20000) || 'foo');
SELECT pg_extension_explain('foo (' || repeat('>= 1.0, ', 20000) || '> 2)') LIKE 'cannot install foo %' AS explained;

-- Schemas that have to be quoted, and some that cannot be.
CREATE SCHEMA "T Odd.schema; --";
SELECT name, schema FROM pg_extension_install('t_foo', schema => 'T Odd.schema; --');
SELECT "T Odd.schema; --".t_foo();
SELECT name FROM pg_extension_uninstall('t_foo');
DROP SCHEMA "T Odd.schema; --";
CREATE SCHEMA "t""quote";
SELECT name, schema FROM pg_extension_install('t_foo', schema => 't"quote');
SELECT name, schema FROM pg_extension_install('t_chain, t_on_chain', schema => 't"quote');
SELECT name FROM extman.snapshot;
SELECT name FROM pg_extension_uninstall('t_foo');
DROP SCHEMA "t""quote";
SELECT * FROM pg_extension_install('t_foo', schema => 'pg_temp');
SELECT * FROM pg_extension_install('t_foo', schema => 'public; DROP TABLE extman.history');

--
-- A hostile search_path: objects that stand before those of pg_catalog
--
CREATE SCHEMA t_evil;
CREATE FUNCTION t_evil.bang() RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'evil code runs as %', current_user; END $$;
CREATE FUNCTION t_evil.eq(text, text) RETURNS bool LANGUAGE sql AS 'SELECT t_evil.bang() IS NULL';
CREATE FUNCTION t_evil.eq(name, name) RETURNS bool LANGUAGE sql AS 'SELECT t_evil.bang() IS NULL';
CREATE OPERATOR t_evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = t_evil.eq);
CREATE OPERATOR t_evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = t_evil.eq);
CREATE FUNCTION t_evil.pg_extension_install(text) RETURNS text LANGUAGE sql AS 'SELECT t_evil.bang()';
CREATE TABLE t_evil.pg_extension (extname name, extversion text);
CREATE TABLE t_evil.snapshot (LIKE extman.snapshot);
CREATE DOMAIN t_evil.text AS pg_catalog.text CHECK (t_evil.bang() IS NULL);
CREATE DOMAIN t_evil.int4 AS pg_catalog.int4 CHECK (t_evil.bang() IS NULL);
CREATE TEMP TABLE pg_extension (extname name, extversion text);

CREATE ROLE regress_extman_owner;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_owner', current_database());
END $$;
GRANT CREATE, USAGE ON SCHEMA public, t_evil TO regress_extman_owner;

SET search_path = t_evil, pg_temp, public, pg_catalog;
SELECT name FROM pg_catalog.pg_extension_install('t_trusted, t_plain', schema => 'public');
SELECT count(*) FROM pg_catalog.pg_extension_available() WHERE installed;
SELECT count(*) FROM pg_catalog.pg_extension_installed() WHERE newest_version IS NOT NULL;
SELECT name FROM pg_catalog.pg_extension_uninstall('t_trusted');

-- Into the hostile schema itself, elevated: qualified names and the pinned path hold.
SET ROLE regress_extman_owner;
SELECT name, schema FROM pg_catalog.pg_extension_install('t_trusted');
RESET ROLE;
SELECT name FROM pg_catalog.pg_extension_uninstall('t_trusted');
RESET search_path;
SELECT name FROM pg_extension_uninstall('t_plain');
DROP TABLE pg_temp.pg_extension;
DROP SCHEMA t_evil CASCADE;

--
-- Objects of others are not adopted (CVE-2022-2625)
--
SET ROLE regress_extman_owner;
CREATE FUNCTION t_adopt() RETURNS int LANGUAGE sql AS 'SELECT 666';
CREATE TABLE t_adopt_table (x int, mine text);
SELECT name FROM pg_extension_install('t_adopt');
SELECT name FROM pg_extension_install('t_adopt_table');
RESET ROLE;
SELECT t_adopt();
DROP FUNCTION t_adopt();
DROP TABLE t_adopt_table;
SELECT name FROM pg_extension_install('t_adopt, t_adopt_table');
SELECT name FROM pg_extension_uninstall('t_adopt, t_adopt_table');

--
-- Tables that only look like pg_extman's
--
BEGIN;
ALTER EXTENSION pg_extman DROP TABLE extman.policy;
SELECT name FROM pg_extension_install('t_foo');
ROLLBACK;
BEGIN;
ALTER TABLE extman.snapshot ADD COLUMN more text NOT NULL DEFAULT '';
SELECT name FROM pg_extension_installed();
ROLLBACK;
BEGIN;
ALTER EXTENSION pg_extman DROP SCHEMA extman;
ALTER SCHEMA extman RENAME TO extman_away;
SELECT name FROM pg_extension_available();
ROLLBACK;

-- Rules, triggers and row security on them change nothing.
BEGIN;
CREATE FUNCTION t_trigger() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'trigger runs'; END $$;
CREATE TRIGGER t_trigger BEFORE INSERT OR DELETE ON extman.snapshot
    FOR EACH ROW EXECUTE FUNCTION t_trigger();
ALTER TABLE extman.snapshot ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON extman.snapshot TO regress_extman_owner;
SET LOCAL ROLE regress_extman_owner;
SELECT name FROM pg_extension_install('t_foo');
SELECT name, installed FROM pg_extension_available() WHERE name = 't_foo';
ROLLBACK;

REVOKE ALL ON SCHEMA public FROM regress_extman_owner;
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_owner', current_database());
END $$;
DROP ROLE regress_extman_owner;
SELECT name FROM extman.snapshot;
