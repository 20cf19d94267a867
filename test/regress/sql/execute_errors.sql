--
-- Errors in a file that pg_execute_from_file() runs: what is said, and where it is
--
\set SHOW_CONTEXT always

CREATE PROCEDURE t_put(content bytea) LANGUAGE plpgsql AS $$
DECLARE
    large oid := lo_from_bytea(0, content);
BEGIN
    PERFORM lo_export(large, 'extman_errors.sql');
    PERFORM lo_unlink(large);
END $$;
CREATE PROCEDURE t_put(content text) LANGUAGE plpgsql AS
    $$ BEGIN CALL t_put(convert_to(content, 'UTF8')); END $$;
\set run 'SELECT pg_execute_from_file(''extman_errors.sql'') \\g \\echo SQLSTATE :SQLSTATE'

CREATE TABLE t_row (id int PRIMARY KEY, word text CHECK (word <> 'bad'));
CREATE FUNCTION t_raise() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'raised' USING ERRCODE = 'U0001', DETAIL = 'The detail.', HINT = 'The hint.',
        TABLE = 't_row', COLUMN = 'word', CONSTRAINT = 'none';
END $$;
CREATE FUNCTION t_parse() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    RETURN no_such_column + 1;
END $$;
CREATE FUNCTION t_inner(x int) RETURNS int LANGUAGE sql AS $$
    SELECT 1 / x
$$;

-- The parser's errors have a position, in the statement as it is executed.
CALL t_put(E'SELECT 1;\n\n-- a comment\nSELECT 1,\n    2 3;\nSELECT 4;\n');
:run
CALL t_put(E'SELECT 1;\nSELECT größe,\n       kürze\nFROM (SELECT 1 AS größe) AS maß;\n');
:run
CALL t_put(E'\n\nCREATE TABLE t_made (x no_such_type);\n');
:run
CALL t_put(E'\nSELECT :one, :two,\n  :three;\n');
SELECT pg_execute_from_file('extman_errors.sql', NULL, ':one', '1', ':two', '22222222222', ':three', 'no_such_column');

-- Others have none; detail, hint and names stay.
CALL t_put(E'INSERT INTO t_row VALUES (1, ''a'');\n/* two\nlines */ INSERT INTO t_row\n  VALUES (1, ''b'');\n');
:run
CALL t_put(E'SELECT 1;\nSELECT t_raise();\n');
:run
DO $$
DECLARE
    relation text;
    attribute text;
    rule text;
BEGIN
    PERFORM pg_execute_from_file('extman_errors.sql');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS relation = TABLE_NAME, attribute = COLUMN_NAME, rule = CONSTRAINT_NAME;
    RAISE NOTICE '% % %', relation, attribute, rule;
END $$;

-- A function that the statement calls shows its own context, and its own position.
CALL t_put(E'SELECT 1;\n\nSELECT t_inner(0);\n');
:run
CALL t_put(E'SELECT 1;\n\nSELECT\n  t_parse();\n');
:run
CALL t_put(E'SELECT 1;\n\nDO $$\nBEGIN\n  PERFORM 1;\n  PERFORM * FROM no_such_table;\nEND $$;\n');
:run
CALL t_put(E'SELECT 1;\nCREATE FUNCTION t_made() RETURNS int LANGUAGE sql AS $$\n  SELECT no_such_column\n$$;\n');
:run
CALL t_put(E'SELECT 1;\nCREATE FUNCTION t_made() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1\nEND $$;\n');
:run

-- A file that a file executes.
CALL t_put(E'SELECT 1;\nSELECT pg_execute_from_file(\n  ''no/such/file.sql'');\n');
:run

-- Without an end: the last statement, a quote, a comment, a body.
CALL t_put(E'SELECT 1;\nSELECT 2 +');
:run
CALL t_put(E'SELECT 1;\nSELECT no_such_column');
:run
CALL t_put(E'SELECT 1;\nSELECT\n  ''never closed;\nSELECT 3;\n');
:run
CALL t_put(E'SELECT 1;\nSELECT "never closed;\nSELECT 3;\n');
:run
CALL t_put(E'SELECT 1;\nSELECT $a$ never closed $$;\nSELECT 3;\n');
:run
CALL t_put(E'SELECT 1;\n/* never closed;\nSELECT 3;\n');
:run
CALL t_put(E'SELECT 1;\nCREATE FUNCTION t_made() RETURNS int BEGIN ATOMIC SELECT 1;\nSELECT 3;\n');
:run

-- Long statements are shown in part, cut between characters.
CALL t_put('SELECT ' || repeat('''größer'', ', 400) || '1 / 0');
:run
CALL t_put('SELECT ' || repeat('''größer'', ', 400) || 'no_such_column, ' || repeat('''kürzer'', ', 400) || '1');
:run
CALL t_put('SELECT ' || repeat('''größer'', ', 400) || 't_raise()');
:run
CALL t_put('COPY t_row FROM stdin WITH (FORMAT csv, NULL ''' || repeat('ö', 1200) || ''');' || E'\nx,y\n');
:run

CALL t_put('SELECT ''' || repeat('größer; ', 400));
:run

-- COPY data: the line of the file.
CALL t_put(E'SELECT 1;\n\nCOPY t_row FROM stdin;\n1\ta\n2\tb\nx\tc\n4\td\n\\.\n');
:run
CALL t_put(E'SELECT 1;\n\nCOPY t_row (id,\n  word) FROM stdin; -- data\n1\ta\n2\tbad\n3\tc\n\\.\n');
:run
CALL t_put(E'COPY t_row FROM stdin WITH (FORMAT csv, HEADER);\nid,word\n1,"a\nb"\n1,c\n\\.\n');
:run
CALL t_put(E'SELECT 1;\n\nCOPY t_row FROM stdin;\n1\ta\n2\tb\textra\n\\.\n');
:run
CALL t_put(E'SELECT 1;\n\nCOPY t_row FROM stdin;\n1\ta\n2\n');
:run
CALL t_put(E'SELECT 1;\n\nCOPY no_such_table FROM stdin;\n1\ta\n\\.\n');
:run
CALL t_put(E'SELECT 1;\n\nCOPY t_row (id, no_such_column) FROM stdin;\n1\ta\n\\.\n');
:run
CALL t_put(E'SELECT 1;\nCOPY t_row FROM stdin; SELECT 2;\n1\ta\n\\.\n');
:run

-- The same when a trigger raises it; what is behind the data is no line of it.
CREATE FUNCTION t_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = 2 THEN
        RAISE EXCEPTION 'not two, %', TG_WHEN;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER t_before BEFORE INSERT ON t_row FOR EACH ROW EXECUTE FUNCTION t_trigger();
CALL t_put(E'\n\nCOPY t_row FROM stdin;\n1\ta\n2\tb\n3\tc\n\\.\n');
:run
DROP TRIGGER t_before ON t_row;
CREATE TRIGGER t_after AFTER INSERT ON t_row FOR EACH ROW EXECUTE FUNCTION t_trigger();
:run
DROP TRIGGER t_after ON t_row;

-- A file that is executed while another one's data is read.
CREATE FUNCTION t_nested() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = 2 THEN
        CALL t_put(E'\nCREATE TEMP TABLE t_inner_row (id int);\nCOPY t_inner_row FROM stdin;\n5\n6\nx\n\\.\n');
        PERFORM pg_execute_from_file('extman_errors.sql');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER t_before BEFORE INSERT ON t_row FOR EACH ROW EXECUTE FUNCTION t_nested();
:run
DROP TRIGGER t_before ON t_row;

-- What is no text names its line.  What comes before was executed, and is undone.
CALL t_put(convert_to(E'CREATE TABLE t_made ();\nSELECT 1;\nSELECT ''caf', 'UTF8') || '\xe9' || convert_to(E''';\n', 'UTF8'));
:run
CALL t_put(convert_to(E'SELECT 1;\nSELECT ''caf', 'UTF8') || '\x00' || convert_to(E''';\n', 'UTF8'));
:run
CALL t_put(convert_to(E'SELECT 1;\n\n-- ', 'UTF8') || '\xc3');
:run
CALL t_put(convert_to(E'CREATE TABLE t_made ();\n', 'UTF8') || convert_to(repeat(E'SELECT ''größer'';\n', 10000), 'UTF8') || '\xe9' || convert_to(E';\n', 'UTF8'));
:run
SELECT to_regclass('t_made');
CALL t_put(convert_to(E'SELECT 1;\n\nSELECT ''', 'UTF8') || '\x81' || convert_to(E''';\n', 'UTF8'));
SELECT pg_execute_from_file('extman_errors.sql', 'WIN1252');
SELECT pg_execute_from_file('extman_errors.sql', 'LATIN1');
SELECT pg_execute_from_file('extman_errors.sql', 'no_such');
CREATE TABLE t_data (word text);
CALL t_put(convert_to(E'SELECT 1;\nCOPY t_data FROM stdin;\n', 'UTF8') || convert_to(repeat(E'größer\n', 50000), 'UTF8') || '\xe9' || convert_to(E'\n\\.\n', 'UTF8'));
DO $$
DECLARE
    context text;
BEGIN
    PERFORM pg_execute_from_file('extman_errors.sql');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
    RAISE NOTICE '%: % %', SQLSTATE, SQLERRM, regexp_replace(context, E'\nCOPY t_data, line .*', '');
END $$;

-- However it falls into slices: characters of one to four bytes, a long line.
CALL t_put(repeat(E'INSERT INTO t_data VALUES (''aö€🐘'');\n', 30000) || E'INSERT INTO t_data VALUES (''' || repeat('aö€🐘', 30000) || ''')');
SELECT pg_execute_from_file('extman_errors.sql');
SELECT word = repeat('aö€🐘', greatest(1, length(word) / 4)) AS same, count(*), min(length(word)) FROM t_data GROUP BY 1, length(word) ORDER BY 3;
TRUNCATE t_data;
CALL t_put(convert_to(repeat(E'INSERT INTO t_data VALUES (''aö€日本'');\n', 30000) || E'COPY t_data FROM stdin;\n' || repeat('aö€日本', 30000), 'EUC_JIS_2004'));
SELECT pg_execute_from_file('extman_errors.sql', 'EUC_JIS_2004');
SELECT word = repeat('aö€日本', greatest(1, length(word) / 5)) AS same, count(*), min(length(word)) FROM t_data GROUP BY 1, length(word) ORDER BY 3;
DROP TABLE t_data;

-- Commands that a file may not hold.
CALL t_put(E'SELECT 1;\n\nCOMMIT AND CHAIN;\n');
:run
CALL t_put(E'SELECT 1;\nCOPY t_row TO stdout;\n');
:run
CALL t_put(E'SELECT 1;\n\\connect postgres\nSELECT 1;\n');
:run
CALL t_put(E'SELECT 1;\n\\i other.sql\nSELECT 1;\n');
:run
CALL t_put(E'\\restrict aB1\nSELECT 1;\n\\unrestrict aB1\n');
:run
CALL t_put(E'\\restrict aB1\n\\! id\n\\unrestrict aB1\n');
:run

-- What the file sets ends with it, however it ends.
CREATE ROLE regress_extman_other;
CALL t_put(E'SET search_path = pg_temp;\nSET client_encoding = ''LATIN1'';\nSELECT set_config(''extman.tried'', ''yes'', false);\nSET SESSION AUTHORIZATION regress_extman_other;\nSET TIME ZONE 5;\nSET LOCAL work_mem = ''1MB'';');
SET search_path = public, pg_temp;
SET extman.tried = 'no';
SET TIME ZONE 'UTC';
SELECT pg_execute_from_file('extman_errors.sql');
SELECT pg_execute_from_file('extman_errors.sql', 'UTF8');
SELECT current_setting('search_path'), current_setting('client_encoding'), current_setting('extman.tried'),
       current_setting('TimeZone'), current_user = session_user AS same, session_user = 'regress_extman_other' AS other;
CALL t_put(E'SET ROLE regress_extman_other;\nSET search_path = pg_temp;\nSELECT 1 / 0;\n');
\set SHOW_CONTEXT never
BEGIN;
SAVEPOINT s;
:run
ROLLBACK TO s;
SELECT current_setting('search_path'), current_user = session_user AS same;
COMMIT;
RESET ALL;
DROP ROLE regress_extman_other;

-- Clean up.
CREATE TEMP TABLE t_output (line text);
COPY pg_temp.t_output FROM PROGRAM 'rm extman_errors.sql';
DROP PROCEDURE t_put(text), t_put(bytea);
DROP TABLE t_row;
DROP FUNCTION t_raise, t_parse, t_inner, t_trigger, t_nested;
