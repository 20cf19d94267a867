--
-- pg_extension_autoremove(): what came along and is needed no more
--
\set SHOW_CONTEXT never
\set home :DBNAME
CREATE DATABASE extman_autoremove;
\c extman_autoremove
CREATE EXTENSION pg_extman;

SELECT * FROM pg_extension_autoremove();

-- In the order of an uninstall; what is wanted or held stays, with its needs.
SELECT name FROM pg_extension_install('foo, t_deep_top, t_on_chain');
SELECT * FROM pg_extension_autoremove();
SELECT name FROM pg_extension_uninstall('foo, t_deep_top, t_on_chain');
SELECT name FROM pg_extension_installed() WHERE automatic ORDER BY name;
SELECT pg_extension_hold('bar');
SELECT pg_extension_mark('t_deep_mid', false);
SELECT step, action, name, old_version, new_version, schema, reason FROM pg_extension_autoremove();
SELECT name FROM pg_extension_installed() ORDER BY name;
SELECT kind, request, step, action, name, old_version FROM extman.history
    WHERE kind = 'autoremove' ORDER BY at, step;
SELECT pg_extension_unhold('bar');
SELECT pg_extension_mark('t_deep_mid', true);
SELECT action, name FROM pg_extension_autoremove();
SELECT name FROM pg_extension_installed() ORDER BY name;
SELECT * FROM extman.policy;

-- Core's extensions, if they are marked.
SELECT pg_extension_mark('plpgsql', true);
BEGIN;
SELECT action, name FROM pg_extension_autoremove();
ROLLBACK;
SELECT pg_extension_mark('plpgsql', false);

-- What something else needs is an error, as for an uninstall.
SELECT name FROM pg_extension_install('t_foo');
SELECT pg_extension_mark('t_foo', true);
CREATE VIEW uses_it AS SELECT t_foo();
SELECT * FROM pg_extension_autoremove();
DROP VIEW uses_it;

-- Whoever doesn't own all of it can't.
CREATE ROLE regress_autoremove_user;
SET ROLE regress_autoremove_user;
SELECT * FROM pg_extension_autoremove();
RESET ROLE;
BEGIN READ ONLY;
SELECT * FROM pg_extension_autoremove();
ROLLBACK;
SELECT action, name, reason FROM pg_extension_autoremove();

\c :home
DROP DATABASE extman_autoremove;
DROP ROLE regress_autoremove_user;
