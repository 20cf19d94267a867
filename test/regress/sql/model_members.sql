--
-- Scripts and members: what core's tests of extensions ask of core, asked of
-- packages
--
\set SHOW_CONTEXT never
\set VERBOSITY terse
CREATE FUNCTION t_members(extension text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT regexp_replace(pg_describe_object(d.classid, d.objid, d.objsubid), 'pg_temp_\d+', 'pg_temp') AS member
    FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
    -- Without the types that come along with others: they are members of their own only from PostgreSQL 17 on.
    WHERE d.deptype = 'e' AND e.extname = extension AND (d.classid <> 'pg_type'::regclass OR EXISTS (SELECT FROM pg_type t WHERE t.oid = d.objid
        AND t.typtype <> 'm' AND (t.typrelid = 0 OR t.typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c'))
        AND t.oid NOT IN (SELECT typarray FROM pg_type)))
    ORDER BY 1
$$;

--
-- OR REPLACE, and completing what is a shell so far, is for members only
--
CREATE FUNCTION t_ext_answer() RETURNS int LANGUAGE sql AS 'SELECT 13';
SELECT name FROM pg_extension_install('t_ext_replaces');
SELECT t_ext_answer();
DROP FUNCTION t_ext_answer();
CREATE VIEW t_ext_answers AS SELECT 13 AS answer;
SELECT name FROM pg_extension_install('t_ext_replaces');
TABLE t_ext_answers;
DROP VIEW t_ext_answers;
CREATE AGGREGATE t_ext_product(int) (SFUNC = int4pl, STYPE = int);
SELECT name FROM pg_extension_install('t_ext_replaces');
SELECT t_ext_product(x) FROM generate_series(3, 4) AS x;
DROP AGGREGATE t_ext_product(int);
CREATE TYPE t_ext_label;
SELECT name FROM pg_extension_install('t_ext_replaces');
DROP TYPE t_ext_label;
CREATE OPERATOR ~?> (LEFTARG = box, RIGHTARG = point, FUNCTION = box_contain_pt, COMMUTATOR = <?~);
SELECT name FROM pg_extension_install('t_ext_replaces');
DROP OPERATOR <?~ (point, box);
SELECT name FROM pg_extension_install('t_ext_replaces');
SELECT t_ext_answer(), (SELECT answer FROM t_ext_answers), t_ext_product(x) FROM generate_series(3, 4) AS x;
SELECT 'good'::t_ext_label, point(0, 0) <?~ box(point(-1, -1), point(1, 1)) AS near;
SELECT * FROM t_members('t_ext_replaces');
SELECT name FROM pg_extension_uninstall('t_ext_replaces');
DROP OPERATOR ~?> (box, point);

--
-- IF NOT EXISTS adopts nothing either
--
CREATE COLLATION t_ext_collation (LC_COLLATE = 'POSIX', LC_CTYPE = 'POSIX');
SELECT name FROM pg_extension_install('t_ext_exists');
DROP COLLATION t_ext_collation;
CREATE MATERIALIZED VIEW t_ext_materialized AS SELECT 13 AS x;
SELECT name FROM pg_extension_install('t_ext_exists');
DROP MATERIALIZED VIEW t_ext_materialized;
CREATE FOREIGN DATA WRAPPER t_ext_other_wrapper;
CREATE SERVER t_ext_server FOREIGN DATA WRAPPER t_ext_other_wrapper;
SELECT name FROM pg_extension_install('t_ext_exists');
DROP SERVER t_ext_server;
CREATE SERVER t_ext_other_server FOREIGN DATA WRAPPER t_ext_other_wrapper;
CREATE FOREIGN TABLE t_ext_foreign (x int) SERVER t_ext_other_server;
SELECT name FROM pg_extension_install('t_ext_exists');
DROP FOREIGN DATA WRAPPER t_ext_other_wrapper CASCADE;
CREATE SCHEMA t_ext_inside;
SELECT name FROM pg_extension_install('t_ext_exists');
DROP SCHEMA t_ext_inside;
CREATE SEQUENCE t_ext_sequence;
SELECT name FROM pg_extension_install('t_ext_exists');
DROP SEQUENCE t_ext_sequence;
CREATE TABLE t_ext_table (x int);
SELECT name FROM pg_extension_install('t_ext_exists');
DROP TABLE t_ext_table;
CREATE TABLE t_ext_filled AS SELECT 13 AS x;
SELECT name FROM pg_extension_install('t_ext_exists');
DROP TABLE t_ext_filled;
SELECT name FROM pg_extension_install('t_ext_exists (= 1.0)');
SELECT * FROM t_members('t_ext_exists');
-- Members stay what they are when an upgrade asks again.
INSERT INTO t_ext_table VALUES (1);
SELECT name FROM pg_extension_upgrade('t_ext_exists');
SELECT count(*) FROM t_members('t_ext_exists');
TABLE t_ext_table;
-- One that was taken out and made anew by somebody is foreign.
SELECT name FROM pg_extension_uninstall('t_ext_exists');
SELECT name FROM pg_extension_install('t_ext_exists (= 1.0)');
ALTER EXTENSION t_ext_exists DROP TABLE t_ext_table;
SELECT name FROM pg_extension_upgrade('t_ext_exists');
SELECT extversion FROM pg_extension WHERE extname = 't_ext_exists';
DROP TABLE t_ext_table;
SELECT name FROM pg_extension_upgrade('t_ext_exists');
SELECT name FROM pg_extension_uninstall('t_ext_exists');

--
-- Temporary objects of a script are members until the session ends
--
SELECT name FROM pg_extension_install('t_ext_temp');
SELECT * FROM t_members('t_ext_temp');
SELECT name FROM pg_extension_uninstall('t_ext_temp');
SELECT to_regclass('pg_temp.t_ext_passing') IS NULL AS gone;
SELECT name FROM pg_extension_install('t_ext_temp');
\c -
\set SHOW_CONTEXT never
\set VERBOSITY terse
-- The session before needs a moment to clean up behind itself.
DO $$ BEGIN
    FOR i IN 1..600 LOOP
        EXIT WHEN NOT EXISTS (SELECT FROM t_members('t_ext_temp') AS m WHERE m LIKE '%t\_ext\_passing%');
        PERFORM pg_sleep(0.1);
    END LOOP;
END $$;
SELECT * FROM t_members('t_ext_temp');
SELECT name FROM pg_extension_uninstall('t_ext_temp');

--
-- Event triggers that come and go within scripts
--
SELECT name FROM pg_extension_install('t_ext_trigger (= 1.0)');
SELECT name FROM pg_extension_upgrade('t_ext_trigger (= 1.1)');
SELECT name FROM pg_extension_upgrade('t_ext_trigger');
SELECT evtname, evtevent FROM pg_event_trigger WHERE evtname LIKE 't\_%' ORDER BY 1;
TABLE t_ext_rewritten;
SELECT name FROM pg_extension_uninstall('t_ext_trigger');
SELECT evtname, evtevent FROM pg_event_trigger WHERE evtname LIKE 't\_%' ORDER BY 1;
-- Core drops it in the same way.
SELECT name FROM pg_extension_install('t_ext_trigger (= 1.0)');
BEGIN;
DROP EXTENSION t_ext_trigger;
SELECT evtname, evtevent FROM pg_event_trigger WHERE evtname LIKE 't\_%' ORDER BY 1;
ROLLBACK;
SELECT name FROM pg_extension_uninstall('t_ext_trigger');

--
-- A script that takes in tables, drops members that own others, and lets go
--
SELECT name FROM pg_extension_install('t_ext_absorbs (= 1.0)');
CREATE TABLE t_ext_old (id serial PRIMARY KEY);
SELECT name FROM pg_extension_install('t_ext_absorbs (= 1.0)');
SELECT * FROM t_members('t_ext_absorbs');
SELECT name FROM pg_extension_upgrade('t_ext_absorbs');
SELECT * FROM t_members('t_ext_absorbs');
SELECT name FROM pg_extension_uninstall('t_ext_absorbs');
DROP TABLE t_ext_numbered;

--
-- ALTER EXTENSION ... ADD and DROP: types with what belongs to them
--
SELECT name FROM pg_extension_install('t_ext_types');
SELECT * FROM t_members('t_ext_types');
ALTER EXTENSION t_ext_types DROP TYPE t_ext_span;
SELECT * FROM t_members('t_ext_types');
ALTER EXTENSION t_ext_types ADD TYPE t_ext_span;
ALTER EXTENSION t_ext_types DROP TABLE t_ext_spans;
SELECT * FROM t_members('t_ext_types');
ALTER EXTENSION t_ext_types ADD TABLE t_ext_spans;
SELECT * FROM t_members('t_ext_types');
-- A member is nobody else's, and stays for as long as its extension.
SELECT name FROM pg_extension_install('t_ext_low');
ALTER EXTENSION t_ext_low ADD TABLE t_ext_spans;
DROP TABLE t_ext_spans;
DROP TYPE t_ext_span CASCADE;
ALTER EXTENSION t_ext_low ADD SCHEMA public;
-- What was added goes, what was let go stays.
CREATE TABLE t_ext_added (x int);
ALTER EXTENSION t_ext_types ADD TABLE t_ext_added;
ALTER EXTENSION t_ext_types DROP TYPE t_ext_pair;
SELECT name FROM pg_extension_uninstall('t_ext_types');
DROP TYPE t_ext_pair;
SELECT name FROM pg_extension_uninstall('t_ext_types');
SELECT to_regclass('t_ext_added') IS NULL AS gone;

--
-- Members in use
--
SELECT name FROM pg_extension_install('t_ext_types');
BEGIN;
DECLARE t_cursor CURSOR FOR SELECT * FROM t_ext_spans;
FETCH t_cursor;
SELECT name FROM pg_extension_uninstall('t_ext_types');
ROLLBACK;
CREATE TABLE t_ext_uses (x t_ext_span);
SELECT name FROM pg_extension_uninstall('t_ext_types');
DROP EXTENSION t_ext_types;
DROP TABLE t_ext_uses;
-- Objects may be bound to a package, and go with it.
CREATE FUNCTION t_ext_bound() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION t_ext_bound() DEPENDS ON EXTENSION t_ext_low;
SELECT name FROM pg_extension_uninstall('t_ext_low');
SELECT to_regproc('t_ext_bound') IS NULL AS gone;
-- Plans that were made before are made anew, or say what is missing.
PREPARE t_plan AS SELECT count(*) FROM t_ext_spans;
EXECUTE t_plan;
CREATE FUNCTION t_ext_count() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM t_ext_spans); END';
SELECT t_ext_count();
SELECT name FROM pg_extension_uninstall('t_ext_types');
EXECUTE t_plan;
SELECT t_ext_count();
SELECT name FROM pg_extension_install('t_ext_types');
INSERT INTO t_ext_spans VALUES ('[B1,B11]');
EXECUTE t_plan;
SELECT t_ext_count();
DROP EXTENSION t_ext_types;
EXECUTE t_plan;
-- The functions of pg_extman are no exception.
PREPARE t_install AS SELECT name FROM pg_extension_install('t_ext_types');
EXECUTE t_install;
EXECUTE t_install;
SELECT name FROM pg_extension_uninstall('t_ext_types');
EXECUTE t_install;
DEALLOCATE ALL;
SELECT name FROM pg_extension_uninstall('t_ext_types');
DROP FUNCTION t_ext_count();

--
-- Tables of configuration
--
SELECT name FROM pg_extension_install('t_ext_config');
SELECT c::regclass AS relation, condition FROM pg_extension e, unnest(extconfig, extcondition) AS u(c, condition)
    WHERE extname = 't_ext_config';
SELECT pg_extension_config_dump('t_ext_settings', '');
-- What leaves the extension is no configuration of it any more.
ALTER EXTENSION t_ext_config DROP TABLE t_ext_settings;
SELECT c::regclass AS relation, condition FROM pg_extension e, unnest(extconfig, extcondition) AS u(c, condition)
    WHERE extname = 't_ext_config';
SELECT name FROM pg_extension_uninstall('t_ext_config');
TABLE t_ext_settings;
DROP TABLE t_ext_settings;

SELECT extname FROM pg_extension WHERE extname LIKE 't\_%';
DROP FUNCTION t_members(text);
