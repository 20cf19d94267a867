--
-- Overlays: folders that add constraints to core's extensions
--
\set SHOW_CONTEXT never

CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE t_shell(command text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L', command);
END $$;
CREATE PROCEDURE t_put(file text, content text) LANGUAGE plpgsql AS $$
BEGIN
    CALL t_shell(format('mkdir -p "$(dirname ''%1$s'')" && printf ''%2$s'' > ''%1$s''', file, content));
END $$;
SELECT current_setting('data_directory') || '/extman_overlays' AS dir \gset
CREATE FUNCTION t_strip(path text) RETURNS text LANGUAGE sql AS
    $$ SELECT regexp_replace(path, '^.*/(extension|extman_overlays)/', '\1/') $$;
SELECT :'dir' || '/one:' || :'dir' || '/two' AS path \gset
SET pg_extman.control_path = :'path';

-- Without a version it speaks for all versions, with one for that one.
CALL t_put(:'dir' || '/one/earthdistance/control',
    E'name = earthdistance\ndepends = cube (>= 1.3, < 1.5)\nprovides = distances (= 2)\n');
CALL t_put(:'dir' || '/one/hstore-1.8/control',
    E'name = hstore\nversion = 1.8\nconflicts = citext\ncomment = not used\n');
CALL t_put(:'dir' || '/one/hstore/control', E'name = hstore\nconflicts = pg_trgm (< 1.6)\n');
SELECT name, version, depends, conflicts, provides, t_strip(source) AS source
    FROM pg_extension_available() WHERE name IN ('earthdistance', 'hstore');
SELECT name, comment = 'not used' AS comment_is_the_overlay_s
    FROM pg_extension_available() WHERE name = 'hstore' AND version = '1.8';
SELECT t_strip(file) AS file, message, hint FROM pg_extension_broken() WHERE file LIKE :'dir' || '/%';

-- Its constraints join those of core.
SELECT action, name, new_version, reason FROM pg_extension_plan('earthdistance');
SELECT action, name, new_version, reason FROM pg_extension_plan('distances (>= 2)');
SELECT name FROM pg_extension_plan('earthdistance, cube (= 1.5)');
SELECT action, name, new_version FROM pg_extension_install('citext');
SELECT action, name, new_version, reason FROM pg_extension_install('hstore');
SELECT name FROM pg_extension_install('hstore (= 1.8)');
SELECT name FROM pg_extension_install('pg_trgm (= 1.5)');

-- They hold for what core itself installed, as for what is there already.
DROP EXTENSION hstore;
CREATE EXTENSION hstore VERSION '1.7';
SELECT name FROM pg_extension_install('pg_trgm (= 1.5)');
SELECT action, name, old_version, new_version FROM pg_extension_apply(NULL, NULL, 'hstore');
SELECT action, name, old_version, new_version, reason
    FROM pg_extension_apply(NULL, 'citext', 'hstore');
SELECT name FROM pg_extension_install('citext');

-- Of two that speak for the same, the first on the path counts.
CALL t_put(:'dir' || '/two/hstore-1.8.0/control', E'name = hstore\nversion = 1.8.0\nconflicts = cube\n');
CALL t_put(:'dir' || '/two/hstore/control', E'name = hstore\nconflicts = cube\n');
CALL t_put(:'dir' || '/two/hstore-1.08/control', E'name = hstore\nversion = 1.08\nconflicts = cube\n');
SELECT version, conflicts FROM pg_extension_available() WHERE name = 'hstore' AND version = '1.8';
SELECT t_strip(file) AS file, regexp_replace(message, '".*/extman_', '"extman_') AS message, hint
    FROM pg_extension_broken() WHERE file LIKE :'dir' || '/%';
CALL t_shell(format('rm -r ''%s/two''', :'dir'));

-- One that this server has no extension for, and scripts that are not used.
CALL t_put(:'dir' || '/one/t_nowhere/control', E'name = t_nowhere\ndepends = hstore\n');
CALL t_put(:'dir' || '/one/citext/control', E'name = citext\nsuperuser = false\nschema = x\n');
CALL t_put(:'dir' || '/one/citext/uninstall.sql', E'SELECT 1;\n');
CALL t_put(:'dir' || '/one/citext/upgrade--1.5--1.6.sql', E'SELECT 1;\n');
CALL t_put(:'dir' || '/one/citext/upgrade--1.6--9.sql', E'SELECT 1;\n');
CALL t_put(:'dir' || '/one/seg/control', E'name = seg\nunknown = x\n');
SELECT t_strip(file) AS file, message, hint FROM pg_extension_broken() WHERE file LIKE :'dir' || '/%';
SELECT name FROM pg_extension_install('t_nowhere');
SELECT name, new_version FROM pg_extension_plan('citext');
SELECT name, new_version FROM pg_extension_plan('seg');

-- A package of the same name takes precedence, over all of core's versions.
SELECT name, version FROM pg_extension_installed() WHERE name = 'hstore';
DROP EXTENSION hstore;
CALL t_put(:'dir' || '/one/hstore-0.1/control',
    E'name = hstore\nversion = 0.1\ncomment = another hstore\nrelocatable = true\n');
CALL t_put(:'dir' || '/one/hstore-0.1/install.sql', E'CREATE TABLE t_other_hstore (id integer);\n');
SELECT version, comment, t_strip(source) AS source FROM pg_extension_available() WHERE name = 'hstore';
SELECT t_strip(file) AS file, message, hint FROM pg_extension_broken()
    WHERE file LIKE :'dir' || '/%/hstore%';
SELECT name, new_version FROM pg_extension_install('hstore');
TABLE t_other_hstore;

-- Once it is gone from the disk, core's come forward again, not related to it.
CALL t_shell(format('rm -r ''%s/one/hstore-0.1''', :'dir'));
SELECT version, installed FROM pg_extension_available() WHERE name = 'hstore';
SELECT name FROM pg_extension_apply(NULL, NULL, 'hstore (>= 1.4)');
SELECT name FROM pg_extension_uninstall('hstore');

-- Those that are shipped.
SELECT regexp_replace(source, '/extension/.*', '/overlays') AS shipped
    FROM pg_extension_available() WHERE name = 'plpgsql' \gset
SET pg_extman.control_path = :'shipped';
SELECT regexp_replace(b.file, '.*/overlays/', '') AS file, b.message FROM pg_extension_broken() b
    WHERE b.file LIKE '%/overlays/%' AND b.message NOT LIKE '%, which this server does not have';
SELECT name, depends FROM pg_extension_available() WHERE name = 'earthdistance';
SELECT name FROM pg_extension_plan('earthdistance, cube (< 1.5)');

-- Clean up.
CALL t_shell(format('rm -r ''%s''', :'dir'));
RESET pg_extman.control_path;
DROP FUNCTION t_strip(text);
DROP PROCEDURE t_put(text, text);
DROP PROCEDURE t_shell(text);
