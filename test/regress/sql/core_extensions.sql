--
-- Extensions that PostgreSQL itself can install are packages
--
\set SHOW_CONTEXT never

-- The very versions that core offers, with the same parameters.
SELECT (SELECT count(*) FROM pg_available_extension_versions) > 50 AS many,
       (SELECT count(*) FROM pg_extension_available() WHERE name = 'hstore') AS of_hstore;
CREATE TEMP VIEW t_by_core AS
    SELECT name::text, version, installed, comment, array_to_string(requires, ', ') AS depends,
           schema::text, relocatable, superuser, trusted
    FROM pg_available_extension_versions
    WHERE name <> 'pg_extman';
CREATE TEMP VIEW t_by_us AS
    SELECT name, version, installed, comment, depends, schema, relocatable, superuser, trusted
    FROM pg_extension_available()
    WHERE source LIKE '%/extension/%.control';
SELECT * FROM t_by_core EXCEPT SELECT * FROM t_by_us;
SELECT * FROM t_by_us EXCEPT SELECT * FROM t_by_core;
SELECT count(*) FROM pg_extension_available() WHERE name = 'pg_extman';

-- Of what was installed, without the OIDs.
CREATE FUNCTION t_there() RETURNS TABLE (name name, version text, schema name, depends text, automatic bool)
LANGUAGE sql AS $$
    SELECT e.extname, e.extversion, n.nspname,
        (SELECT string_agg(r.extname, ', ' ORDER BY r.extname)
         FROM pg_depend d JOIN pg_extension r ON r.oid = d.refobjid
         WHERE d.classid = 'pg_extension'::regclass AND d.objid = e.oid
           AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'n'),
        (SELECT p.automatic FROM extman.policy p WHERE p.name = e.extname)
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname NOT IN ('plpgsql', 'pg_extman') ORDER BY 1
$$;

--
-- By itself
--
SELECT action, name, new_version, schema, source LIKE '%/extension/hstore.control' AS core_s, reason
    FROM pg_extension_plan('hstore');
SELECT action, name, new_version, schema, source LIKE '%/extension/hstore.control' AS core_s, reason
    FROM pg_extension_install('hstore');
SELECT * FROM t_there();
SELECT 'a => 1'::hstore -> 'a' AS works;
SELECT name, version, newest_version, schema, source FROM pg_extension_installed() WHERE name = 'hstore';
SELECT * FROM pg_extension_install('hstore');
SELECT count(*) FROM extman.snapshot WHERE name = 'hstore';
SELECT action, name, old_version FROM pg_extension_uninstall('hstore');

-- An older version, by core's base script and the updates behind it.  It is no
-- default, so dumps must order it behind the comment on pg_extman.
SELECT action, name, new_version FROM pg_extension_install('hstore (< 1.8)');
SELECT * FROM t_there();
SELECT name, version, newest_version FROM pg_extension_installed() WHERE name = 'hstore';


-- The manifest tells a restore which one; a version given by hand is core's.
CREATE TEMP VIEW t_manifest AS
    SELECT substring(obj_description(oid, 'pg_extension') from 'manifest: .*') AS manifest
    FROM pg_extension WHERE extname = 'pg_extman';
TABLE t_manifest;
DROP EXTENSION hstore;
TABLE t_manifest;
SELECT obj_description(oid, 'pg_extension') AS comment
    FROM pg_extension WHERE extname = 'pg_extman' \gset
COMMENT ON EXTENSION pg_extman IS 'restored
manifest: hstore (= 1.6), citext (= 0.1)';
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;
SELECT * FROM t_there();
TABLE t_manifest;
DROP EXTENSION hstore, citext;
COMMENT ON EXTENSION pg_extman IS 'restored
manifest: hstore (= 1.6)';
CREATE EXTENSION hstore VERSION '1.5';
SELECT * FROM t_there();
DROP EXTENSION hstore;
TABLE t_manifest;
CREATE SCHEMA t_goes;
SELECT name FROM pg_extension_install('hstore (= 1.7)', 't_goes');
TABLE t_manifest;
DROP SCHEMA t_goes CASCADE;
TABLE t_manifest;
COMMENT ON EXTENSION pg_extman IS :'comment';
SELECT action, name, new_version FROM pg_extension_install('hstore (< 1.8)');

-- The updates of core; at the default version, pg_extman plays no part.
SELECT action, name, old_version, new_version FROM pg_extension_apply(NULL, NULL, 'hstore');
SELECT * FROM t_there();
SELECT action, name, old_version FROM pg_extension_uninstall('hstore');

-- One that core can reach by no way.
SELECT * FROM pg_extension_install('hstore (= 1.3)');
SELECT * FROM pg_extension_install('hstore (= 1.9)');
SELECT * FROM pg_extension_install('hstor');

-- Where it goes.
CREATE SCHEMA t_elsewhere;
SELECT name, schema FROM pg_extension_plan('citext');
SELECT name, schema FROM pg_extension_install('citext', 't_elsewhere');
SELECT name FROM pg_extension_uninstall('citext');
SELECT name FROM pg_extension_install('pg_trgm', 't_nowhere');

--
-- As a dependency
--
SELECT action, name, new_version, reason FROM pg_extension_install('t_on_old_hstore');
SELECT * FROM t_there();
SELECT attname, atttypid::regtype FROM pg_attribute
    WHERE attrelid = 't_on_old_hstore'::regclass AND attnum > 0;
DROP EXTENSION hstore;

-- Its version is changed when another package demands it, in the right order.
SELECT action, name, old_version, new_version, reason FROM pg_extension_install('t_on_hstore');
SELECT name FROM pg_extension_uninstall('t_on_old_hstore');
SELECT action, name, old_version, new_version, reason FROM pg_extension_install('t_on_hstore (= 1.0)');
SELECT action, name, old_version, new_version, reason FROM pg_extension_apply(NULL, NULL, 't_on_hstore');
SELECT * FROM t_there();
SELECT attname, atttypid::regtype FROM pg_attribute
    WHERE attrelid = 't_on_hstore'::regclass AND attnum > 0;

-- It may not go while it is needed.
SELECT name FROM pg_extension_uninstall('hstore');
SELECT action, name FROM pg_extension_uninstall('hstore', cascade => true);

-- What core requires is a dependency, too.
SELECT action, name, reason FROM pg_extension_install('t_on_earth');
SELECT name, depends, automatic FROM t_there();
SELECT action, name FROM pg_extension_uninstall('cube', cascade => true);

--
-- Conflicts
--
CREATE EXTENSION hstore VERSION '1.6';
SELECT action, name, old_version, new_version, reason FROM pg_extension_install('t_against_hstore');
SELECT name FROM pg_extension_uninstall('hstore');
SELECT name FROM pg_extension_install('hstore (= 1.7)');
SELECT name FROM pg_extension_uninstall('t_against_hstore');

--
-- The history tells of all of it
--
SELECT kind, request, step, action, name, old_version, new_version, schema
    FROM extman.history WHERE name = 'hstore' ORDER BY at, step;

--
-- Event triggers see a command once
--
CREATE FUNCTION t_see() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN RAISE NOTICE '% %', tg_event, tg_tag; END $$;
CREATE EVENT TRIGGER t_start ON ddl_command_start EXECUTE FUNCTION t_see();
CREATE EVENT TRIGGER t_end ON ddl_command_end WHEN TAG IN ('CREATE EXTENSION', 'ALTER EXTENSION')
    EXECUTE FUNCTION t_see();
SELECT name, new_version FROM pg_extension_install('moddatetime');
DROP EVENT TRIGGER t_start;
DROP EVENT TRIGGER t_end;

-- One that undoes what was done.
CREATE FUNCTION t_undo() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN DROP EXTENSION autoinc; END $$;
CREATE EVENT TRIGGER t_end ON ddl_command_end WHEN TAG IN ('CREATE EXTENSION')
    EXECUTE FUNCTION t_undo();
SELECT name FROM pg_extension_install('autoinc');
DROP EVENT TRIGGER t_end;
SELECT name FROM pg_extension_uninstall('moddatetime');

--
-- Rights
--
CREATE ROLE regress_extman_dba;
CREATE ROLE regress_extman_none;
CREATE SCHEMA t_theirs;
GRANT CREATE, USAGE ON SCHEMA t_theirs TO regress_extman_dba, regress_extman_none;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_dba', current_database());
END $$;
SET search_path = t_theirs, public;

-- Without CREATE on the database, on the schema, or trust: nothing happens.
SET ROLE regress_extman_none;
SELECT name FROM pg_extension_install('hstore');
SET ROLE regress_extman_dba;
SELECT name FROM pg_extension_install('hstore', 't_elsewhere');
SELECT name FROM pg_extension_install('pageinspect');
SELECT name FROM pg_extension_install('t_on_untrusted');
SELECT source FROM pg_extension_available() WHERE name = 'hstore' AND version = '1.8';
SELECT name, depends FROM t_there();

-- A trusted one, by base script and updates; the members are a superuser's.
SELECT action, name, new_version FROM pg_extension_install('hstore (= 1.6)');
SELECT e.extowner::regrole, p.proowner = 10 AS by_bootstrap_superuser
    FROM pg_extension e, pg_proc p
    WHERE e.extname = 'hstore' AND p.oid = 't_theirs.hstore_version_diag(hstore)'::regprocedure;

-- It is the owner's to update and to drop.
SET ROLE regress_extman_none;
SELECT name FROM pg_extension_apply(NULL, NULL, 'hstore (= 1.7)');
SELECT name FROM pg_extension_uninstall('hstore');
SET ROLE regress_extman_dba;
SELECT name, new_version FROM pg_extension_apply(NULL, NULL, 'hstore (= 1.7)');

-- An elevated script may use it, as nobody but a superuser can have changed it.
SELECT name FROM pg_extension_install('t_trusted_on_hstore');
RESET ROLE;
TABLE t_trusted_on_hstore;
SET ROLE regress_extman_dba;
SELECT name FROM pg_extension_uninstall('t_trusted_on_hstore');

-- What its owner puts beside it isn't called, though it fits better.
SELECT name FROM pg_extension_install('t_careless');
SELECT name FROM pg_extension_uninstall('t_careless');
CREATE FUNCTION t_theirs.hstore(text, name) RETURNS hstore LANGUAGE plpgsql AS $$
BEGIN RAISE WARNING 'planted, by %', current_user; RETURN NULL; END $$;
SELECT name FROM pg_extension_install('t_careless');
DROP FUNCTION t_theirs.hstore(text, name);

-- Not when a member is of its owner's making.
CREATE FUNCTION t_theirs.hstore(text, text, text) RETURNS hstore LANGUAGE plpgsql AS $$
BEGIN RAISE WARNING 'planted, by %', current_user; RETURN NULL; END $$;
ALTER EXTENSION hstore ADD FUNCTION t_theirs.hstore(text, text, text);
SELECT name FROM pg_extension_install('t_trusted_on_hstore');
ALTER EXTENSION hstore DROP FUNCTION t_theirs.hstore(text, text, text);
DROP FUNCTION t_theirs.hstore(text, text, text);
SELECT name FROM pg_extension_uninstall('hstore');

-- Both in one plan.
SELECT name, new_version FROM pg_extension_install('t_trusted_on_hstore');
SELECT name FROM pg_extension_uninstall('hstore', cascade => true);
RESET ROLE;
RESET search_path;

-- Clean up.
DROP SCHEMA t_theirs, t_elsewhere;
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_dba', current_database());
END $$;
DROP ROLE regress_extman_dba, regress_extman_none;
DROP FUNCTION t_see(), t_undo(), t_there();
