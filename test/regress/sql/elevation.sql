--
-- As whom scripts run: more rights than the caller's only where nobody else
-- could have changed what the script uses
--
\set SHOW_CONTEXT never

CREATE ROLE regress_extman_mallory;
CREATE ROLE regress_extman_super SUPERUSER;
CREATE SCHEMA t_home;
GRANT CREATE, USAGE ON SCHEMA t_home TO regress_extman_mallory;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_mallory', current_database());
END $$;
SET search_path = t_home;

-- What mallory puts into a function that a script calls.
CREATE PROCEDURE t_plant(extra text DEFAULT '') LANGUAGE plpgsql AS $outer$ BEGIN
    EXECUTE format($$
CREATE OR REPLACE FUNCTION t_home.t_own_hook(what text) RETURNS void LANGUAGE plpgsql AS $hook$
BEGIN
    RAISE WARNING '%% by %%', what,
        (SELECT CASE WHEN rolsuper THEN 'a superuser' ELSE rolname END FROM pg_roles WHERE rolname = current_user);
    %s
END $hook$ $$, extra);
END $outer$;
CREATE FUNCTION t_state() RETURNS TABLE (name name, version text, owner regrole, superuser bool, trusted bool)
LANGUAGE sql AS $$
    SELECT e.extname, e.extversion, e.extowner::regrole, s.superuser, s.trusted
    FROM pg_extension e LEFT JOIN extman.snapshot s ON s.name = e.extname
    WHERE e.extname LIKE 't\_%' ORDER BY 1
$$;

--
-- trusted alone gives no rights: the members are the caller's
--
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_own (= 1.0)');
CALL t_plant();
SELECT name FROM pg_extension_uninstall('t_own');

-- Nor does it if a superuser uninstalls, directly, by cascade, or upgrades.
SELECT name FROM pg_extension_install('t_own (= 1.0)');
CALL t_plant();
RESET ROLE;
SELECT name FROM pg_extension_apply(NULL, NULL, 't_own (= 1.1)');
SELECT name FROM pg_extension_uninstall('t_own');
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_own (= 1.1)');
CALL t_plant();
RESET ROLE;
SELECT name FROM pg_extension_install('t_guard');
SELECT name FROM pg_extension_install('t_on_own');
SELECT name FROM pg_extension_uninstall('t_own', cascade => true);
SELECT name FROM pg_extension_uninstall('t_guard');
SELECT current_user = session_user AS same;

-- Nor one who is in mallory's role; he may do no more than she.
CREATE ROLE regress_extman_friend IN ROLE regress_extman_mallory;
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_own (= 1.0)');
CALL t_plant();
SET ROLE regress_extman_friend;
SELECT name FROM pg_extension_uninstall('t_own');
SELECT current_user;
RESET ROLE;
DROP ROLE regress_extman_friend;

-- Nothing is left behind that would run as the superuser later.
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_own (= 1.0)');
CALL t_plant('CREATE TEMP TABLE t_left_behind (x int);');
RESET ROLE;
SELECT name FROM pg_extension_uninstall('t_own');
SET ROLE regress_extman_mallory;
CALL t_plant('SET ROLE NONE;');
RESET ROLE;
SELECT name FROM pg_extension_uninstall('t_own');
SET ROLE regress_extman_mallory;
CALL t_plant('CREATE TABLE t_later (x int);
    CREATE CONSTRAINT TRIGGER t_later AFTER INSERT ON t_later DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
    INSERT INTO t_later VALUES (1);');
RESET ROLE;
SELECT name FROM pg_extension_uninstall('t_own');

-- A version that asks for a superuser, on top of mallory's objects: refused to
-- her, the affair of a superuser who wants it, and it makes her no superuser later.
SET ROLE regress_extman_mallory;
CALL t_plant();
SELECT name FROM pg_extension_apply(NULL, NULL, 't_own (= 2.0)');
RESET ROLE;
SELECT name, new_version FROM pg_extension_apply(NULL, NULL, 't_own (= 2.0)');
SELECT * FROM t_state();
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_on_own');
SELECT name FROM pg_extension_uninstall('t_own');

--
-- A script that runs as a superuser uses nothing of others
--

-- Nothing runs, not even what mallory may install.
SELECT name FROM pg_extension_install('t_on_own (= 1.0), t_own (= 1.1)');
SELECT * FROM t_state();
SELECT name FROM pg_extension_install('t_own (= 1.1)');
SELECT name FROM pg_extension_install('t_on_own');
SELECT name FROM pg_extension_uninstall('t_own');
RESET ROLE;
SELECT name FROM pg_extension_install('t_own (= 1.1)');
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_on_own');
SELECT name FROM pg_extension_uninstall('t_on_own');
RESET ROLE;
SELECT name FROM pg_extension_uninstall('t_own');

-- What mallory installed elevated may be needed, until it is something else.
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_any (= 1.0), t_guard (= 1.0)');
SELECT name FROM pg_extension_apply(NULL, NULL, 't_any');
SELECT name FROM pg_extension_uninstall('t_any');
SELECT name FROM pg_extension_install('t_any (= 1.0)');
SELECT name FROM pg_extension_install('t_own (= 1.1)');
SELECT name FROM pg_extension_uninstall('t_guard');
SELECT name FROM pg_extension_apply(NULL, NULL, 't_any');
SELECT name FROM pg_extension_uninstall('t_any');
DROP EXTENSION t_any;
BEGIN;
SET LOCAL pg_extman.native_commands = off;
DROP EXTENSION t_any;
ROLLBACK;
RESET ROLE;
SELECT name FROM pg_extension_uninstall('t_any');
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_uninstall('t_own');

--
-- Members that somebody added
--
SELECT name FROM pg_extension_install('t_guard (= 1.0)');
CREATE FUNCTION t_guard_new() RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT name FROM pg_extension_apply(NULL, NULL, 't_guard');
ALTER EXTENSION t_guard ADD FUNCTION t_guard_new();
SELECT name FROM pg_extension_apply(NULL, NULL, 't_guard');
BEGIN;
SELECT name FROM pg_extension_uninstall('t_guard');
ROLLBACK;
SELECT name FROM pg_extension_install('t_any (= 1.0)');
ALTER EXTENSION t_guard DROP FUNCTION t_guard_new();
DROP FUNCTION t_guard_new();
SELECT name FROM pg_extension_apply(NULL, NULL, 't_guard');
SELECT * FROM t_state();

-- A superuser uninstalls what mallory installed elevated, as a superuser.
RESET ROLE;
SELECT name FROM pg_extension_uninstall('t_guard');

-- Also what was a member once while a superuser's script may have taken it over.
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_guard (= 1.0)');
CREATE FUNCTION t_guard_new() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER EXTENSION t_guard ADD FUNCTION t_guard_new();
RESET ROLE;
SELECT name FROM pg_extension_apply(NULL, NULL, 't_guard');
SET ROLE regress_extman_mallory;
ALTER EXTENSION t_guard DROP FUNCTION t_guard_new();
SELECT * FROM t_state();
SELECT name FROM pg_extension_uninstall('t_guard');
DROP FUNCTION t_guard_new();
RESET ROLE;

-- Without CREATE on the database there is no elevation.
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_guard (= 1.0)');
RESET ROLE;
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_mallory', current_database());
END $$;
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_apply(NULL, NULL, 't_guard');
SELECT name FROM pg_extension_uninstall('t_guard');
RESET ROLE;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_mallory', current_database());
END $$;

-- Who is a superuser no more.
SET ROLE regress_extman_super;
SELECT name FROM pg_extension_install('t_guard (= 1.0)');
RESET ROLE;
SELECT name FROM pg_extension_uninstall('t_guard');
SET ROLE regress_extman_super;
SELECT name FROM pg_extension_install('t_guard (= 1.0)');
RESET ROLE;
ALTER ROLE regress_extman_super NOSUPERUSER;
GRANT CREATE, USAGE ON SCHEMA t_home TO regress_extman_super;
GRANT regress_extman_mallory TO regress_extman_super;
SET ROLE regress_extman_super;
SELECT name FROM pg_extension_apply(NULL, NULL, 't_guard');
SELECT name FROM pg_extension_uninstall('t_guard');

-- Clean up.
RESET ROLE;
RESET search_path;
SELECT * FROM t_home.t_state();
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_mallory', current_database());
END $$;
SET client_min_messages = warning;
DROP SCHEMA t_home CASCADE;
DROP ROLE regress_extman_mallory, regress_extman_super;
