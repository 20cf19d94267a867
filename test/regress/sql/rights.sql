--
-- Who may do what: every function, command, table and setting, tried by everyone, each
-- in a transaction that is undone.  A cell says how it ended: ok, or the SQLSTATE.
-- Where core has the same for an extension of its own, the last column compares.
--
\set SHOW_CONTEXT never
\set home :DBNAME
SET client_min_messages = warning;

-- dbowner and creator may create in the database; reader reads the server's files;
-- owner owns packages, and member and setter are members of that role, setter by SET ROLE.
CREATE ROLE regress_rights_dbowner;
CREATE ROLE regress_rights_creator;
CREATE ROLE regress_rights_user;
CREATE ROLE regress_rights_reader;
CREATE ROLE regress_rights_owner;
CREATE ROLE regress_rights_member;
CREATE ROLE regress_rights_setter NOINHERIT;
GRANT pg_read_server_files TO regress_rights_reader;
GRANT regress_rights_owner TO regress_rights_member, regress_rights_setter;
CREATE DATABASE extman_rights OWNER regress_rights_dbowner;
CREATE DATABASE extman_rights_core OWNER regress_rights_dbowner;
GRANT CREATE ON DATABASE extman_rights, extman_rights_core TO regress_rights_creator, regress_rights_owner;

--
-- The packages: free (superuser = false), trusted, super, and what depends on them
--
SELECT current_setting('data_directory') || '/extman_rights' AS dir \gset
CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE pg_temp.t_shell(command text) LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L', command);
END $$;
CREATE PROCEDURE pg_temp.t_put(name text, control text, versions text[] DEFAULT '{1.0}') LANGUAGE plpgsql AS $$
DECLARE
    folder text;
    version text;
BEGIN
    FOREACH version IN ARRAY versions LOOP
        folder := format('%s/%s-%s', current_setting('t.dir'), name, version);
        CALL pg_temp.t_shell(format('mkdir -p ''%s'' && cd ''%1$s'' && printf ''name = %s\nversion = %s\nrelocatable = true\n%s\n'' > control',
                                    folder, name, version, control));
        CALL pg_temp.t_shell(format('cd ''%s'' && echo "CREATE FUNCTION f_%s() RETURNS int LANGUAGE sql AS ''SELECT 1''" > install.sql && echo "SELECT 1" | tee uninstall.sql > upgrade--1.0--1.1.sql',
                                    folder, name));
    END LOOP;
END $$;
SELECT set_config('t.dir', :'dir', false) \gset ignored_
CALL pg_temp.t_put('n_free', 'superuser = false');
CALL pg_temp.t_put('n_trusted', 'trusted = true');
CALL pg_temp.t_put('n_super', 'superuser = true');
CALL pg_temp.t_put('n_on_super', 'trusted = true\ndepends = n_super');
CALL pg_temp.t_put('n_on_free', 'trusted = true\ndepends = r_free');
CALL pg_temp.t_put('r_free', 'superuser = false', '{1.0,1.1}');
CALL pg_temp.t_put('r_trusted', 'trusted = true', '{1.0,1.1}');
CALL pg_temp.t_put('r_super', 'superuser = true', '{1.0,1.1}');
CALL pg_temp.t_put('r_base', 'superuser = false');
CALL pg_temp.t_put('r_dependent', 'depends = r_base');
CALL pg_temp.t_put('r_automatic', 'superuser = false');
CALL pg_temp.t_put('n_conf', 'superuser = false\ncustom_variable_classes = n_conf');
CALL pg_temp.t_put('n_trusted_conf', 'trusted = true\ncustom_variable_classes = n_trusted_conf');
CALL pg_temp.t_shell(format('cd ''%s'' && echo "n_conf.x = 1" > n_conf-1.0/n_conf.conf && echo "n_trusted_conf.x = 1" > n_trusted_conf-1.0/n_trusted_conf.conf', :'dir'));
-- Symbolic links are followed, also out of the control path.
CALL pg_temp.t_shell(format('mkdir ''%s_elsewhere'' && mv ''%1$s/n_free-1.0/control'' ''%1$s/n_free-1.0/install.sql'' ''%1$s/n_trusted-1.0'' ''%1$s_elsewhere'' && ln -s ''%1$s_elsewhere/control'' ''%1$s_elsewhere/install.sql'' ''%1$s/n_free-1.0'' && ln -s ''%1$s_elsewhere/n_trusted-1.0'' ''%1$s''', :'dir'));
-- An overlay of core's seg, and a file that writes.
CALL pg_temp.t_shell(format('mkdir ''%s/seg'' && printf ''name = seg\nprovides = n_lines\n'' > ''%1$s/seg/control''', :'dir'));
CALL pg_temp.t_shell(format('echo "UPDATE extman.policy SET held = true" > ''%s/write.sql''', :'dir'));

--
-- What is tried.  The setup runs as a superuser, in the same transaction.
--
CREATE TEMP TABLE action (n int GENERATED ALWAYS AS IDENTITY, what text, command text, core text, setup text);
INSERT INTO action (what, command, core, setup) VALUES
-- Looking
('available', 'SELECT count(*) FROM pg_extension_available()', 'SELECT count(*) FROM pg_available_extension_versions', NULL),
('installed', 'SELECT count(*) FROM pg_extension_installed()', 'SELECT count(*) FROM pg_extension', NULL),
('plan', 'SELECT count(*) FROM pg_extension_plan(''n_super'', ''r_super'', ''r_free'')', NULL, NULL),
('explain', 'SELECT pg_extension_explain(''n_super'')', NULL, NULL),
('graph', 'SELECT pg_extension_graph(''n_super'')', NULL, NULL),
('installed, available, views', 'SELECT (SELECT count(*) FROM extman.installed), (SELECT count(*) FROM extman.available)', NULL, NULL),
('available, a function', 'SELECT count(*) FROM extman.available()', NULL, NULL),
('broken, a view', 'SELECT count(*) FROM extman.broken', NULL, NULL),
('why', 'SELECT pg_extension_why(''r_base'')', NULL, NULL),
('manifest', 'SELECT pg_extension_manifest()', NULL, NULL),
('check', 'SELECT count(*) FROM pg_extension_check()', NULL, NULL),
('broken', 'SELECT count(*) FROM pg_extension_broken()', NULL, NULL),
('version_compare', 'SELECT pg_extension_version_compare(''1.0'', ''1.1'')', NULL, NULL),
('version_satisfies', 'SELECT pg_extension_version_satisfies(''1.0'', ''> 1'')', NULL, NULL),
('progress, a view', 'SELECT count(*) FROM extman.progress', 'SELECT count(*) FROM pg_stat_progress_vacuum', NULL),
('progress, a function', 'SELECT count(*) FROM extman.progress()', NULL, NULL),
-- Installing
('install free', 'SELECT pg_extension_install(''n_free'')', NULL, NULL),
('install trusted', 'SELECT pg_extension_install(''n_trusted'')', 'CREATE EXTENSION ltree', NULL),
('install super', 'SELECT pg_extension_install(''n_super'')', 'CREATE EXTENSION dblink', NULL),
('install trusted that needs super', 'SELECT pg_extension_install(''n_on_super'')', NULL, NULL),
('install trusted that needs a user''s', 'SELECT pg_extension_install(''n_on_free'')', NULL, NULL),
('install core''s trusted', 'SELECT pg_extension_install(''ltree'')', 'CREATE EXTENSION ltree', NULL),
('install core''s trusted, by its overlay', 'SELECT pg_extension_install(''n_lines'')', 'CREATE EXTENSION seg', NULL),
('install core''s super', 'SELECT pg_extension_install(''dblink'')', 'CREATE EXTENSION dblink', NULL),
('install free, private schema', 'SELECT pg_extension_install(''n_free'', ''private'')', NULL, NULL),
('install trusted, private schema', 'SELECT pg_extension_install(''n_trusted'', ''private'')', NULL, NULL),
('install core''s, private schema', 'SELECT pg_extension_install(''ltree'', ''private'')', NULL, NULL),
('CREATE EXTENSION free', 'CREATE EXTENSION n_free', NULL, NULL),
('CREATE EXTENSION trusted', 'CREATE EXTENSION n_trusted', 'CREATE EXTENSION ltree', NULL),
('CREATE EXTENSION super', 'CREATE EXTENSION n_super', 'CREATE EXTENSION dblink', NULL),
('... VERSION', 'CREATE EXTENSION n_trusted VERSION ''1.0''', 'CREATE EXTENSION ltree VERSION ''1.1''', NULL),
('... SCHEMA public', 'CREATE EXTENSION n_trusted SCHEMA public', 'CREATE EXTENSION ltree SCHEMA public', NULL),
('... CASCADE, needs super', 'CREATE EXTENSION n_on_super CASCADE', NULL, NULL),
('... CASCADE, core''s', 'CREATE EXTENSION earthdistance CASCADE', 'CREATE EXTENSION earthdistance CASCADE', 'DROP EXTENSION IF EXISTS earthdistance, cube'),
('... core''s trusted', 'CREATE EXTENSION ltree', 'CREATE EXTENSION ltree', NULL),
('... core''s trusted with overlay', 'CREATE EXTENSION seg', 'CREATE EXTENSION seg', NULL),
('... core''s super', 'CREATE EXTENSION dblink', 'CREATE EXTENSION dblink', NULL),
('install free with settings', 'SELECT pg_extension_install(''n_conf'')', NULL, NULL),
('install trusted with settings', 'SELECT pg_extension_install(''n_trusted_conf'')', NULL, NULL),
('... IF NOT EXISTS, is there', 'CREATE EXTENSION IF NOT EXISTS r_free', 'CREATE EXTENSION IF NOT EXISTS hstore', NULL),
-- Upgrading
('upgrade free', 'SELECT pg_extension_upgrade(''r_free'')', NULL, NULL),
('upgrade trusted', 'SELECT pg_extension_upgrade(''r_trusted'')', 'ALTER EXTENSION hstore UPDATE', NULL),
('upgrade super', 'SELECT pg_extension_upgrade(''r_super'')', 'ALTER EXTENSION pageinspect UPDATE', NULL),
('upgrade core''s trusted', 'SELECT pg_extension_upgrade(''hstore'')', 'ALTER EXTENSION hstore UPDATE', NULL),
('upgrade core''s super', 'SELECT pg_extension_upgrade(''pageinspect'')', 'ALTER EXTENSION pageinspect UPDATE', NULL),
('upgrade everything', 'SELECT pg_extension_upgrade()', NULL, NULL),
('ALTER EXTENSION free UPDATE', 'ALTER EXTENSION r_free UPDATE', NULL, NULL),
('ALTER EXTENSION trusted UPDATE', 'ALTER EXTENSION r_trusted UPDATE TO ''1.1''', 'ALTER EXTENSION hstore UPDATE', NULL),
('ALTER EXTENSION super UPDATE', 'ALTER EXTENSION r_super UPDATE', 'ALTER EXTENSION pageinspect UPDATE', NULL),
('ALTER EXTENSION core''s UPDATE', 'ALTER EXTENSION hstore UPDATE', 'ALTER EXTENSION hstore UPDATE', NULL),
-- Uninstalling
('uninstall free', 'SELECT pg_extension_uninstall(''r_free'')', 'DROP EXTENSION hstore', NULL),
('uninstall trusted', 'SELECT pg_extension_uninstall(''r_trusted'')', 'DROP EXTENSION hstore', NULL),
('uninstall super', 'SELECT pg_extension_uninstall(''r_super'')', 'DROP EXTENSION pageinspect', NULL),
('uninstall core''s', 'SELECT pg_extension_uninstall(''hstore'')', 'DROP EXTENSION hstore', NULL),
('uninstall, cascade to another''s', 'SELECT pg_extension_uninstall(''r_base'', true)', 'DROP EXTENSION cube CASCADE', NULL),
('autoremove', 'SELECT pg_extension_autoremove()', NULL, NULL),
('apply: install, uninstall, upgrade', 'SELECT pg_extension_apply(''n_free'', ''r_trusted'', ''r_free'')', NULL, NULL),
('DROP EXTENSION free', 'DROP EXTENSION r_free', 'DROP EXTENSION hstore', NULL),
('DROP EXTENSION trusted', 'DROP EXTENSION r_trusted', 'DROP EXTENSION hstore', NULL),
('DROP EXTENSION super', 'DROP EXTENSION r_super', 'DROP EXTENSION pageinspect', NULL),
('DROP EXTENSION, without pg_extman', 'SET LOCAL pg_extman.native_commands = off; DROP EXTENSION r_trusted', 'DROP EXTENSION hstore', NULL),
('... CASCADE to another''s', 'DROP EXTENSION r_base CASCADE', 'DROP EXTENSION cube CASCADE', NULL),
('... CASCADE, without pg_extman', 'SET LOCAL pg_extman.native_commands = off; DROP EXTENSION r_base CASCADE', 'DROP EXTENSION cube CASCADE', NULL),
('DROP EXTENSION pg_extman CASCADE', 'DROP EXTENSION pg_extman CASCADE', 'DROP EXTENSION pageinspect', NULL),
('DROP OWNED BY the owner', 'DROP OWNED BY regress_rights_owner CASCADE', 'DROP OWNED BY regress_rights_owner CASCADE', NULL),
('DROP SCHEMA with a package in it', 'DROP SCHEMA homes CASCADE', 'DROP SCHEMA homes CASCADE', 'ALTER EXTENSION %s SET SCHEMA homes'),
-- The language
('DO, install free', 'DO LANGUAGE extman ''INSTALL EXTENSION n_free''', NULL, NULL),
('DO, install trusted', 'DO LANGUAGE extman ''INSTALL EXTENSION n_trusted''', 'CREATE EXTENSION ltree', NULL),
('DO, install super', 'DO LANGUAGE extman ''INSTALL EXTENSION n_super''', 'CREATE EXTENSION dblink', NULL),
('DO, install core''s, private schema', 'DO LANGUAGE extman ''INSTALL EXTENSION ltree SCHEMA private''', NULL, NULL),
('DO, upgrade trusted', 'DO LANGUAGE extman ''UPGRADE EXTENSION r_trusted''', 'ALTER EXTENSION hstore UPDATE', NULL),
('DO, uninstall, cascade to another''s', 'DO LANGUAGE extman ''UNINSTALL EXTENSION r_base CASCADE''', 'DROP EXTENSION cube CASCADE', NULL),
('DO, hold, mark', 'DO LANGUAGE extman ''HOLD EXTENSION r_trusted; MARK EXTENSION r_trusted AUTOMATIC''', NULL, NULL),
('a function in the language', 'CREATE FUNCTION public.f() RETURNS void LANGUAGE extman AS ''HOLD EXTENSION r_trusted''', NULL, NULL),
('its validator', 'SELECT extman.language_validate(''now()''::regprocedure)', NULL, NULL),
('its blocks, without DO', 'SELECT extman.language_do(NULL)', NULL, NULL),
('its handler', 'SELECT extman.language_call()', NULL, NULL),
-- What is an owner's
('hold', 'SELECT pg_extension_hold(''r_trusted'')', NULL, NULL),
('hold super', 'SELECT pg_extension_hold(''r_super'')', NULL, NULL),
('unhold', 'SELECT pg_extension_unhold(''r_trusted'')', NULL, NULL),
('mark', 'SELECT pg_extension_mark(''r_trusted'', true)', NULL, NULL),
('mark core''s super', 'SELECT pg_extension_mark(''pageinspect'', true)', NULL, NULL),
('COMMENT ON EXTENSION', 'COMMENT ON EXTENSION r_trusted IS ''x''', 'COMMENT ON EXTENSION hstore IS ''x''', NULL),
('COMMENT ON EXTENSION pg_extman', 'COMMENT ON EXTENSION pg_extman IS ''manifest: x (= 1)''', 'COMMENT ON EXTENSION pageinspect IS ''x''', NULL),
('SET SCHEMA, free', 'ALTER EXTENSION r_free SET SCHEMA homes', NULL, NULL),
('SET SCHEMA, trusted', 'ALTER EXTENSION r_trusted SET SCHEMA public', 'ALTER EXTENSION hstore SET SCHEMA public', 'ALTER EXTENSION %s SET SCHEMA homes'),
('SET SCHEMA, private schema', 'ALTER EXTENSION r_trusted SET SCHEMA private', 'ALTER EXTENSION hstore SET SCHEMA private', NULL),
('ADD, an own object', 'CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS ''SELECT 1''; ALTER EXTENSION r_trusted ADD FUNCTION public.mine()', 'CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS ''SELECT 1''; ALTER EXTENSION hstore ADD FUNCTION public.mine()', NULL),
('ADD, a superuser''s object', 'ALTER EXTENSION r_trusted ADD FUNCTION public.theirs()', 'ALTER EXTENSION hstore ADD FUNCTION public.theirs()', NULL),
('DROP, from pg_extman', 'ALTER EXTENSION pg_extman DROP TABLE extman.policy', 'ALTER EXTENSION pageinspect DROP FUNCTION page_header(bytea)', NULL),
('DROP, a superuser''s member', 'ALTER EXTENSION r_trusted DROP FUNCTION f_r_trusted()', 'ALTER EXTENSION hstore DROP FUNCTION akeys(hstore)', NULL),
('REASSIGN OWNED', 'REASSIGN OWNED BY regress_rights_owner TO CURRENT_USER', 'REASSIGN OWNED BY regress_rights_owner TO CURRENT_USER', NULL),
-- Files, the internals
('lint', 'SELECT count(*) FROM pg_extension_lint(current_setting(''t.dir'') || ''/r_free-1.0'', trial => false)', 'SELECT pg_read_file(''PG_VERSION'')', NULL),
('execute_from_file', 'SELECT pg_execute_from_file(current_setting(''t.dir'') || ''/r_free-1.0/uninstall.sql'')', 'SELECT pg_read_file(''PG_VERSION'')', NULL),
('what it runs, is the caller''s', 'SELECT pg_execute_from_file(current_setting(''t.dir'') || ''/write.sql'')', NULL, NULL),
('LOAD', 'LOAD ''pg_extman''', 'LOAD ''auto_explain''', NULL),
('on_command', 'SELECT extman.on_command()', NULL, NULL),
('on_drop', 'SELECT extman.on_drop()', NULL, NULL),
('event trigger with it', 'CREATE EVENT TRIGGER x ON sql_drop EXECUTE FUNCTION extman.on_drop()', 'CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION x()', NULL),
('ALTER EVENT TRIGGER', 'ALTER EVENT TRIGGER pg_extman_on_drop DISABLE', NULL, NULL),
-- Tables
('snapshot: names', 'SELECT name, version, members FROM extman.snapshot', NULL, NULL),
('snapshot: scripts, control file', 'SELECT uninstall_script, control FROM extman.snapshot', NULL, NULL),
('snapshot: paths', 'SELECT source FROM extman.snapshot', NULL, NULL),
('policy', 'TABLE extman.policy', NULL, NULL),
('history', 'TABLE extman.history', NULL, NULL),
('settings', 'TABLE extman.settings', 'TABLE pg_db_role_setting', NULL),
('setting', 'TABLE extman.setting', NULL, NULL),
('setting: DELETE', 'DELETE FROM extman.setting', NULL, NULL),
('snapshot: UPDATE', 'UPDATE extman.snapshot SET uninstall_script = ''SELECT 1'' WHERE name = ''r_trusted''', 'UPDATE pg_extension SET extname = extname WHERE false', NULL),
('snapshot: DELETE', 'DELETE FROM extman.snapshot', NULL, NULL),
('policy: INSERT', 'INSERT INTO extman.policy VALUES (''r_super'', true, false)', NULL, NULL),
('history: TRUNCATE', 'TRUNCATE extman.history', NULL, NULL),
('snapshot: trigger', 'CREATE TRIGGER x BEFORE INSERT ON extman.snapshot FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()', NULL, NULL),
('snapshot: ALTER TABLE', 'ALTER TABLE extman.snapshot ADD x int', NULL, NULL),
('snapshot: GRANT', 'GRANT UPDATE ON extman.snapshot TO PUBLIC; UPDATE extman.snapshot SET name = name', NULL, NULL),
('snapshot: exclusive lock', 'LOCK TABLE extman.snapshot IN ACCESS EXCLUSIVE MODE', NULL, NULL),
('view on scripts', 'CREATE VIEW public.x AS SELECT uninstall_script FROM extman.snapshot; TABLE public.x', NULL, NULL),
('progress: other definition', 'CREATE OR REPLACE VIEW extman.progress AS SELECT * FROM extman.progress()', NULL, NULL),
('schema extman: table', 'CREATE TABLE extman.x (x int)', NULL, NULL),
('schema extman: function', 'CREATE FUNCTION extman.x() RETURNS int LANGUAGE sql AS ''SELECT 1''', 'CREATE FUNCTION pg_catalog.x() RETURNS int LANGUAGE sql AS ''SELECT 1''', NULL),
('schema extman: rename', 'ALTER SCHEMA extman RENAME TO x', NULL, NULL),
('function: other definition', 'ALTER FUNCTION pg_extension_install(text, name) SECURITY DEFINER', 'ALTER FUNCTION pg_read_file(text) SECURITY DEFINER', NULL),
-- Settings
('SET control_path', 'SET LOCAL pg_extman.control_path = ''/tmp''', 'SET LOCAL dynamic_library_path = ''/tmp''', NULL),
('SHOW control_path', 'SHOW pg_extman.control_path', 'SHOW data_directory', NULL),
('SET enforce_constraints', 'SET LOCAL pg_extman.enforce_constraints = off', 'SET LOCAL dynamic_library_path = ''/tmp''', NULL),
('SET native_commands', 'SET LOCAL pg_extman.native_commands = off', 'SET LOCAL work_mem = ''1MB''', NULL),
('SET max_solver_steps', 'SET LOCAL pg_extman.max_solver_steps = 0', 'SET LOCAL work_mem = ''1MB''', NULL),
('SET max_solver_memory', 'SET LOCAL pg_extman.max_solver_memory = 0', 'SET LOCAL work_mem = ''1MB''', NULL),
('SET an unknown one', 'SET LOCAL pg_extman.unknown = 1', NULL, NULL),
('ALTER ROLE SET control_path', 'ALTER ROLE CURRENT_USER SET pg_extman.control_path = ''/tmp''', 'ALTER ROLE CURRENT_USER SET dynamic_library_path = ''/tmp''', NULL),
('ALTER ROLE SET enforce_constraints', 'ALTER ROLE CURRENT_USER SET pg_extman.enforce_constraints = off', 'ALTER ROLE CURRENT_USER SET dynamic_library_path = ''/tmp''', NULL),
('ALTER ROLE SET max_solver_steps', 'ALTER ROLE CURRENT_USER SET pg_extman.max_solver_steps = 0', 'ALTER ROLE CURRENT_USER SET work_mem = ''1MB''', NULL),
('ALTER DATABASE SET control_path', 'ALTER DATABASE extman_rights SET pg_extman.control_path = ''/tmp''', 'ALTER DATABASE extman_rights_core SET dynamic_library_path = ''/tmp''', NULL),
('ALTER DATABASE SET enforce_constraints', 'ALTER DATABASE extman_rights SET pg_extman.enforce_constraints = off', 'ALTER DATABASE extman_rights_core SET dynamic_library_path = ''/tmp''', NULL),
('ALTER DATABASE SET native_commands', 'ALTER DATABASE extman_rights SET pg_extman.native_commands = off', 'ALTER DATABASE extman_rights_core SET work_mem = ''1MB''', NULL);
SELECT json_agg(action ORDER BY n)::text AS actions FROM action \gset

--
-- How it is tried
--
SELECT $sql$
CREATE TEMP TABLE actor (n int, name text, session text, role text);
INSERT INTO actor VALUES (1, 'super', session_user, NULL), (2, 'dbowner', 'regress_rights_dbowner', NULL),
    (3, 'creator', 'regress_rights_creator', NULL), (4, 'user', 'regress_rights_user', NULL),
    (5, 'reader', 'regress_rights_reader', NULL), (6, 'owner', 'regress_rights_owner', NULL),
    (7, 'member', 'regress_rights_member', NULL), (8, 'setter', 'regress_rights_setter', 'regress_rights_owner');
CREATE FUNCTION pg_temp.attempt(session text, role text, setup text, command text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    IF command IS NULL THEN
        RETURN NULL;
    END IF;
    IF setup IS NOT NULL THEN
        EXECUTE setup;
    END IF;
    EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', session);
    IF role IS NOT NULL THEN
        EXECUTE format('SET LOCAL ROLE %I', role);
    END IF;
    EXECUTE command;
    RAISE EXCEPTION USING ERRCODE = 'UNDOS', MESSAGE = 'done';
EXCEPTION WHEN OTHERS THEN
    RETURN CASE SQLSTATE WHEN 'UNDOS' THEN 'ok' ELSE SQLSTATE END;
END $$;
SET search_path = public;
GRANT CREATE ON SCHEMA public TO PUBLIC;
CREATE SCHEMA private;
CREATE SCHEMA homes AUTHORIZATION regress_rights_dbowner;
GRANT ALL ON SCHEMA homes TO PUBLIC;
CREATE FUNCTION public.theirs() RETURNS int LANGUAGE sql AS 'SELECT 1';
$sql$ AS driver \gset

--
-- Core alone
--
\c extman_rights_core
SET client_min_messages = warning;
:driver
CREATE FUNCTION public.x() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
SET SESSION AUTHORIZATION regress_rights_owner;
CREATE EXTENSION hstore VERSION '1.7';
CREATE EXTENSION cube;
RESET SESSION AUTHORIZATION;
CREATE EXTENSION pageinspect VERSION '1.8';
CREATE EXTENSION earthdistance;
SET client_min_messages = error;
SELECT json_agg(json_build_object('n', a.n, 'actor', r.name,
        'result', pg_temp.attempt(r.session, r.role, format(a.setup, 'hstore'), a.core)))::text AS core
    FROM json_to_recordset(:'actions') AS a (n int, setup text, core text), actor r \gset

--
-- With pg_extman
--
\c extman_rights
SET client_min_messages = warning;
CREATE EXTENSION pg_extman;
LOAD 'pg_extman';
SELECT set_config('pg_extman.control_path', :'dir', false), set_config('t.dir', :'dir', false) \gset ignored_
:driver
SET SESSION AUTHORIZATION regress_rights_owner;
SELECT count(*) FROM pg_extension_install('r_free (= 1.0), r_trusted (= 1.0), r_base, r_automatic, hstore (= 1.7)');
SELECT pg_extension_mark('r_automatic', true);
RESET SESSION AUTHORIZATION;
SELECT count(*) FROM pg_extension_install('r_super (= 1.0), r_dependent, pageinspect (= 1.8)');

SET client_min_messages = error;
CREATE TEMP TABLE result AS
    SELECT a.n, a.what, r.n AS actor, r.name,
           pg_temp.attempt(r.session, r.role, format(a.setup, 'r_trusted'), a.command) AS result,
           c.result AS core
    FROM json_to_recordset(:'actions') AS a (n int, what text, setup text, command text), actor r,
         json_to_recordset(:'core') AS c (n int, actor text, result text)
    WHERE c.n = a.n AND c.actor = r.name;
SELECT what, min(result) FILTER (WHERE name = 'super') AS super, min(result) FILTER (WHERE name = 'dbowner') AS dbowner,
       min(result) FILTER (WHERE name = 'creator') AS creator, min(result) FILTER (WHERE name = 'user') AS "user",
       min(result) FILTER (WHERE name = 'reader') AS reader, min(result) FILTER (WHERE name = 'owner') AS owner,
       min(result) FILTER (WHERE name = 'member') AS member, min(result) FILTER (WHERE name = 'setter') AS setter,
       CASE WHEN bool_and(core IS NULL) THEN '' WHEN bool_and(result = core) THEN 'same'
            ELSE string_agg(name || ' ' || core, ', ' ORDER BY actor) FILTER (WHERE result <> core) END AS core
    FROM result GROUP BY n, what ORDER BY n;

-- Each function, table and setting is in it.
SELECT p.proname FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
    WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
      AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_extman')
      AND NOT EXISTS (SELECT FROM json_to_recordset(:'actions') AS a (command text)
                      WHERE a.command LIKE '%' || p.proname || '(%');
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'extman'::regnamespace AND c.relkind IN ('r', 'v')
      AND NOT EXISTS (SELECT FROM json_to_recordset(:'actions') AS a (command text)
                      WHERE a.command LIKE '%extman.' || c.relname || '%');
SELECT s.name FROM pg_settings s WHERE s.name LIKE 'pg\_extman.%'
      AND NOT EXISTS (SELECT FROM json_to_recordset(:'actions') AS a (command text)
                      WHERE a.command LIKE '%SET%' || s.name || ' =%');
-- Nothing of it stayed.
SELECT name, version, automatic, held FROM pg_extension_installed() ORDER BY 1;

--
-- Settings in a session that has not loaded the library
--
\c -
SET client_min_messages = warning;
SET SESSION AUTHORIZATION regress_rights_user;
ALTER ROLE regress_rights_user SET pg_extman.control_path = '/tmp';
ALTER ROLE regress_rights_user SET pg_extman.native_commands = off;
SET SESSION AUTHORIZATION regress_rights_dbowner;
ALTER DATABASE extman_rights SET pg_extman.control_path = '/tmp';
ALTER DATABASE extman_rights SET pg_extman.enforce_constraints = off;
-- What the user sets all the same is forgotten when the library comes.
SET pg_extman.control_path = '/tmp';
SET pg_extman.enforce_constraints = off;
SELECT count(*) AS available FROM pg_extension_available() WHERE name = 'ltree' HAVING count(*) = 0;
SHOW pg_extman.enforce_constraints;
RESET SESSION AUTHORIZATION;
SHOW pg_extman.control_path;

-- Clean up.
\c :home
SET client_min_messages = warning;
DROP DATABASE extman_rights;
DROP DATABASE extman_rights_core;
SELECT format('COPY (SELECT 1) TO PROGRAM %L', format('cat > /dev/null; rm -rf ''%s'' ''%1$s_elsewhere''', :'dir')) AS clean \gset
:clean;
DROP ROLE regress_rights_dbowner, regress_rights_creator, regress_rights_user, regress_rights_reader,
    regress_rights_owner, regress_rights_member, regress_rights_setter;
