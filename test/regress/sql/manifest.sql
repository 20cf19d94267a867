--
-- The manifest: which versions a restore has to bring back
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_manifest;
\c extman_manifest
CREATE EXTENSION pg_extman;
CREATE VIEW manifest AS
    SELECT pg_catalog.obj_description(oid, 'pg_extension')
    FROM pg_catalog.pg_extension WHERE extname = 'pg_extman';

-- Nothing is installed: an ordinary comment.
TABLE manifest;

-- Every change is followed; what depends on pg_extman is named, in order.
SELECT name FROM pg_extension_install('foo, t_chain (= 1.0)');
TABLE manifest;
SELECT action, name FROM pg_extension_apply(NULL, 'foo', 't_chain');
TABLE manifest;
BEGIN;
SELECT name FROM pg_extension_uninstall('t_chain');
TABLE manifest;
ROLLBACK;
TABLE manifest;

-- What the comment says besides is kept, whatever somebody made of it.
COMMENT ON EXTENSION pg_extman IS 'ask the DBA
before you install';
SELECT name FROM pg_extension_install('t_foo');
TABLE manifest;
COMMENT ON EXTENSION pg_extman IS NULL;
SELECT name FROM pg_extension_install('t_foo_bar');
TABLE manifest;
COMMENT ON EXTENSION pg_extman IS 'packages
manifest: all of them';
SELECT name FROM pg_extension_uninstall('t_foo_bar');
TABLE manifest;
COMMENT ON EXTENSION pg_extman IS 'ours
manifest: nonsense (= 1), t_foo (>= 1.0)';
SELECT name FROM pg_extension_install('t_foo_bar');
TABLE manifest;

-- In the middle of a restore it names what is yet to come, which stays until
-- it is there.
COMMENT ON EXTENSION pg_extman IS 'restored
manifest: t_plain (= 0.9), t_fails (= 7), T_Mixed-case.1 (= 1.0~rc1+b2), t_foo (= 5)';
SELECT name FROM pg_extension_uninstall('t_foo_bar');
TABLE manifest;
SELECT name, new_version FROM pg_extension_install('t_plain');
TABLE manifest;

-- What comes as it is named changes nothing.
SELECT ctid AS before FROM pg_description
    WHERE objoid = (SELECT oid FROM pg_extension WHERE extname = 'pg_extman')
      AND classoid = 'pg_extension'::regclass \gset
SELECT name, new_version FROM pg_extension_install('T_Mixed-case.1');
SELECT ctid = :'before' AS untouched FROM pg_description
    WHERE objoid = (SELECT oid FROM pg_extension WHERE extname = 'pg_extman')
      AND classoid = 'pg_extension'::regclass;
SELECT name FROM pg_extension_uninstall('t_plain, t_foo, bar, baz, t_chain, T_Mixed-case.1');
TABLE manifest;

-- A user who may install packages but not comment on pg_extman.
CREATE ROLE regress_manifest_user;
DO $$
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_manifest_user', current_database());
END
$$;
CREATE SCHEMA manifest_user AUTHORIZATION regress_manifest_user;
SET ROLE regress_manifest_user;
COMMENT ON EXTENSION pg_extman IS 'mine';
SELECT name FROM pg_extension_install('t_trusted', 'manifest_user');
RESET ROLE;
TABLE manifest;
SET ROLE regress_manifest_user;
SELECT name FROM pg_extension_uninstall('t_trusted');
RESET ROLE;
TABLE manifest;

-- Without entries, no trace of it is left.
COMMENT ON EXTENSION pg_extman IS 'manifest: t_gone (= 1.0)';
SELECT name FROM pg_extension_install('t_plain');
TABLE manifest;
COMMENT ON EXTENSION pg_extman IS 'manifest: t_plain (= 1.0)';
SELECT name FROM pg_extension_uninstall('t_plain');
TABLE manifest;

--
-- pg_extension_manifest(): the same for another database
--
SELECT pg_extension_manifest() IS NULL AS nothing;
SELECT count(*) FROM pg_extension_install('foo, t_chain (= 1.1), T_Mixed-case.1');
SELECT pg_extension_mark('baz', false);
SELECT pg_extension_manifest();

-- Whoever created it; not pg_extman, nor what every database has.
CREATE EXTENSION hstore;
CREATE EXTENSION citext VERSION '1.4';
SELECT pg_extension_mark('hstore', true);
SELECT pg_extension_manifest();
DROP EXTENSION citext, hstore;

SELECT pg_extension_manifest() AS manifest \gset
CREATE DATABASE extman_manifest_copy;
\c extman_manifest_copy
CREATE EXTENSION pg_extman;
SELECT count(*) FROM pg_extension_install(:'manifest');
SELECT pg_extension_manifest() = :'manifest' AS same;
SELECT name, version, automatic FROM pg_extension_installed() ORDER BY name;
SELECT * FROM pg_extension_install(pg_extension_manifest());

\c :home
DROP DATABASE extman_manifest_copy;
DROP DATABASE extman_manifest;
DROP ROLE regress_manifest_user;
