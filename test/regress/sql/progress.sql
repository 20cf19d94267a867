--
-- extman.progress: what a file that is being executed sees of itself
--
\set SHOW_CONTEXT never
SELECT set_config('t_progress.dir', current_setting('data_directory'), false) || '/extman_progress.sql' AS file \gset

CREATE TABLE t_seen (n serial, command text, step int, steps int, name text, script text, statement int8, line int8,
                     rest boolean);
CREATE FUNCTION t_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO t_seen (command, step, steps, name, script, statement, line, rest)
    SELECT command, step, steps, name, script, statement, line, bytes_done < bytes_total FROM extman.progress
    WHERE pid = pg_backend_pid();
    RETURN NULL;
END $$;
CREATE TABLE t_looks (a text);
CREATE TRIGGER t_look AFTER INSERT ON t_looks FOR EACH STATEMENT EXECUTE FUNCTION t_look();

-- Nothing is done, nothing is seen.
SELECT count(*) FROM extman.progress WHERE pid = pg_backend_pid();

-- A file; a package that it installs; the file again.
COPY (VALUES ('INSERT INTO t_looks VALUES (1);'), ('SELECT pg_extension_install(''t_foo'');'), (''),
             ('INSERT INTO t_looks'), (' VALUES (2);')) TO :'file';
SELECT pg_execute_from_file(:'file');
SELECT command, step, steps, name, script, statement, line, rest FROM t_seen ORDER BY n;
SELECT count(*) FROM extman.progress WHERE pid = pg_backend_pid();

-- An error ends it, also where it is caught.
COPY (VALUES ('INSERT INTO t_looks VALUES (1);'), ('SELECT 1/0;')) TO :'file';
TRUNCATE t_seen;
SELECT set_config('t_progress.file', :'file', false) IS NOT NULL AS file_set;
DO $$
BEGIN
    PERFORM pg_execute_from_file(current_setting('t_progress.file'));
EXCEPTION WHEN division_by_zero THEN
    RAISE NOTICE 'caught, % in progress', (SELECT count(*) FROM extman.progress WHERE pid = pg_backend_pid());
END $$;

-- So does an uninstall without a script of its own.
SELECT name FROM pg_extension_uninstall('t_foo');
SELECT count(*) FROM extman.progress WHERE pid = pg_backend_pid();

DROP TABLE t_seen, t_looks;
DROP FUNCTION t_look();
COPY (SELECT) TO :'file';
