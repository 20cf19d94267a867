--
-- What a superuser may do to the tables and types of pg_extman: indexes and
-- columns of their own are fine, anything else is an error, never a crash
--
\set SHOW_CONTEXT never
\set VERBOSITY terse
-- Indexes with expressions and predicates, and more columns.
CREATE INDEX t_history_lower ON extman.history (lower(request));
CREATE INDEX t_policy_held ON extman.policy (name) WHERE held;
ALTER TABLE extman.history ADD COLUMN t_note text DEFAULT 'x';
ALTER TABLE extman.history ADD COLUMN t_gone int;
ALTER TABLE extman.history DROP COLUMN t_gone;
SELECT name FROM pg_extension_install('foo');
SET enable_seqscan = off;
SELECT name, t_note IS NULL AS left_empty FROM extman.history
    WHERE lower(request) = 'foo' ORDER BY at, step;
RESET enable_seqscan;
DROP INDEX extman.t_history_lower;
DROP INDEX extman.t_policy_held;
-- A column that must have a value, and that nobody gives one.
ALTER TABLE extman.history DROP COLUMN t_note;
BEGIN;
DELETE FROM extman.history;
ALTER TABLE extman.history ADD COLUMN t_must int NOT NULL;
SELECT name FROM pg_extension_uninstall('foo');
ROLLBACK;
-- Other types, nulls, renamed, dropped.
BEGIN;
ALTER TABLE extman.snapshot ALTER installed_at DROP NOT NULL;
SELECT count(*) FROM pg_extension_installed();
ROLLBACK;
BEGIN;
ALTER TABLE extman.snapshot ALTER source TYPE int USING 7;
SELECT count(*) FROM pg_extension_installed();
ROLLBACK;
BEGIN;
ALTER TABLE extman.snapshot ALTER version DROP NOT NULL;
UPDATE extman.snapshot SET version = NULL;
SELECT count(*) FROM pg_extension_installed();
ROLLBACK;
BEGIN;
ALTER TABLE extman.policy DROP COLUMN held;
SELECT count(*) FROM pg_extension_plan('foo');
ROLLBACK;
BEGIN;
ALTER TABLE extman.policy RENAME TO policy_old;
CREATE TABLE extman.policy (name name NOT NULL, automatic bool NOT NULL, held bool NOT NULL);
SELECT count(*) FROM pg_extension_installed();
ROLLBACK;
BEGIN;
ALTER TYPE extman.plan_step ALTER ATTRIBUTE step TYPE text;
SELECT * FROM pg_extension_plan('bla');
ROLLBACK;
BEGIN;
ALTER TYPE extman.plan_step ADD ATTRIBUTE more text;
SELECT * FROM pg_extension_plan('bla');
ROLLBACK;
-- A key in another order, where bar and baz come before it: it is held already.
BEGIN;
SELECT name FROM pg_extension_install('T_Mixed-case.1');
SELECT pg_extension_hold('T_Mixed-case.1');
ALTER TABLE extman.policy ALTER name TYPE name COLLATE "en-x-icu";
SELECT name FROM extman.policy ORDER BY name;
SELECT pg_extension_hold('T_Mixed-case.1');
ROLLBACK;
-- A row that says nonsense.
BEGIN;
UPDATE extman.snapshot SET control = 'nonsense' WHERE name = 'foo';
SELECT name, version FROM pg_extension_installed() WHERE name = 'foo';
ROLLBACK;
-- Arguments that are too long are refused before anything is parsed.
SELECT pg_extension_explain(repeat('foo|', 300000) || 'foo');
SELECT * FROM pg_extension_plan(uninstall => repeat('foo,', 300000) || 'foo');
SELECT pg_extension_version_satisfies('1', repeat('= 1,', 300000) || '= 1');
SELECT count(*) FROM pg_extension_uninstall('foo, bar, baz');
