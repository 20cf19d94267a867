--
-- pg_extension_install(): what is asked for, with all that it needs
--
\set SHOW_CONTEXT never

-- Everything is a real extension, in the order in which it is needed.
SELECT step, action, name, old_version, new_version, schema, reason
    FROM pg_extension_install('foo');

SELECT extname, extversion, extnamespace::regnamespace, extrelocatable
    FROM pg_extension WHERE extname IN ('foo', 'bar', 'baz') ORDER BY 1;

-- They depend on each other and on pg_extman, so that dumps order themselves.
SELECT e.extname, r.extname AS needs
    FROM pg_depend d
    JOIN pg_extension e ON d.classid = 'pg_extension'::regclass AND d.objid = e.oid
    JOIN pg_extension r ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = r.oid
    WHERE d.deptype = 'n' AND e.extname IN ('foo', 'bar', 'baz') ORDER BY 1, 2;

-- Their objects are members.
SELECT count(*) > 0 AS has_members
    FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
    AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'foo');

-- What was recorded.
SELECT name, version, depends, conflicts, superuser, trusted,
       install_sha256 = sha256(convert_to(install_script, 'UTF8')) AS hash_is_right,
       installed_by = current_user AS by_me, installed_at <= now() AS in_time
    FROM extman.snapshot ORDER BY name;
TABLE extman.policy ORDER BY name;
SELECT kind, request, step, action, name, new_version, schema, by_role = current_user AS by_me
    FROM extman.history WHERE at = (SELECT max(at) FROM extman.history) ORDER BY step;

-- A request that is met already: a notice, and no row.
SELECT * FROM pg_extension_install('foo');
SELECT * FROM pg_extension_install('foo (>= 1.0), baz | nothing');

-- What came along is wanted for itself, once it is asked for by name.
SELECT name, automatic FROM pg_extension_installed() WHERE name IN ('foo', 'bar', 'baz') ORDER BY 1;

-- Of several versions the newest that fits; an alternative that is there first.
SELECT name, new_version, reason FROM pg_extension_install('t_chain (< 1.2)');
SELECT name, new_version FROM pg_extension_install('t_foo_bar');
SELECT name, new_version, reason FROM pg_extension_install('t_either');
SELECT name, new_version FROM pg_extension_install('t_foo (= 1.0-0)');

-- What provides a name stands in for it, at the version that it says.
SELECT name, new_version, reason FROM pg_extension_install('t_on_rival');
SELECT t_on_rival();

-- Names that have to be quoted in SQL, versions of all sorts.
SELECT name, new_version FROM pg_extension_install('T_Mixed-case.1 (>= 1.0~rc1)');
SELECT "T_Mixed-case.1"();

--
-- The schema
--
CREATE SCHEMA t_elsewhere;
SELECT name, schema FROM pg_extension_install('t_plain', schema => 't_elsewhere');
SELECT t_elsewhere.t_plain_who() = current_user AS right_user;
ALTER EXTENSION t_plain SET SCHEMA public;
SELECT t_plain_who() = current_user AS right_user;
SELECT name, schema FROM pg_extension_install('t_schema', schema => 't_elsewhere');
SELECT name, schema FROM pg_extension_install('t_schema');
SELECT count(*) FROM t_schema_home.t_schema_log;
SELECT name, schema FROM pg_extension_install('t_trusted', schema => 't_no_such_schema');

--
-- Scripts that fail: nothing of the whole plan stays, and the session goes on
--
SELECT name FROM pg_extension_uninstall('t_plain');
SELECT name FROM pg_extension_install('t_fails');
SELECT extname FROM pg_extension WHERE extname IN ('t_fails', 't_plain');
SELECT relname FROM pg_class WHERE relname LIKE 't\_fails%' OR relname LIKE 't\_plain%';
SELECT name FROM extman.snapshot WHERE name IN ('t_fails', 't_plain');
SELECT name FROM extman.history WHERE name = 't_fails';
SELECT name FROM pg_extension_install('t_psql');
SELECT name FROM pg_extension_install('t_commits');
SELECT name FROM pg_extension_install('t_nested');
SHOW search_path;
SHOW check_function_bodies;
SHOW client_min_messages;
SELECT name FROM pg_extension_install('t_plain');

-- A script may look at what is installed, itself included.
SELECT name FROM pg_extension_install('t_looks');
SELECT name FROM t_looks_seen WHERE name IN ('t_foo', 't_looks', 't_foo_bar') ORDER BY 1;

--
-- Transactions
--
BEGIN;
SELECT name FROM pg_extension_install('t_super');
SELECT name, installed FROM pg_extension_available() WHERE name = 't_super';
ROLLBACK;
SELECT name, installed FROM pg_extension_available() WHERE name = 't_super';

BEGIN;
SAVEPOINT before;
SELECT name FROM pg_extension_install('t_super');
ROLLBACK TO before;
SELECT name FROM pg_extension_install('t_super');
COMMIT;
SELECT count(*) FROM t_super_log;

BEGIN READ ONLY;
SELECT name FROM pg_extension_install('t_trusted');
ROLLBACK;

BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM pg_extension WHERE extname = 't_trusted';
SELECT name FROM pg_extension_install('t_trusted');
SELECT name FROM pg_extension_install('t_trusted');
COMMIT;

BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT name FROM pg_extension_uninstall('t_trusted');
SELECT name FROM pg_extension_install('t_trusted');
COMMIT;

--
-- Core's own commands on a package
--
SELECT extname, extversion, extnamespace::regnamespace, obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 't_plain';
DROP EXTENSION t_plain;
SELECT name, installed FROM pg_extension_available() WHERE name = 't_plain';
SELECT name FROM pg_extension_install('t_plain');
SELECT count(*) FROM extman.snapshot WHERE name = 't_plain';

--
-- Requests that are none
--
SELECT * FROM pg_extension_install(NULL);
SELECT * FROM pg_extension_install('');
SELECT * FROM pg_extension_install('foo (');
SELECT * FROM pg_extension_install('foo baz');
SELECT * FROM pg_extension_install(E'foo,\nbar (1.0)');
SELECT * FROM pg_extension_install('fooo');
SELECT * FROM pg_extension_install('t_needs_absent');

-- Clean up.
SELECT name FROM pg_extension_uninstall('t_either');
SELECT count(*) > 0 AS done FROM pg_extension_uninstall(
    (SELECT string_agg(name, ', ' ORDER BY name) FROM extman.snapshot), cascade => true);
SELECT name FROM extman.snapshot;
TABLE extman.policy;
DROP SCHEMA t_elsewhere, t_schema_home;
