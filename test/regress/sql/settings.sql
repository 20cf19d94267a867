--
-- Settings that packages bring: conf files
--
CREATE FUNCTION t_set(setting text, value text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(CASE WHEN value IS NULL THEN 'ALTER DATABASE %I RESET %s' ELSE 'ALTER DATABASE %I SET %s = %L' END,
                   current_database(), setting, value);
END $$;
-- Of an error, all but where the files of this server are.
CREATE FUNCTION t_try(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
    context text;
BEGIN
    EXECUTE command;
    RETURN 'done';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT;
    RETURN concat_ws(E'\n', SQLSTATE, SQLERRM, NULLIF(hint, ''),
                     regexp_replace(split_part(context, E'\n', 1), '"/.*/extensions/', '"'));
END $$;
CREATE VIEW t_database_settings AS
    SELECT unnest(setconfig) COLLATE "C" AS setting FROM pg_db_role_setting
    WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database());
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf|^plpgsql|^pg_trgm';

--
-- For the database and for this session; recorded; seen
--
SELECT name FROM pg_extension_install('t_conf (= 1.0)');
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf' ORDER BY 1;
SELECT t_conf_follows(), current_setting('T_Conf_More.Quoted') AS quoted, current_setting('t_conf_more.empty') AS empty;
\c -
SELECT t_conf_follows(), current_setting('T_Conf_More.Quoted') AS quoted, current_setting('t_conf_more.empty') AS empty;
SELECT * FROM extman.settings WHERE package = 't_conf' ORDER BY setting COLLATE "C";

--
-- By hand: noticed, kept by an upgrade, which says so where the package's has changed, too
--
SELECT t_set('t_conf.edited', 'mine'), t_set('t_conf.gone_edited', 'mine'), t_set('t_conf.removed');
SELECT setting, database_value, changed FROM extman.settings WHERE changed ORDER BY setting COLLATE "C";
SELECT * FROM pg_extension_check() WHERE name = 't_conf';
SELECT name, new_version FROM pg_extension_upgrade('t_conf');
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf' ORDER BY 1;
SELECT setting, value, database_value, changed FROM extman.settings WHERE package = 't_conf' ORDER BY setting COLLATE "C";
SELECT t_conf_follows();
-- As the package has it: from then on it follows the package again.
SELECT t_set('t_conf.edited', 'two');
SELECT setting FROM extman.settings WHERE changed;

--
-- Uninstalled: what is unchanged goes
--
SELECT t_set('t_conf.follows', 'three');
SELECT name FROM pg_extension_uninstall('t_conf');
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf' ORDER BY 1;
SELECT * FROM extman.settings;
SELECT current_setting('t_conf.new', true) AS new;
-- What the database has already stays, when a package comes.
SELECT name FROM pg_extension_install('t_conf');
SELECT setting, value, database_value FROM extman.settings WHERE changed;
SELECT t_set('t_conf.follows'), t_set('t_conf.gone_edited');

--
-- Nothing is left when it comes to nothing
--
BEGIN;
SELECT name FROM pg_extension_uninstall('t_conf');
SELECT count(*) FROM t_database_settings WHERE setting ~* '^t_conf';
SELECT current_setting('t_conf.new', true) AS new;
ROLLBACK;
SELECT count(*) FROM t_database_settings WHERE setting ~* '^t_conf';
SELECT current_setting('t_conf.new', true) AS new;
SELECT name FROM pg_extension_uninstall('t_conf');
BEGIN;
SELECT name FROM pg_extension_install('t_conf_needs');
SELECT current_setting('t_conf_needs.level') AS level;
SAVEPOINT here;
SELECT name FROM pg_extension_uninstall('t_conf_needs');
SELECT NULLIF(current_setting('t_conf_needs.level', true), '') AS level;
ROLLBACK TO here;
SELECT current_setting('t_conf_needs.level') AS level;
ROLLBACK;
SELECT NULLIF(current_setting('t_conf_needs.level', true), '') AS level;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';

--
-- Core's commands, in sessions with and without the library
--
\c -
CREATE EXTENSION t_conf_needs CASCADE;
SELECT package, setting, database_value FROM extman.settings WHERE setting ~ 'level|new';
DROP EXTENSION t_conf CASCADE;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
\c -
CREATE EXTENSION t_conf VERSION '1.0';
\c -
DROP EXTENSION t_conf;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
CREATE EXTENSION t_conf VERSION '1.0';
SELECT t_set('t_conf.edited', 'mine');
ALTER EXTENSION t_conf UPDATE;
SELECT setting, value, database_value FROM extman.settings WHERE setting IN ('t_conf.new', 't_conf.edited') ORDER BY 1;
-- By an uninstall that takes along what nobody declared; by core alone; by another command.
SET pg_extman.native_commands = off;
DROP EXTENSION t_conf;
RESET pg_extman.native_commands;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
SELECT t_set('t_conf.edited');
CREATE SCHEMA t_conf_schema;
CREATE EXTENSION t_conf SCHEMA t_conf_schema;
DROP SCHEMA t_conf_schema CASCADE;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
-- Where no trigger watches, what is left over goes with the next request.
CREATE EXTENSION t_conf;
SET pg_extman.native_commands = off;
ALTER EVENT TRIGGER pg_extman_on_drop DISABLE;
DROP EXTENSION t_conf;
ALTER EVENT TRIGGER pg_extman_on_drop ENABLE ALWAYS;
RESET pg_extman.native_commands;
SELECT count(*) > 0 AS left_over FROM t_database_settings WHERE setting ~* '^t_conf';
SELECT name FROM pg_extension_install('t_conf_trusted');
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
SELECT * FROM extman.settings;
SELECT name FROM pg_extension_uninstall('t_conf_trusted');

--
-- What the server or the grammar refuses: file and line, and nothing is installed
--
\c -
SELECT t_try($$ SELECT pg_extension_install('t_conf_wrong') $$);
SELECT t_try($$ SELECT pg_extension_install('t_conf_refused') $$);
SELECT extname FROM pg_extension WHERE extname LIKE 't\_conf%';
SELECT * FROM t_database_settings WHERE setting ~ 'plpgsql';
SHOW plpgsql.check_asserts;

--
-- Rights
--
\set SHOW_CONTEXT always
GRANT SELECT ON t_database_settings TO PUBLIC;
CREATE ROLE regress_conf_user;
CREATE ROLE regress_conf_reader;
SELECT format('GRANT CREATE ON DATABASE %I TO regress_conf_user', current_database()) \gexec
GRANT CREATE ON SCHEMA public TO regress_conf_user;
SET ROLE regress_conf_user;
-- Refused before the script ran: no table is there, which an error would not show.
SELECT name FROM pg_extension_install('t_conf_plain');
CREATE EXTENSION t_conf_plain;
RESET ROLE;
-- The owner of the database neither, as nobody knows yet who may set it.
SELECT datdba::regrole AS owner FROM pg_database WHERE datname = current_database() \gset
SELECT format('ALTER DATABASE %I OWNER TO regress_conf_user', current_database()) \gexec
SET ROLE regress_conf_user;
SELECT name FROM pg_extension_install('t_conf_plain');
SELECT t_set('t_conf_plain.level', '3');
-- Of a defined one, the server knows.
SELECT name FROM pg_extension_install('t_conf_defined');
RESET ROLE;
GRANT SET ON PARAMETER t_conf_plain.level TO regress_conf_user;
SET ROLE regress_conf_user;
SELECT name FROM pg_extension_install('t_conf_plain');
RESET ROLE;
SELECT package, setting, database_value FROM extman.settings;
SELECT format('ALTER DATABASE %I OWNER TO %s', current_database(), :'owner') \gexec
SELECT format('GRANT CREATE ON DATABASE %I TO regress_conf_user', current_database()) \gexec
-- What came with his extension goes with it, whoever owns the database.
SET ROLE regress_conf_user;
DROP EXTENSION t_conf_plain;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
-- A trusted package brings its settings as the bootstrap superuser.
SELECT name FROM pg_extension_install('t_conf_trusted');
SELECT package, setting, database_value, current_setting(setting) AS here FROM extman.settings;
SELECT current_user;
-- Nobody writes down what was brought, to have it removed; anybody may look.
INSERT INTO extman.setting VALUES ('t_conf_trusted', 'work_mem', '1GB');
UPDATE extman.setting SET setting = 'work_mem';
SET ROLE regress_conf_reader;
SELECT package, setting, changed FROM extman.settings;
RESET ROLE;
-- A changed value stays, whoever drops the extension.
SELECT t_set('t_conf_trusted.level', '4');
SET ROLE regress_conf_user;
SELECT name FROM pg_extension_uninstall('t_conf_trusted');
RESET ROLE;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
SELECT t_set('t_conf_trusted.level');

--
-- Overlays bring settings to core's extensions
--
\set SHOW_CONTEXT never
CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE t_put(file text, content text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L',
                   format('mkdir -p "$(dirname ''%1$s'')" && printf ''%2$s'' > ''%1$s''', file, content));
END $$;
SELECT current_setting('data_directory') || '/extman_settings' AS dir \gset
CALL t_put(:'dir' || '/pg_trgm/control', E'name = pg_trgm\ncustom_variable_classes = pg_trgm\n');
CALL t_put(:'dir' || '/pg_trgm/pg_trgm.conf', E'pg_trgm.similarity_threshold = 0.4\n');
CALL t_put(:'dir' || '/pg_trgm-1.6/control', E'name = pg_trgm\nversion = 1.6\ncustom_variable_classes = pg_trgm\n');
CALL t_put(:'dir' || '/pg_trgm-1.6/pg_trgm.conf',
    E'pg_trgm.similarity_threshold = 0.5\npg_trgm.word_similarity_threshold = 0.7\n');
SET pg_extman.control_path = :'dir';
SELECT name FROM pg_extension_install('pg_trgm (= 1.5)');
SELECT package, setting, database_value FROM extman.settings;
SELECT show_limit();
SELECT name, new_version FROM pg_extension_upgrade('pg_trgm');
SELECT package, setting, database_value FROM extman.settings ORDER BY setting COLLATE "C";
SELECT name FROM pg_extension_uninstall('pg_trgm');
SELECT * FROM t_database_settings WHERE setting ~ 'pg_trgm';
-- By core's commands.
CREATE EXTENSION pg_trgm VERSION '1.5';
SELECT package, setting, database_value FROM extman.settings;
ALTER EXTENSION pg_trgm UPDATE;
SELECT package, setting, database_value FROM extman.settings ORDER BY setting COLLATE "C";
SELECT extversion FROM pg_extension WHERE extname = 'pg_trgm';
DROP EXTENSION pg_trgm;
SELECT * FROM t_database_settings WHERE setting ~ 'pg_trgm';
-- A trusted extension's, by a user who may create it.
CALL t_put(:'dir' || '/pg_trgm-1.6/pg_trgm.conf', E'pg_trgm.similarity_threshold = two\n');
GRANT SET ON PARAMETER pg_extman.control_path TO regress_conf_user;
SET ROLE regress_conf_user;
CREATE EXTENSION pg_trgm;
RESET ROLE;
CALL t_put(:'dir' || '/pg_trgm-1.6/pg_trgm.conf', E'pg_trgm.similarity_threshold = 0.5\n');
SET ROLE regress_conf_user;
CREATE EXTENSION pg_trgm;
SELECT package, setting, database_value FROM extman.settings;
DROP EXTENSION pg_trgm;
RESET ROLE;
SELECT * FROM t_database_settings WHERE setting ~ 'pg_trgm';
-- The conf file of a directory package is no regular file.
CALL t_put(:'dir' || '/t_odd/control', E'name = t_odd\nversion = 1\n');
CALL t_put(:'dir' || '/t_odd/install.sql', E'SELECT 1;');
CALL t_put(:'dir' || '/t_odd/t_odd.conf/file', E'');
SELECT regexp_replace(t_try($$ SELECT pg_extension_install('t_odd') $$), '"/.*/extman_settings', '"...');

REVOKE SET ON PARAMETER pg_extman.control_path, t_conf_plain.level FROM regress_conf_user;
REVOKE CREATE ON SCHEMA public FROM regress_conf_user;
SELECT format('REVOKE CREATE ON DATABASE %I FROM regress_conf_user', current_database()) \gexec
DROP ROLE regress_conf_user, regress_conf_reader;

--
-- pg_extman goes, and everything with it
--
RESET pg_extman.control_path;
BEGIN;
SELECT name FROM pg_extension_install('t_conf');
DROP EXTENSION pg_extman CASCADE;
SELECT * FROM t_database_settings WHERE setting ~* '^t_conf';
ROLLBACK;

DROP VIEW t_database_settings;
DROP FUNCTION t_set(text, text);
DROP FUNCTION t_try(text);
DROP PROCEDURE t_put(text, text);
