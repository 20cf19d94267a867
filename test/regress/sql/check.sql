--
-- pg_extension_check(): what is wrong with what is installed
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_check;
\c extman_check
CREATE EXTENSION pg_extman;

CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE t_shell(command text) LANGUAGE plpgsql AS
    $$ BEGIN EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L', command); END $$;
CREATE PROCEDURE t_put(file text, content text) LANGUAGE plpgsql AS $$
BEGIN
    CALL t_shell(format('mkdir -p "$(dirname ''%1$s'')" && echo %2$s | base64 -d > ''%1$s''', file,
                        translate(encode(convert_to(content, 'UTF8'), 'base64'), E'\n', '')));
END $$;
SELECT current_setting('data_directory') || '/extman_check' AS dir \gset
CREATE FUNCTION t_check() RETURNS TABLE (name text, problem text, detail text, hint text)
LANGUAGE sql AS $$
    SELECT c.name, c.problem, replace(c.detail, current_setting('data_directory') || '/', ''), c.hint
    FROM pg_extension_check() c
$$;

-- Nothing is.
SELECT * FROM pg_extension_check();
SELECT count(*) FROM pg_extension_install('foo, t_chain (= 1.0), t_schema, t_either');
SELECT * FROM pg_extension_check();
SELECT count(*) FROM pg_extension_apply(NULL, NULL, 't_chain');
SELECT * FROM pg_extension_check();

--
-- Constraints
--
BEGIN;
UPDATE extman.snapshot SET control = control || E'conflicts = t_foo\n' WHERE name = 'baz';
UPDATE extman.snapshot SET control = control || E'depends = t_absent (>= 2), foo\n' WHERE name = 't_schema';
SELECT name, detail FROM t_check() WHERE problem = 'constraint';
ROLLBACK;
SELECT count(*) FROM pg_extension_uninstall('foo, bar, baz, t_chain, t_schema, t_either, t_foo');

--
-- Files
--
SET pg_extman.control_path = :'dir';
CALL t_put(:'dir' || '/c_one/control', E'name = c_one\nversion = 1.0\nrelocatable = true\n');
CALL t_put(:'dir' || '/c_one/install.sql', $$
CREATE TYPE "Kind of" AS ENUM ('a', 'b');
CREATE TABLE one (id serial PRIMARY KEY, kind "Kind of");
CREATE FUNCTION one(one, "Kind of", int[] DEFAULT '{}') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW "public.view" AS SELECT 1 AS "public";
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE CAST ("Kind of" AS int) WITH INOUT;
$$);
CALL t_put(:'dir' || '/c_one/uninstall.sql', 'SELECT 1;');
SELECT name FROM pg_extension_install('c_one');
SELECT unnest(members) FROM extman.snapshot;
SELECT * FROM t_check();

CALL t_put(:'dir' || '/c_one/install.sql', 'SELECT 1;');
CALL t_put(:'dir' || '/c_one/uninstall.sql', 'SELECT 2;');
SELECT * FROM t_check();
CALL t_shell('rm ' || :'dir' || '/c_one/uninstall.sql');
CALL t_put(:'dir' || '/c_one/control', E'# changed\nname = c_one\nversion = 1.00\nrelocatable = true\n');
SELECT name, problem, detail FROM t_check();
CALL t_put(:'dir' || '/c_one/control', E'name = c_one\nversion = 1.1\nrelocatable = true\n');
SELECT * FROM t_check();

-- A script that came later; one that can't be read; an upgrade takes what it finds.
CALL t_put(:'dir' || '/c_one/upgrade--1.0--1.1.sql', 'CREATE FUNCTION three() RETURNS int LANGUAGE sql AS ''SELECT 3''');
SELECT action, name FROM pg_extension_apply(NULL, NULL, 'c_one');
SELECT * FROM t_check();
CALL t_put(:'dir' || '/c_one/uninstall.sql', 'SELECT 2;');
CALL t_shell('rm ' || :'dir' || '/c_one/install.sql; mkfifo ' || :'dir' || '/c_one/install.sql');
SELECT name, problem, detail FROM t_check();
CALL t_shell('rm ' || :'dir' || '/c_one/install.sql ' || :'dir' || '/c_one/uninstall.sql');
CALL t_put(:'dir' || '/c_one/install.sql', 'SELECT 1;');
SELECT * FROM t_check();

--
-- Members: wherever they lie, whatever they are called
--
CREATE SCHEMA "Other ""place""";
ALTER EXTENSION c_one SET SCHEMA "Other ""place""";
SELECT * FROM t_check();
ALTER SCHEMA "Other ""place""" RENAME TO elsewhere;
SET quote_all_identifiers = on;
SELECT * FROM t_check();
RESET quote_all_identifiers;

ALTER FUNCTION elsewhere.two() RENAME TO deux;
ALTER FUNCTION elsewhere.one(elsewhere.one, elsewhere."Kind of", int[]) SET SCHEMA public;
ALTER EXTENSION c_one DROP VIEW elsewhere."public.view";
CREATE TABLE "mine alone" (id int);
ALTER EXTENSION c_one ADD TABLE "mine alone";
SELECT * FROM t_check();

-- An upgrade takes them as they are.
CALL t_put(:'dir' || '/c_one/control', E'name = c_one\nversion = 1.2\n');
CALL t_put(:'dir' || '/c_one/upgrade--1.1--1.2.sql', 'SELECT 1');
SELECT action, name FROM pg_extension_apply(NULL, NULL, 'c_one');
SELECT * FROM t_check();
UPDATE extman.snapshot SET members = NULL;
ALTER EXTENSION c_one DROP TABLE "mine alone";
SELECT * FROM t_check();

-- Very many are not named.
CALL t_put(:'dir' || '/c_many/control', E'name = c_many\nversion = 1.0\n');
CALL t_put(:'dir' || '/c_many/install.sql', $$
DO $do$
BEGIN
    FOR i IN 1..10001 LOOP
        EXECUTE format('CREATE FUNCTION @extschema@.many_%s() RETURNS int LANGUAGE sql AS %L', i, 'SELECT 1');
    END LOOP;
END
$do$;
$$);
BEGIN;
SELECT name FROM pg_extension_install('c_many');
SELECT members IS NULL AS unnamed FROM extman.snapshot WHERE name = 'c_many';
SELECT * FROM t_check();
ROLLBACK;

--
-- What was recorded
--
INSERT INTO extman.policy VALUES ('t_gone', true, false), ('c_one', false, true), ('t_held', true, true);
INSERT INTO extman.snapshot
    SELECT s.* FROM extman.snapshot o,
        jsonb_populate_record(o, '{"name": "t_gone"}') s;
SELECT * FROM t_check();
UPDATE extman.snapshot SET version = '0.9' WHERE name = 'c_one';
SELECT name, problem, detail FROM t_check() WHERE name = 'c_one';
UPDATE extman.snapshot SET version = '1.2' WHERE name = 'c_one';
UPDATE extman.snapshot SET name = 'plpgsql', version = '1.0' WHERE name = 't_gone';
SELECT name, problem, detail FROM t_check() WHERE name = 'plpgsql';
DELETE FROM extman.snapshot WHERE name = 'plpgsql';
TRUNCATE extman.policy;

COMMENT ON EXTENSION pg_extman IS 'just this';
SELECT * FROM t_check();
COMMENT ON EXTENSION pg_extman IS 'manifest: c_one (= 1.0), t_gone (= 1.0), plpgsql (= 1.0)';
SELECT name, problem, detail FROM t_check();
COMMENT ON EXTENSION pg_extman IS 'manifest: c_one (= 1.2)';

--
-- Anyone may look, but for where things lie.
--
CREATE ROLE regress_check_user;
CALL t_put(:'dir' || '/c_one/install.sql', 'SELECT 3;');
SET ROLE regress_check_user;
SELECT * FROM pg_extension_check();
RESET ROLE;
GRANT pg_read_server_files TO regress_check_user;
SET ROLE regress_check_user;
SELECT name, problem, replace(detail, :'dir', 'DIR') FROM pg_extension_check();
RESET ROLE;

SELECT count(*) FROM pg_extension_uninstall('c_one');
SELECT * FROM t_check();
CALL t_shell('rm -r ' || :'dir');
\c :home
DROP DATABASE extman_check;
DROP ROLE regress_check_user;
