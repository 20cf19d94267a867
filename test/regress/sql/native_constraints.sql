--
-- What installed packages, overlays and holds demand holds against core's own
-- commands on its own extensions
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_native_constraints;
\c extman_native_constraints
CREATE EXTENSION pg_extman;
CREATE VIEW installed AS
    SELECT name, version, automatic FROM pg_extension_installed()
    WHERE name NOT IN ('plpgsql', 'pg_extman');
CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE shell(command text) LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS t_output (line text);
    EXECUTE format('COPY t_output FROM PROGRAM %L', command);
END $$;
CREATE PROCEDURE put(file text, content text) LANGUAGE plpgsql AS $$
BEGIN
    CALL shell(format('mkdir -p "$(dirname ''%1$s'')" && printf ''%2$s'' > ''%1$s''', file, content));
END $$;
SELECT current_setting('data_directory') || '/extman_native' AS dir \gset
SET client_min_messages = warning;

--
-- A conflict: t_against_hstore conflicts with hstore (< 1.8)
--
CREATE EXTENSION t_against_hstore;
CREATE EXTENSION hstore VERSION '1.7';
CREATE EXTENSION hstore VERSION '1.7' CASCADE;
CREATE EXTENSION hstore;
DROP EXTENSION hstore;
SET pg_extman.enforce_constraints = warning;
CREATE EXTENSION hstore VERSION '1.7';
-- It is broken now.  Other things go on, with a warning if they are concerned.
RESET pg_extman.enforce_constraints;
CREATE EXTENSION tcn;
ALTER EXTENSION hstore UPDATE;
DROP EXTENSION hstore, tcn;
SET pg_extman.enforce_constraints = off;
CREATE EXTENSION hstore VERSION '1.7';
RESET pg_extman.enforce_constraints;
DROP EXTENSION hstore, t_against_hstore;
SET pg_extman.enforce_constraints = maybe;

-- The other way round it is a matter of the request.
CREATE EXTENSION hstore VERSION '1.7';
CREATE EXTENSION t_against_hstore;
DROP EXTENSION hstore;

--
-- A dependency: t_on_old_hstore wants hstore (>= 1.5, < 1.7)
--
CREATE EXTENSION t_on_old_hstore;
CREATE EXTENSION t_on_old_hstore CASCADE;
TABLE installed;
ALTER EXTENSION hstore UPDATE;
ALTER EXTENSION hstore UPDATE TO '1.7';
SET pg_extman.enforce_constraints = warning;
BEGIN;
ALTER EXTENSION hstore UPDATE TO '1.7';
ROLLBACK;
RESET pg_extman.enforce_constraints;
TABLE installed;
DROP EXTENSION hstore;
DROP EXTENSION hstore CASCADE;

-- A package that would have to go along.
CREATE EXTENSION t_on_hstore VERSION '1.0' CASCADE;
ALTER EXTENSION hstore UPDATE TO '1.9';
ALTER EXTENSION hstore UPDATE TO '1.8' TO '1.8';
DROP EXTENSION t_on_hstore, hstore;

--
-- A hold
--
CREATE EXTENSION hstore VERSION '1.6';
SELECT pg_extension_hold('hstore');
ALTER EXTENSION hstore UPDATE;
DROP EXTENSION hstore;
SELECT pg_extension_unhold('hstore');
ALTER EXTENSION hstore UPDATE;
TABLE installed;
DROP EXTENSION hstore;

--
-- Overlays
--
CALL put(:'dir' || '/tcn/control', E'name = tcn\ndepends = t_foo\n');
CALL put(:'dir' || '/t_foo/control', E'name = t_foo\nversion = 1.0\n');
CALL put(:'dir' || '/t_foo/install.sql', E'SELECT 1;\n');
CALL put(:'dir' || '/earthdistance/control', E'name = earthdistance\ndepends = cube (< 1.5)\n');
SET pg_extman.control_path = :'dir';
SET client_min_messages = notice;
CREATE EXTENSION tcn;
CREATE EXTENSION tcn CASCADE;
TABLE installed;
DROP EXTENSION t_foo;
DROP EXTENSION t_foo CASCADE;
CREATE EXTENSION earthdistance;
CREATE EXTENSION earthdistance CASCADE;
TABLE installed;
ALTER EXTENSION cube UPDATE;
DROP EXTENSION earthdistance, cube;
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
CREATE EXTENSION earthdistance CASCADE;
SET pg_extman.enforce_constraints = warning;
CREATE EXTENSION earthdistance;
RESET pg_extman.enforce_constraints;
DROP EXTENSION earthdistance, cube;
RESET pg_extman.control_path;

-- Without them, core does what it always did.
CREATE EXTENSION earthdistance;
CREATE EXTENSION earthdistance CASCADE;
SELECT count(*) FROM extman.history WHERE action = 'install' AND name = 'earthdistance';
DROP EXTENSION earthdistance, cube;

--
-- A user may not get around it
--
CREATE EXTENSION t_against_hstore;
CREATE ROLE regress_native_user;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_native_user', current_database());
END $$;
GRANT CREATE ON SCHEMA public TO regress_native_user;
SET ROLE regress_native_user;
SET pg_extman.enforce_constraints = off;
SET pg_extman.native_commands = off;
SET pg_extman.max_solver_steps = 1;
SET pg_extman.max_solver_memory = 1;
CREATE EXTENSION hstore VERSION '1.7';
RESET ALL;
RESET ROLE;

--
-- In sessions without the library, too
--
\c -
CREATE EXTENSION hstore VERSION '1.7';
\c -
CREATE EXTENSION hstore;
DROP EXTENSION hstore, t_against_hstore;
CREATE EXTENSION t_on_old_hstore CASCADE;
\c -
ALTER EXTENSION hstore UPDATE;
\c -
ALTER EXTENSION hstore UPDATE TO '1.5';
TABLE installed;
DROP EXTENSION t_on_old_hstore, hstore;

-- The manifest names versions of core's, too.
COMMENT ON EXTENSION pg_extman IS 'manifest: hstore (= 1.6), cube (= 0.1)';
\c -
CREATE EXTENSION hstore;
CREATE EXTENSION cube;
TABLE installed;

-- What was dropped is not to come, whoever dropped it.
DROP EXTENSION hstore, cube;
CREATE EXTENSION hstore;
TABLE installed;

SELECT current_setting('data_directory') || '/extman_native' AS dir \gset
CALL shell(format('rm -rf ''%s''', :'dir'));
--
-- A question that cannot be answered is no obstacle: here, because of what
-- somebody wrote into our table
--
\c :home
DROP DATABASE extman_native_constraints;
CREATE DATABASE extman_native_constraints TEMPLATE template0 ENCODING 'SQL_ASCII'
    LC_COLLATE 'C' LC_CTYPE 'C';
\c extman_native_constraints
CREATE EXTENSION pg_extman;
CREATE EXTENSION t_foo;
UPDATE extman.snapshot SET control = E'\xff';
CREATE EXTENSION hstore VERSION '1.7';
ALTER EXTENSION hstore UPDATE;
DROP EXTENSION hstore;
\c -
CREATE EXTENSION hstore;
DROP EXTENSION t_foo, hstore;

\c :home
DROP DATABASE extman_native_constraints;
DROP ROLE regress_native_user;
