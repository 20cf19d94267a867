--
-- pg_execute_from_file(): a file of SQL on the server
--
\set SHOW_CONTEXT never

CREATE TEMP TABLE t_output (line text);
CREATE PROCEDURE t_put(file text, content bytea) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L',
        format('echo %s | base64 -d > ''%s''', translate(encode(content, 'base64'), E'\n', ''), file));
END $$;
CREATE PROCEDURE t_put(file text, content text) LANGUAGE plpgsql AS
    $$ BEGIN CALL t_put(file, convert_to(content, 'UTF8')); END $$;
CREATE FUNCTION t_execute(file text, encoding name, VARIADIC placeholders text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    message text;
    detail text;
BEGIN
    RETURN pg_execute_from_file(file, encoding, VARIADIC placeholders);
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
    RETURN SQLSTATE || ': ' || replace(concat_ws(' / ', message, nullif(detail, '')),
                                       current_setting('t_execute.dir') || '/', '');
END $$;
SELECT set_config('t_execute.dir', current_setting('data_directory'), false) || '/extman_execute.sql' AS file \gset

-- An absolute path, and a relative one, which is below the data directory.
CALL t_put(:'file', E'CREATE TEMP TABLE t_done (what text);\n-- a comment; with a semicolon\n;;\nINSERT INTO t_done VALUES (''one;two'');\nINSERT INTO t_done VALUES ($$three;$$)');
SELECT pg_execute_from_file(:'file');
TABLE t_done;
DROP TABLE t_done;
SELECT pg_execute_from_file('extman_execute.sql');
DROP TABLE t_done;

-- Each statement sees what the one before did; the caller's settings hold.
CALL t_put(:'file', E'SET search_path = pg_catalog;\nCREATE TABLE public.t_made AS SELECT current_setting(''search_path'') AS path;\nALTER TABLE public.t_made ADD COLUMN n int DEFAULT 7;\nUPDATE public.t_made SET n = n + 1;\nRESET search_path;\n');
SELECT pg_execute_from_file(:'file');
TABLE t_made;
DROP TABLE t_made;

-- Placeholders: pairs, inserted as they are, once, the longest first.
CALL t_put(:'file', E'CREATE TABLE :schema.:table (:columns);\nINSERT INTO :schema.:table VALUES (:value, :value2);\n');
SELECT pg_execute_from_file(:'file', NULL, ':schema', 'public', ':table', 't_made',
                            ':columns', 'a text, b text', ':value', quote_literal(':value2'), ':value2', quote_literal('two'));
TABLE t_made;
DROP TABLE t_made;
SELECT pg_execute_from_file(:'file', NULL, VARIADIC ARRAY[':schema', 'public', ':table', 't_made',
                            ':columns', 'a int, b int', ':value', '1']);
TABLE t_made;
DROP TABLE t_made;
SELECT t_execute(:'file', NULL, ':schema');
SELECT t_execute(:'file', NULL, ':schema', 'public', ':table');
SELECT t_execute(:'file', NULL, ':schema', NULL);
SELECT t_execute(:'file', NULL, NULL, 'public');
SELECT t_execute(:'file', NULL, '', 'public');

-- Encodings.
CALL t_put(:'file', convert_to(E'CREATE TABLE t_made AS SELECT ''caf\u00e9''::text AS drink;', 'LATIN1'));
SELECT t_execute(:'file', NULL, VARIADIC '{}');
SELECT t_execute(:'file', 'LATIN1', VARIADIC '{}');
SELECT drink, length(drink) FROM t_made;
DROP TABLE t_made;
SELECT t_execute(:'file', 'no_such_encoding', VARIADIC '{}');

-- Errors name the statement's own SQLSTATE; nothing of the file stays.
CALL t_put(:'file', E'CREATE TABLE t_made (x int);\nSELECT 1 / 0;\n');
SELECT t_execute(:'file', NULL, VARIADIC '{}');
SELECT to_regclass('t_made');
CALL t_put(:'file', E'CREATE TABLE t_made (x int);\nCOMMIT;\n');
SELECT t_execute(:'file', NULL, VARIADIC '{}');
SELECT to_regclass('t_made');
CALL t_put(:'file', E'SELECT 1;\n\\! id\n');
SELECT t_execute(:'file', NULL, VARIADIC '{}');
CALL t_put(:'file', 'SELECT ''never closed;');
SELECT t_execute(:'file', NULL, VARIADIC '{}');

-- An empty file has no statement; null is null.
CALL t_put(:'file', E'-- nothing\n/* at all */\n\\echo and this is skipped\n');
SELECT pg_execute_from_file(:'file');
SELECT pg_execute_from_file(NULL) IS NULL AS is_null;

-- Paths that are none.
SELECT t_execute('', NULL, VARIADIC '{}');
SELECT t_execute('no/such/file.sql', NULL, VARIADIC '{}');
SELECT t_execute('base', NULL, VARIADIC '{}');
SELECT t_execute('/dev/zero', NULL, VARIADIC '{}');

-- It runs as the caller, who must be one who may read the server's files.
CREATE ROLE regress_extman_reader;
CREATE ROLE regress_extman_nobody;
GRANT pg_read_server_files TO regress_extman_reader;
CALL t_put(:'file', 'SELECT rolpassword FROM pg_catalog.pg_authid');
SET ROLE regress_extman_reader;
SELECT t_execute(:'file', NULL, VARIADIC '{}');
RESET ROLE;
CALL t_put(:'file', 'SELECT 1');
SET ROLE regress_extman_reader;
SELECT pg_execute_from_file('extman_execute.sql');
RESET ROLE;
SET ROLE regress_extman_nobody;
SELECT pg_execute_from_file('extman_execute.sql');
RESET ROLE;

-- Being granted EXECUTE is not enough.
GRANT EXECUTE ON FUNCTION pg_execute_from_file TO regress_extman_nobody;
SET ROLE regress_extman_nobody;
SELECT pg_execute_from_file('extman_execute.sql');
RESET ROLE;
REVOKE EXECUTE ON FUNCTION pg_execute_from_file FROM regress_extman_nobody;
DROP ROLE regress_extman_reader, regress_extman_nobody;

BEGIN READ ONLY;
SELECT pg_execute_from_file('extman_execute.sql');
ROLLBACK;

-- Clean up.
DO $$ BEGIN
    EXECUTE format('COPY pg_temp.t_output FROM PROGRAM %L',
        format('rm ''%s/extman_execute.sql''', current_setting('data_directory')));
END $$;
DROP PROCEDURE t_put(text, text), t_put(text, bytea);
DROP FUNCTION t_execute;
