--
-- What is wrong on the control path is reported, and hides nothing else
--
\set SHOW_CONTEXT never

CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE t_shell(command text) LANGUAGE plpgsql AS
    $$ BEGIN EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L', command); END $$;
CREATE PROCEDURE t_put(file text, content bytea) LANGUAGE plpgsql AS $$
BEGIN
    CALL t_shell(format('mkdir -p "$(dirname ''%1$s'')" && echo %2$s | base64 -d > ''%1$s''',
                        file, translate(encode(content, 'base64'), E'\n', '')));
END $$;
CREATE PROCEDURE t_put(file text, content text) LANGUAGE plpgsql AS
    $$ BEGIN CALL t_put(file, convert_to(content, 'UTF8')); END $$;
CREATE PROCEDURE t_package(folder text, name text, version text) LANGUAGE plpgsql AS $$
BEGIN
    CALL t_put(folder || '/control',
               format(E'name = %s\nversion = %s\nsuperuser = false\n', name, version));
    CALL t_put(folder || '/install.sql', 'SELECT 1;'::text);
END $$;

SELECT current_setting('data_directory') || '/extman_broken' AS dir \gset
CREATE FUNCTION t_broken() RETURNS TABLE (file text, line int, "column" int, message text, hint text)
LANGUAGE sql AS $$
    SELECT replace(b.file, current_setting('data_directory') || '/', ''), b.line, b."column",
           replace(b.message, current_setting('data_directory') || '/', ''), b.hint
    FROM pg_extension_broken() b
$$;
SET pg_extman.control_path = :'dir';

-- A path that does not exist is empty, as core's are.
SELECT count(*) FROM pg_extension_available() WHERE source LIKE :'dir' || '/%';
SELECT count(*) FROM pg_extension_broken();

-- One that is right, and many that are not.
CALL t_package(:'dir' || '/right', 'right', '1.0');
CALL t_package(:'dir' || '/right-2.0~rc1', 'right', '2.0~rc1');
CALL t_put(:'dir' || '/unknown_key/control', E'name = unknown_key\nversion = 1.0\n# a comment\n\ncomments = ''x''\n');
CALL t_put(:'dir' || '/no_version/control', E'name = no_version\n');
CALL t_put(:'dir' || '/no_version/install.sql', 'SELECT 1;');
CALL t_put(:'dir' || '/bad_relation/control', E'name = bad_relation\nversion = 1.0\ndepends = right,\n  right (>= ),\n  right\n');
CALL t_put(:'dir' || '/empty/control', '');
CALL t_put(:'dir' || '/latin1/control', convert_to(E'name = latin1\nversion = 1.0\ncomment = ''caf\u00e9''\n', 'LATIN1'));
CALL t_package(:'dir' || '/other_name', 'wrong_name', '1.0');
CALL t_package(:'dir' || '/right-3.0', 'right', '3.1');
CALL t_package(:'dir' || '/bad--name', 'bad--name', '1.0');
CALL t_package(:'dir' || '/bad$name', 'bad$name', '1.0');
CALL t_put(:'dir' || '/no_control/install.sql', 'SELECT 1;');
CALL t_put(:'dir' || '/overlay/control', E'name = overlay\n');
CALL t_put(:'dir' || '/nothing/README', 'no package');
CALL t_put(:'dir' || '/a_file', 'no folder');
CALL t_package(:'dir' || '/.hidden', 'hidden', '1.0');
CALL t_put(:'dir' || '/right/upgrade--1.0-----2.0.sql', 'SELECT 1;');
CALL t_shell(format('mkdir -p ''%1$s/is_folder/control'' ''%1$s/is_fifo'' ''%1$s/huge'' ''%1$s/closed''', :'dir'));
CALL t_shell(format('mkfifo ''%1$s/is_fifo/control'' && truncate -s 17M ''%1$s/huge/control''', :'dir'));
CALL t_shell(format('echo x > ''%1$s/closed/control'' && chmod 0 ''%1$s/closed/control''', :'dir'));
CALL t_shell(format('mkdir -p "$(printf ''%1$s/ill\377name'')" && echo > "$(printf ''%1$s/ill\377name/control'')"', :'dir'));
CALL t_shell(format('mkdir ''%1$s/loop'' && ln -s control ''%1$s/loop/control''', :'dir'));
CALL t_shell(format('ln -s nowhere ''%1$s/dangling''', :'dir'));
CALL t_shell(format('mkdir ''%1$s/grows'' && ln -s /proc/self/status ''%1$s/grows/control''', :'dir'));
CALL t_shell(format('ln -s right ''%1$s/linked''', :'dir'));

SELECT name, version FROM pg_extension_available() WHERE source LIKE :'dir' || '/%';
\x on
SELECT * FROM t_broken();
\x off

-- Installing something else goes on.
SELECT name, new_version FROM pg_extension_install('right');
SELECT name FROM pg_extension_uninstall('right');
SELECT * FROM pg_extension_install('unknown_key');

-- A change is seen at once, even one of the same size in the same moment.
CALL t_put(:'dir' || '/unknown_key/control', E'name = unknown_key\nversion = 1.0\n');
CALL t_put(:'dir' || '/unknown_key/install.sql', 'SELECT 1;');
SELECT name, version FROM pg_extension_available() WHERE name = 'unknown_key';
CALL t_put(:'dir' || '/unknown_key/control', E'name = unknown_key\nversion = 1.1\n');
SELECT name, version FROM pg_extension_available() WHERE name = 'unknown_key';
SELECT count(*) FROM t_broken() WHERE file LIKE '%unknown_key%';
CALL t_shell(format('rm -r ''%s/unknown_key''', :'dir'));
SELECT name, version FROM pg_extension_available() WHERE name = 'unknown_key';

-- What is installed does not change with its files.
SELECT name, new_version FROM pg_extension_install('right (< 2)');
CALL t_put(:'dir' || '/right/control', E'name = right\nversion = 1.0\ndepends = absent\n');
SELECT name, depends FROM pg_extension_available() WHERE name = 'right' AND version = '1.0';
SELECT name, depends FROM extman.snapshot;
SELECT pg_extension_explain('right');
CALL t_shell(format('rm -r ''%s/right''', :'dir'));
SELECT name, version, newest_version FROM pg_extension_installed() WHERE name = 'right';
SELECT name, old_version FROM pg_extension_uninstall('right');

-- Scripts that are none.
CALL t_package(:'dir' || '/script', 'script', '1.0');
CALL t_put(:'dir' || '/script/install.sql', convert_to(E'SELECT 1;\nSELECT ''caf\u00e9'';\n', 'LATIN1'));
CREATE FUNCTION t_install(request text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text;
    context text;
BEGIN
    PERFORM pg_extension_install(request);
    RETURN 'installed';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, context = PG_EXCEPTION_CONTEXT;
    RETURN SQLSTATE || ': ' || replace(message || E'\n' || split_part(context, E'\nSQL statement "SELECT pg_ext', 1),
                                       current_setting('t_extman.data') || '/', '');
END $$;
SELECT set_config('t_extman.data', current_setting('data_directory'), false) IS NULL AS no;
SELECT t_install('script');
CALL t_put(:'dir' || '/script/control', E'name = script\nversion = 1.0\nencoding = LATIN1\n');
SELECT t_install('script');
SELECT name FROM pg_extension_uninstall('script');
CALL t_put(:'dir' || '/script/install.sql', '\x53454c4543542031003b'::bytea);
SELECT t_install('script');
CALL t_put(:'dir' || '/script/install.sql', E'SELECT 1;\n\nSELECT\n  no_such_column;\n');
SELECT t_install('script');
CALL t_put(:'dir' || '/script/install.sql', E'SELECT 1;\nSELECT ''open;\n');
SELECT t_install('script');
CALL t_shell(format('cd ''%s/script'' && rm install.sql && mkfifo install.sql', :'dir'));
SELECT t_install('script');
CALL t_shell(format('cd ''%s/script'' && rm install.sql && touch install.sql', :'dir'));
SELECT t_install('script');
SELECT name FROM pg_extension_uninstall('script');

-- Rights come before files; and who may not see where they are isn't told.
CALL t_package(:'dir' || '/spoilt', 'spoilt', '1.0');
CALL t_package(:'dir' || '/spoilt-1.1', 'spoilt', '1.1');
CALL t_shell(format('cd ''%s/spoilt'' && rm install.sql && mkfifo install.sql', :'dir'));
CALL t_put(:'dir' || '/script/install.sql', '\x53454c4543542027ff273b'::bytea);
CALL t_put(:'dir' || '/script/control', E'name = script\nversion = 1.0\nsuperuser = false\n');
CALL t_put(:'dir' || '/coded/control', E'name = coded\nversion = 1.0\nsuperuser = false\nencoding = KLINGON\n');
CALL t_put(:'dir' || '/coded/install.sql', 'SELECT 1;');
CALL t_put(:'dir' || '/spoilt-1.1/upgrade--1.0--1.1.sql', E'SELECT\n no_such_column;\n');
CALL t_put(:'dir' || '/spoilt-1.1/uninstall.sql', E'SELECT no_such_column;\n');
CREATE ROLE regress_extman_stranger;
GRANT CREATE ON SCHEMA public TO regress_extman_stranger;
SET ROLE regress_extman_stranger;
SELECT t_install('spoilt (= 1.0)');
SELECT t_install('script');
RESET ROLE;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_stranger', current_database());
END $$;
SELECT t_install('spoilt (= 1.0)');
SELECT t_install('script');
SELECT t_install('coded');
SET ROLE regress_extman_stranger;
SELECT t_install('spoilt (= 1.0)');
SELECT t_install('script');
SELECT t_install('coded');
RESET ROLE;
CALL t_shell(format('cd ''%s/spoilt'' && rm install.sql && touch install.sql', :'dir'));
SET ROLE regress_extman_stranger;
SELECT t_install('spoilt (= 1.0)');
\set SHOW_CONTEXT errors
SELECT name FROM pg_extension_apply(NULL, NULL, 'spoilt');
SET pg_extman.native_commands = off;
DROP EXTENSION spoilt;
RESET pg_extman.native_commands;
SELECT t_install('spoilt (= 1.1)');
SELECT name FROM pg_extension_uninstall('spoilt');
\set SHOW_CONTEXT never
DROP EXTENSION spoilt;
SET pg_extman.native_commands = off;
DROP EXTENSION spoilt;
RESET pg_extman.native_commands;
RESET ROLE;
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_stranger', current_database());
END $$;
REVOKE ALL ON SCHEMA public FROM regress_extman_stranger;
DROP ROLE regress_extman_stranger;

-- What was noted about a package counts no more for an extension of core that
-- has its name.
CALL t_put(:'dir' || '/intagg/control', E'name = intagg\nversion = 0.1\n');
CALL t_put(:'dir' || '/intagg/install.sql', 'SELECT 1;');
CALL t_put(:'dir' || '/on_intagg/control', E'name = on_intagg\nversion = 0.1\ndepends = intagg\n');
CALL t_put(:'dir' || '/on_intagg/install.sql', 'SELECT 1;');
SELECT name FROM pg_extension_install('on_intagg');
SELECT name, version, automatic FROM pg_extension_installed() WHERE name = 'intagg';
DROP EXTENSION intagg, on_intagg;
SET pg_extman.native_commands = off;
CREATE EXTENSION intagg;
RESET pg_extman.native_commands;
SELECT name, version, automatic FROM pg_extension_installed() WHERE name = 'intagg';
SELECT name FROM pg_extension_uninstall('intagg');
TABLE extman.policy;

-- A command says so, too; one that core knows is core's.
CALL t_put(:'dir' || '/amiss/control', E'name = amiss\nversion = 1.0\nnonsense = 1\n');
CALL t_put(:'dir' || '/tcn/control', E'name = tcn\nversion = 1.0\nnonsense = 1\n');
CREATE EXTENSION amiss;
CREATE EXTENSION tcn;
DROP EXTENSION tcn;

-- Clean up.
RESET pg_extman.control_path;
CALL t_shell(format('rm -rf ''%s''', :'dir'));
DROP PROCEDURE t_shell, t_put(text, text), t_put(text, bytea), t_package;
DROP FUNCTION t_broken, t_install;
