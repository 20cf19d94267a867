--
-- Policy: what is held, what is automatic, and why something is there
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_policy;
\c extman_policy
CREATE EXTENSION pg_extman;
CREATE VIEW policy AS
    SELECT name, version, automatic, held FROM pg_extension_installed() ORDER BY name;

SELECT name FROM pg_extension_install('foo, t_chain (= 1.0)');
TABLE policy;

-- Held: no request changes it, and it stays where it is when all are upgraded.
SELECT pg_extension_hold('t_chain');
SELECT pg_extension_hold('t_chain');
TABLE policy;
SELECT * FROM extman.policy ORDER BY name;
SELECT * FROM pg_extension_install('t_on_chain');
SELECT * FROM pg_extension_uninstall('t_chain');
SELECT * FROM pg_extension_apply('t_plain', 't_chain', NULL);
SELECT pg_extension_unhold('t_chain');
SELECT pg_extension_unhold('t_chain');
SELECT action, name, old_version, new_version FROM pg_extension_install('t_on_chain');

-- Nor does it go by a cascade.
SELECT pg_extension_hold('t_on_chain');
SELECT * FROM pg_extension_uninstall('t_chain', true);
SELECT pg_extension_unhold('t_on_chain');
SELECT count(*) FROM pg_extension_uninstall('t_chain', true);

-- A command that asks for what is there already makes it wanted, if the user
-- may say so.
CREATE ROLE regress_policy_user;
SELECT name FROM pg_extension_install('t_on_chain');
SET ROLE regress_policy_user;
CREATE EXTENSION IF NOT EXISTS t_chain;
RESET ROLE;
SET pg_extman.native_commands = off;
CREATE EXTENSION IF NOT EXISTS t_chain;
RESET pg_extman.native_commands;
CREATE EXTENSION t_chain;
SELECT automatic FROM policy WHERE name = 't_chain';
CREATE EXTENSION IF NOT EXISTS t_chain;
SELECT automatic FROM policy WHERE name = 't_chain';
DROP EXTENSION t_on_chain;
SELECT name FROM pg_extension_autoremove();
DROP EXTENSION t_chain;
DROP ROLE regress_policy_user;

-- The hold goes with the package.
SELECT name FROM pg_extension_install('t_plain');
SELECT pg_extension_hold('t_plain');
SELECT pg_extension_mark('t_plain', true);
DROP EXTENSION t_plain;
SET pg_extman.native_commands = off;
DROP EXTENSION t_plain;
RESET pg_extman.native_commands;
SELECT name FROM pg_extension_install('t_plain');
SELECT * FROM policy WHERE name = 't_plain';
SELECT name FROM pg_extension_uninstall('t_plain');

-- What is left of a package says nothing about an extension of core that has its
-- name, and doesn't come back with a hold of that one.
CREATE EXTENSION hstore;
INSERT INTO extman.snapshot (name, version, control, superuser, trusted, source, schema,
                             installed_by, installed_at)
    SELECT 'hstore', '0.1', control, superuser, trusted, source, schema, installed_by,
           installed_at
    FROM extman.snapshot WHERE name = 'foo';
INSERT INTO extman.policy VALUES ('hstore', true, true);
SELECT automatic, held FROM policy WHERE name = 'hstore';
SELECT pg_extension_hold('hstore');
SELECT automatic, held FROM policy WHERE name = 'hstore';
DROP EXTENSION hstore;
SELECT pg_extension_unhold('hstore');
DROP EXTENSION hstore;

-- Automatic and wanted.
SELECT pg_extension_mark('bar', false);
SELECT pg_extension_mark('bar', false);
SELECT pg_extension_mark('foo', true);
SELECT pg_extension_mark('foo', true);
TABLE policy;
SELECT pg_extension_hold('foo');
SELECT pg_extension_mark('foo', false);
SELECT * FROM extman.policy ORDER BY name;
SELECT pg_extension_unhold('foo');

-- It is for core's extensions, too.
SELECT pg_extension_hold('plpgsql');
SELECT pg_extension_mark('plpgsql', true);
SELECT * FROM policy WHERE name = 'plpgsql';
SELECT * FROM pg_extension_uninstall('plpgsql');
SELECT pg_extension_unhold('plpgsql');
SELECT pg_extension_mark('plpgsql', false);

-- Not for pg_extman, nor for what isn't there.
SELECT pg_extension_hold('pg_extman');
SELECT pg_extension_mark('pg_extman', true);
SELECT pg_extension_hold('bat');
SELECT pg_extension_unhold('t_plain');
SELECT pg_extension_mark('t_absent', true);
SELECT pg_extension_hold('');
SELECT pg_extension_hold(NULL);
SELECT pg_extension_unhold(NULL);
SELECT pg_extension_mark(NULL, true);
SELECT pg_extension_mark('foo', NULL);

-- Nor where nothing may be changed.
BEGIN READ ONLY;
SELECT pg_extension_hold('foo');
ROLLBACK;
BEGIN READ ONLY;
SELECT pg_extension_mark('foo', true);
ROLLBACK;

-- By owners only.
CREATE ROLE regress_policy_user;
CREATE ROLE regress_policy_other;
DO $$
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_policy_user', current_database());
END
$$;
CREATE SCHEMA policy_user AUTHORIZATION regress_policy_user;
SET ROLE regress_policy_user;
SELECT name FROM pg_extension_install('t_foo', 'policy_user');
SELECT pg_extension_hold('t_foo');
SELECT pg_extension_mark('t_foo', true);
SELECT pg_extension_hold('foo');
SELECT pg_extension_unhold('foo');
SELECT pg_extension_mark('foo', true);
INSERT INTO extman.policy VALUES ('foo', true, true);
SET ROLE regress_policy_other;
SELECT pg_extension_unhold('t_foo');
SELECT pg_extension_mark('t_foo', false);
-- Looking is free.
SELECT pg_extension_why('bar');
RESET ROLE;
SELECT * FROM extman.policy ORDER BY name;
SELECT pg_extension_unhold('t_foo');
SELECT name FROM pg_extension_uninstall('t_foo');

--
-- Why
--
SELECT pg_extension_mark('bar', true);
SELECT pg_extension_why('foo');
SELECT * FROM pg_extension_why('bar') AS chain;
SELECT name FROM pg_extension_install('t_deep_top');
SELECT pg_extension_why('t_deep_low');
SELECT pg_extension_mark('t_deep_top', true);
SELECT pg_extension_why('t_deep_low');
SELECT pg_extension_why('t_deep_top');
SELECT pg_extension_why('plpgsql');
SELECT pg_extension_why('t_deep');
SELECT pg_extension_why('');
SELECT pg_extension_why(NULL);

\c :home
DROP DATABASE extman_policy;
DROP ROLE regress_policy_user, regress_policy_other;
