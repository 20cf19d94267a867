--
-- What the owner of a trusted package can do to it without owning its members,
-- so that its next script would run code of his as a superuser.  Each attempt
-- would warn with the name of the user that it got hold of.
--
\set SHOW_CONTEXT never
CREATE ROLE regress_extman_mallory;
DO $$ BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_extman_mallory', current_database());
END $$;
CREATE FUNCTION public.t_who() RETURNS int LANGUAGE plpgsql AS
    $$ BEGIN RAISE WARNING 'ran as superuser: %', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user); RETURN 1; END $$;
GRANT EXECUTE ON FUNCTION public.t_who() TO PUBLIC;

-- A schema of his takes the name of the renamed one.
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_install('t_renamed (= 1.0)');
SELECT schema FROM extman.snapshot WHERE name = 't_renamed';
ALTER SCHEMA t_renamed RENAME TO t_renamed_old;
CREATE SCHEMA t_renamed;
CREATE FUNCTION t_renamed.helper() RETURNS int LANGUAGE sql AS 'SELECT public.t_who()';
SELECT name FROM pg_extension_apply(NULL, NULL, 't_renamed');
-- As the owner of the extension, and no more.
BEGIN;
SELECT name FROM pg_extension_uninstall('t_renamed');
ROLLBACK;
RESET ROLE;
BEGIN;
SELECT name FROM pg_extension_uninstall('t_renamed');
ROLLBACK;
-- With its name back it is as before.
DROP SCHEMA t_renamed CASCADE;
ALTER SCHEMA t_renamed_old RENAME TO t_renamed;
SET ROLE regress_extman_mallory;
SELECT name FROM pg_extension_apply(NULL, NULL, 't_renamed');
SELECT name FROM pg_extension_uninstall('t_renamed');

-- The same, two dependencies away.
SELECT name FROM pg_extension_install('t_deep_mid');
ALTER SCHEMA t_deep_low RENAME TO t_deep_low_old;
CREATE SCHEMA t_deep_low;
CREATE FUNCTION t_deep_low.f(int) RETURNS int LANGUAGE sql AS 'SELECT public.t_who()';
SELECT name FROM pg_extension_install('t_deep_top');
DROP SCHEMA t_deep_low CASCADE;
ALTER SCHEMA t_deep_low_old RENAME TO t_deep_low;
SELECT name FROM pg_extension_install('t_deep_top');
SELECT name FROM pg_extension_uninstall('t_deep_top, t_deep_mid, t_deep_low');

-- A schema of his becomes a member.
SELECT name FROM pg_extension_install('t_inner (= 1.0)');
CREATE SCHEMA t_inner_more;
CREATE FUNCTION t_inner_more.f(int) RETURNS int LANGUAGE sql AS 'SELECT public.t_who()';
ALTER EXTENSION t_inner ADD SCHEMA t_inner_more;
SELECT name FROM pg_extension_apply(NULL, NULL, 't_inner');
ALTER EXTENSION t_inner DROP SCHEMA t_inner_more;
DROP SCHEMA t_inner_more CASCADE;
SELECT name FROM pg_extension_apply(NULL, NULL, 't_inner');
SELECT name FROM pg_extension_uninstall('t_inner');

-- A trigger on a member table.
SELECT name FROM pg_extension_install('t_granted');
CREATE SCHEMA regress_extman_mallory;
CREATE FUNCTION regress_extman_mallory.trap() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM public.t_who(); RETURN OLD; END $$;
CREATE TRIGGER trap BEFORE DELETE ON t_granted.t FOR EACH ROW EXECUTE FUNCTION regress_extman_mallory.trap();
INSERT INTO t_granted.t VALUES (1);
BEGIN;
SELECT name FROM pg_extension_uninstall('t_granted');
ROLLBACK;
RESET ROLE;
BEGIN;
SELECT name FROM pg_extension_uninstall('t_granted');
ROLLBACK;
DROP TRIGGER trap ON t_granted.t;
-- A foreign key that cascades to a table with a trigger.
SET ROLE regress_extman_mallory;
CREATE TABLE regress_extman_mallory.child (a int REFERENCES t_granted.t ON DELETE CASCADE);
CREATE TRIGGER trap AFTER DELETE ON regress_extman_mallory.child FOR EACH ROW EXECUTE FUNCTION regress_extman_mallory.trap();
INSERT INTO regress_extman_mallory.child VALUES (1);
RESET ROLE;
BEGIN;
SELECT name FROM pg_extension_uninstall('t_granted', true);
ROLLBACK;
SET ROLE regress_extman_mallory;
DROP TABLE regress_extman_mallory.child;
SELECT name FROM pg_extension_uninstall('t_granted');
RESET ROLE;

DROP SCHEMA t_renamed, t_deep_low, t_deep_mid, t_deep_top, t_inner, t_granted;
DROP SCHEMA IF EXISTS t_inner_more;
DROP SCHEMA regress_extman_mallory CASCADE;
DROP FUNCTION public.t_who();
DO $$ BEGIN
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_extman_mallory', current_database());
END $$;
DROP ROLE regress_extman_mallory;
