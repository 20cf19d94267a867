--
-- pg_extman.control_path: which folders, and which package wins
--
\set SHOW_CONTEXT never

LOAD 'pg_extman';
SHOW pg_extman.control_path;
SET pg_extman.control_path = 'relative/path';
SET pg_extman.control_path = '$system:';
SET pg_extman.control_path = '/a::/b';
SET pg_extman.control_path = '$elsewhere';
SET pg_extman.control_path = '$system/more';
DO $$ BEGIN
    PERFORM set_config('pg_extman.control_path', '/' || repeat('x', 2000), false);
EXCEPTION WHEN invalid_parameter_value THEN
    RAISE NOTICE 'too long';
END $$;
SET pg_extman.no_such_setting = 1;

-- An empty path has nothing but what core itself can install.
SET pg_extman.control_path = '';
SELECT count(*) FROM pg_extension_available() WHERE source NOT LIKE '%.control';
SELECT * FROM pg_extension_install('foo');

CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE t_package(folder text, name text, version text, comment text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L',
        format('mkdir -p ''%1$s'' && printf ''name = %2$s\nversion = %3$s\ncomment = %4$s\n'' > ''%1$s/control'' && echo ''SELECT 1;'' > ''%1$s/install.sql''',
               folder, name, version, comment));
END $$;
SELECT current_setting('data_directory') || '/extman_path' AS dir \gset
CREATE FUNCTION t_strip(path text) RETURNS text LANGUAGE sql AS
    $$ SELECT regexp_replace(path, '^.*/(extensions|extman_path)/', '\1/') $$;

CALL t_package(:'dir' || '/one/t_one', 't_one', '1.0', 'first');
CALL t_package(:'dir' || '/one/t_two-1.0', 't_two', '1.0', 'first');
CALL t_package(:'dir' || '/one/t_two-1.00', 't_two', '1.00', 'equal, in the same folder');
CALL t_package(:'dir' || '/two/t_one', 't_one', '1.0-0', 'second, equal');
CALL t_package(:'dir' || '/two/t_two-2.0', 't_two', '2.0', 'second, newer');
CALL t_package(:'dir' || '/two/t_foo', 't_foo', '1.0', 'before $system');

-- The first on the path wins over an equal version, the newest among others.
SELECT :'dir' || '/one:' || :'dir' || '/missing:' || :'dir' || '/two' AS path \gset
SET pg_extman.control_path = :'path';
SELECT name, version, comment, t_strip(source) AS source FROM pg_extension_available()
    WHERE source LIKE :'dir' || '/%';
SELECT t_strip(file) AS file, line, message ~ '^".*" version ".*" is shadowed by ".*"$' AS shadowed, hint
    FROM pg_extension_broken();
SELECT name, new_version, t_strip(source) AS source FROM pg_extension_plan('t_one, t_two');

SELECT :'dir' || '/two:' || :'dir' || '/one' AS path \gset
SET pg_extman.control_path = :'path';
SELECT name, version, comment, t_strip(source) AS source FROM pg_extension_available()
    WHERE source LIKE :'dir' || '/%';

-- An installed package shadows the same version on disk without a word.
SELECT name, t_strip(source) AS source FROM pg_extension_install('t_one');
SELECT name, version, installed FROM pg_extension_available() WHERE name = 't_one';
SELECT name, version, newest_version, t_strip(source) AS source
    FROM pg_extension_installed() WHERE name = 't_one';
SELECT t_strip(file) AS file FROM pg_extension_broken();
SET pg_extman.control_path = '';
SELECT name, version, newest_version, t_strip(source) AS source
    FROM pg_extension_installed() WHERE name = 't_one';

-- Together with $system.
SELECT :'dir' || '/two:$system' AS path \gset
SET pg_extman.control_path = :'path';
SELECT name, version, comment, t_strip(source) AS source FROM pg_extension_available() WHERE name LIKE 't\_foo%';
SELECT t_strip(file) AS file FROM pg_extension_broken();
SELECT '$system:' || :'dir' || '/two' AS path \gset
SET pg_extman.control_path = :'path';
SELECT name, version, comment, t_strip(source) AS source FROM pg_extension_available() WHERE name LIKE 't\_foo%';

-- An element that is no folder, and one that may not be read.
DO $$ BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L',
        format('mkdir -m 0 ''%s/extman_path/closed''', current_setting('data_directory')));
END $$;
SELECT :'dir' || '/one/t_one/control:' || :'dir' || '/closed:' || :'dir' || '/one' AS path \gset
SET pg_extman.control_path = :'path';
SELECT name, version FROM pg_extension_available() WHERE source LIKE :'dir' || '/%';
SELECT t_strip(file) AS file, message FROM pg_extension_broken() WHERE message NOT LIKE '%shadowed%';

-- Clean up.
SELECT name FROM pg_extension_uninstall('t_one');
RESET pg_extman.control_path;
DO $$ BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L',
        format('rm -rf ''%s/extman_path''', current_setting('data_directory')));
END $$;
DROP PROCEDURE t_package;
DROP FUNCTION t_strip;
