--
-- Conflicts: with what is there, between what is wanted, through what is provided
--
\set SHOW_CONTEXT never

-- The example of the design: foo conflicts with bla (< 0.8).
SELECT name, new_version FROM pg_extension_install('bla (< 0.8)');
SELECT * FROM pg_extension_plan('foo, bla (= 0.7)');

-- Nothing installed is removed unless it is asked for.
SELECT action, name, old_version, new_version FROM pg_extension_plan('foo');
SELECT action, name, old_version, new_version FROM pg_extension_apply('foo', 'bla', NULL);
SELECT * FROM pg_extension_install('bla (= 0.7)');
SELECT name, new_version FROM pg_extension_install('bla');

-- Two that provide the same name and conflict with it: one at a time.
SELECT * FROM pg_extension_install('t_rival_a, t_rival_b');
SELECT name FROM pg_extension_install('t_rival_b');
SELECT * FROM pg_extension_install('t_rival_a');
SELECT name FROM pg_extension_install('t_on_rival');
SELECT name FROM pg_extension_uninstall('t_on_rival, t_rival_b');

-- One for the other, in one go.
SELECT name FROM pg_extension_install('t_rival_b');
SELECT action, name FROM pg_extension_apply('t_on_rival', 't_rival_b', NULL);
SELECT t_rival();

-- One version of a name at a time.
SELECT * FROM pg_extension_install('t_chain (= 1.0), t_chain (= 1.1)');

-- Cycles are explained, and do not hang.
SELECT * FROM pg_extension_install('t_cycle_a');
SELECT * FROM pg_extension_install('t_cycle_b, t_foo');

SELECT count(*) FROM pg_extension_uninstall('foo, bar, baz, bla, t_rival_a, t_on_rival');
SELECT name FROM extman.snapshot;
