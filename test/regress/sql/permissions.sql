--
-- Who may do what: core's rules, for every package of a plan
--
\set SHOW_CONTEXT never

CREATE ROLE regress_extman_owner;
CREATE ROLE regress_extman_reader;
CREATE ROLE regress_extman_nobody;
GRANT pg_read_server_files TO regress_extman_reader;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_owner', current_database());
END $$;
CREATE SCHEMA t_private;
GRANT CREATE, USAGE ON SCHEMA public TO regress_extman_owner;

--
-- Without any rights
--
SET ROLE regress_extman_nobody;
SELECT * FROM pg_extension_install('t_plain');
SELECT * FROM pg_extension_install('t_trusted');
SELECT * FROM pg_extension_install('t_super');
SELECT * FROM pg_extension_broken();
SELECT pg_execute_from_file('/etc/passwd');

-- Such a request locks nothing, so that nobody is held up by it.
BEGIN;
SELECT * FROM pg_extension_install('plpgsql');
SELECT count(*) FROM pg_locks WHERE locktype = 'object' AND mode <> 'AccessShareLock'
    AND pid = pg_backend_pid();
ROLLBACK;

-- Looking is for everybody, but for the paths.
SELECT name, version, source FROM pg_extension_available() WHERE name = 't_plain';
SELECT name, source FROM pg_extension_plan('t_plain');
SELECT pg_extension_explain('t_plain');
SELECT name, version, source FROM pg_extension_installed() WHERE name = 'pg_extman';
\set VERBOSITY sqlstate
SHOW pg_extman.control_path;
\set VERBOSITY default
SET pg_extman.control_path = '/tmp';

-- Nobody writes the tables; scripts, control files and paths are private.
SELECT control FROM extman.snapshot;
SELECT source FROM extman.snapshot;
SELECT install_script FROM extman.snapshot;
SELECT name, version, installed_by FROM extman.snapshot;
TABLE extman.policy;
INSERT INTO extman.policy VALUES ('t_plain', true, true);
DELETE FROM extman.history;
RESET ROLE;

--
-- CREATE on the database
--

-- Errors in a script name its place only to those who may see it.
CREATE FUNCTION t_place(request text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    context text;
BEGIN
    PERFORM pg_extension_install(request);
    RETURN 'installed';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
    RETURN SQLERRM || E'\n' ||
        regexp_replace((regexp_match(context, 'extension script file [^\n]*'))[1],
                       '"/.*/extensions/', '"(full path)/');
END $$;
SELECT t_place('t_fails');
SET ROLE regress_extman_owner;
SELECT t_place('t_fails');
SELECT t_place('t_role');
RESET ROLE;
DROP FUNCTION t_place;
SET ROLE regress_extman_owner;
SELECT name, schema, source FROM pg_extension_install('t_plain');
SELECT who FROM t_plain_log;
SELECT extname, extowner::regrole FROM pg_extension WHERE extname = 't_plain';
SELECT * FROM pg_extension_install('t_super');

-- A dependency gets no more rights than it would have alone, and nothing runs.
SELECT * FROM pg_extension_install('t_needs_super');
SELECT * FROM pg_extension_install('t_foo, t_super');
SELECT extname FROM pg_extension WHERE extname IN ('t_foo', 't_super', 't_needs_super');

-- Trusted: the script runs as the bootstrap superuser, the extension is ours.
SELECT name FROM pg_extension_install('t_trusted');
SELECT extname, extowner::regrole FROM pg_extension WHERE extname = 't_trusted';
SELECT current_user, session_user = current_user AS same;
RESET ROLE;
SELECT l.who = r.rolname AS by_bootstrap_superuser FROM t_trusted_log l, pg_roles r WHERE r.oid = 10;
SELECT relname, pg_get_userbyid(relowner) = (SELECT rolname FROM pg_roles WHERE oid = 10) AS its
    FROM pg_class WHERE relname = 't_trusted_log';

-- CREATE on the target schema is checked as the caller, before anything is elevated.
SET ROLE regress_extman_owner;
SELECT name FROM pg_extension_uninstall('t_trusted');
SELECT * FROM pg_extension_install('t_trusted', schema => 't_private');
SELECT * FROM pg_extension_install('t_plain, t_foo', schema => 't_private');
SELECT name, schema FROM pg_extension_install('t_schema');
SELECT nspname, nspowner::regrole FROM pg_namespace WHERE nspname = 't_schema_home';
RESET ROLE;

-- A trusted script that gives up its rights does not keep those of others.
SET ROLE regress_extman_owner;
SELECT name FROM pg_extension_install('t_role');
SELECT current_user;
RESET ROLE;
SELECT current_user = session_user AS same;
SELECT relname FROM pg_class WHERE relname = 't_role_log';

--
-- Uninstalling is for the owner
--
SELECT name FROM pg_extension_install('t_foo');
SET ROLE regress_extman_nobody;
SELECT * FROM pg_extension_uninstall('t_plain');
SELECT * FROM pg_extension_uninstall('t_foo', cascade => true);
RESET ROLE;
SET ROLE regress_extman_owner;
SELECT * FROM pg_extension_uninstall('t_foo');
SELECT * FROM pg_extension_uninstall('plpgsql', cascade => true);
SELECT * FROM pg_extension_uninstall('t_plain, t_foo');
SELECT name FROM pg_extension_uninstall('t_plain');

-- Upgrading, too.
RESET ROLE;
SELECT name FROM pg_extension_install('t_chain (= 1.0)');
SET ROLE regress_extman_owner;
SELECT * FROM pg_extension_apply(NULL, NULL, 't_chain');
SELECT * FROM pg_extension_install('t_on_chain');
RESET ROLE;

-- Being asked for by name makes a package wanted, if one owns it.
SELECT name FROM pg_extension_uninstall('t_chain');
SELECT name FROM pg_extension_install('t_on_chain');
SET ROLE regress_extman_owner;
SELECT name FROM pg_extension_install('t_chain');
SELECT name, automatic FROM pg_extension_installed() WHERE name = 't_chain';
RESET ROLE;

--
-- Who may read the server's files may see where they are
--
SET ROLE regress_extman_reader;
SELECT name, source LIKE '%/extensions/t_plain' AS sees FROM pg_extension_available() WHERE name = 't_plain';
SELECT count(*) >= 0 AS allowed FROM pg_extension_broken();
SELECT name, source IS NOT NULL AS sees, control IS NOT NULL AS reads FROM extman.snapshot WHERE name = 't_foo';
\set VERBOSITY sqlstate
SHOW pg_extman.control_path;
\set VERBOSITY default
RESET ROLE;

-- A security-restricted operation is no place for changes.
CREATE FUNCTION t_sneaky() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_extension_install('t_plain');
    RETURN 1;
END $$;
CREATE MATERIALIZED VIEW t_sneaky_view AS SELECT t_sneaky() AS x WITH NO DATA;
REFRESH MATERIALIZED VIEW t_sneaky_view;
DROP FUNCTION t_sneaky() CASCADE;

-- Nor can the path be set before the library is loaded.
\c -
\set SHOW_CONTEXT never
SET SESSION AUTHORIZATION regress_extman_nobody;
SET pg_extman.control_path = '/tmp';
SELECT count(*) > 0 AS still_system FROM pg_extension_available();
RESET SESSION AUTHORIZATION;
SHOW pg_extman.control_path;

-- Clean up.
SELECT count(*) FROM pg_extension_uninstall('t_foo, t_on_chain, t_chain, t_schema');
SELECT name FROM extman.snapshot;
DROP SCHEMA t_private, t_schema_home;
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_owner', current_database());
END $$;
REVOKE ALL ON SCHEMA public FROM regress_extman_owner;
DROP ROLE regress_extman_owner, regress_extman_reader, regress_extman_nobody;
