--
-- pg_extension_plan() and pg_extension_apply(): any mix, looked at and done
--
\set SHOW_CONTEXT never

SELECT step, action, name, old_version, new_version, schema, reason
    FROM pg_extension_plan('foo');
SELECT step, action, name, schema FROM pg_extension_plan(install => 't_schema');

-- It changes nothing, and writes nothing.
BEGIN READ ONLY;
SELECT count(*) FROM pg_extension_plan('foo');
ROLLBACK;
SELECT count(*) FROM extman.snapshot;
SELECT count(*) FROM pg_locks WHERE locktype = 'object' AND pid = pg_backend_pid();

-- A plan that is empty, and one that cannot be.
SELECT name FROM pg_extension_install('t_foo');
SELECT * FROM pg_extension_plan('t_foo');
SELECT * FROM pg_extension_plan('t_cycle_a');
SELECT * FROM pg_extension_plan(uninstall => 't_foo_bar');
SELECT * FROM pg_extension_plan();
SELECT * FROM pg_extension_apply(NULL, NULL, NULL);

-- The mix: what goes, goes first.
SELECT step, action, name, reason FROM pg_extension_plan(install => 't_on_rival', uninstall => 't_foo');
SELECT step, action, name, old_version, new_version, reason
    FROM pg_extension_apply('t_on_rival', 't_foo', NULL);
SELECT kind, request, step, action, name FROM extman.history
    WHERE at = (SELECT max(at) FROM extman.history) ORDER BY step;

-- Upgrades: all the scripts on the way, the way that the constraints allow.
SELECT name, new_version FROM pg_extension_install('t_chain (= 1.0)');
SELECT t_chain_version();
SELECT action, name, old_version, new_version, reason FROM pg_extension_plan(upgrade => 't_chain');
SELECT action, name, old_version, new_version, reason
    FROM pg_extension_apply(NULL, NULL, 't_chain (< 1.2)');
SELECT t_chain_version();
SELECT extversion FROM pg_extension WHERE extname = 't_chain';
SELECT version FROM extman.snapshot WHERE name = 't_chain';
SELECT * FROM pg_extension_apply(NULL, NULL, 't_chain (= 1.1)');

-- An upgrade that a dependency forces; then the newest.
SELECT name FROM pg_extension_uninstall('t_chain');
SELECT name, new_version FROM pg_extension_install('t_chain (= 1.0)');
SELECT action, name, old_version, new_version FROM pg_extension_install('t_on_chain');
SELECT t_on_chain();
SELECT version FROM extman.snapshot WHERE name = 't_chain';

-- The uninstall script is that of the version that is there now.
SELECT name FROM pg_extension_uninstall('t_chain', cascade => true);
SELECT name FROM pg_extension_uninstall('t_rival_a, t_on_rival');
SELECT name FROM extman.snapshot;
