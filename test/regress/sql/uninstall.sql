--
-- pg_extension_uninstall(): by the script that was recorded
--
\set SHOW_CONTEXT never

SELECT name FROM pg_extension_install('foo');

-- Needed by another one.
SELECT * FROM pg_extension_uninstall('bar');
SELECT * FROM pg_extension_uninstall('bar (= 1.1), baz');

-- pg_extman stays while there are packages.
DROP EXTENSION pg_extman;

-- Together, or with cascade: what depends on it goes first.
BEGIN;
SELECT step, action, name, old_version, new_version, schema, reason
    FROM pg_extension_uninstall('bar, foo');
ROLLBACK;
SELECT step, action, name, old_version, new_version, schema, reason
    FROM pg_extension_uninstall('bar', cascade => true);
SELECT extname FROM pg_extension WHERE extname IN ('foo', 'bar', 'baz');
SELECT name FROM extman.snapshot;
TABLE extman.policy;
SELECT kind, request, step, action, name, old_version, new_version
    FROM extman.history WHERE at = (SELECT max(at) FROM extman.history) ORDER BY step;

-- What is not there.
SELECT * FROM pg_extension_uninstall('bar');
SELECT * FROM pg_extension_uninstall('no_such_thing', cascade => true);
SELECT * FROM pg_extension_uninstall('baz (> 7)');
SELECT * FROM pg_extension_uninstall('pg_extman');
SELECT * FROM pg_extension_uninstall(NULL);

-- The uninstall script runs, and it is the recorded one.
SELECT name, new_version FROM pg_extension_install('t_chain (= 1.0)');
SELECT name, old_version FROM pg_extension_uninstall('t_chain');
SELECT name FROM pg_extension_install('t_trusted');
SELECT name FROM pg_extension_uninstall('t_trusted');
SELECT to_regclass('t_trusted_log');

-- Other objects that depend on it.
SELECT name FROM pg_extension_install('t_foo, t_foo_bar');
CREATE VIEW t_outside AS SELECT t_foo();
SELECT name FROM pg_extension_uninstall('t_foo');
SELECT name FROM pg_extension_uninstall('t_foo', cascade => true);
SELECT to_regclass('t_outside');

-- The neighbour whose name begins in the same way is still there.
SELECT t_foo_bar();

-- One of two alternatives goes: what depends on either now depends on the other.
SELECT name FROM pg_extension_install('t_either');
SELECT name FROM pg_extension_install('t_foo');
SELECT name FROM pg_extension_uninstall('t_foo_bar');
SELECT r.extname AS needs
    FROM pg_depend d
    JOIN pg_extension e ON d.classid = 'pg_extension'::regclass AND d.objid = e.oid
    JOIN pg_extension r ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = r.oid
    WHERE d.deptype = 'n' AND e.extname = 't_either' ORDER BY 1;
SELECT action, name FROM pg_extension_apply('t_foo_bar', 't_foo', NULL);
SELECT r.extname AS needs
    FROM pg_depend d
    JOIN pg_extension e ON d.classid = 'pg_extension'::regclass AND d.objid = e.oid
    JOIN pg_extension r ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = r.oid
    WHERE d.deptype = 'n' AND e.extname = 't_either' ORDER BY 1;
SELECT action, name FROM pg_extension_uninstall('t_foo_bar, t_either');

-- An extension of core's: as its DROP EXTENSION does it.
SELECT action, name, schema, reason FROM pg_extension_uninstall('plpgsql');
CREATE EXTENSION plpgsql;

-- What core dropped behind our back is not installed, whatever was recorded.
SELECT name FROM pg_extension_install('t_foo_bar');
ALTER EVENT TRIGGER pg_extman_on_drop DISABLE;
SET pg_extman.native_commands = off;
DROP EXTENSION t_foo_bar;
RESET pg_extman.native_commands;
ALTER EVENT TRIGGER pg_extman_on_drop ENABLE ALWAYS;
SELECT name FROM extman.snapshot WHERE name = 't_foo_bar';
SELECT * FROM pg_extension_uninstall('t_foo_bar');
SELECT name FROM pg_extension_install('t_foo_bar');
SELECT name FROM pg_extension_uninstall('t_foo_bar');

BEGIN READ ONLY;
SELECT * FROM pg_extension_uninstall('baz');
ROLLBACK;
SELECT name FROM pg_extension_uninstall('baz');
SELECT extname FROM pg_extension WHERE extname NOT IN ('plpgsql', 'pg_extman');
