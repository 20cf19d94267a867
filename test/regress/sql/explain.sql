--
-- pg_extension_explain(): why, or why not, without raising an error
--
\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on

SELECT pg_extension_explain('foo');
SELECT pg_extension_explain('t_either, t_chain (< 1.2)');
SELECT pg_extension_explain('t_on_rival');

-- Of what is there already.
SELECT count(*) FROM pg_extension_install('foo');
SELECT pg_extension_explain('foo');
SELECT pg_extension_explain('bla (< 0.8)');

-- What cannot be.
SELECT pg_extension_explain('fooo');
SELECT pg_extension_explain('bar (> 2)');
SELECT pg_extension_explain('t_needs_absent');
SELECT pg_extension_explain('t_cycle_a');
SELECT pg_extension_explain('t_rival_a, t_rival_b');

-- What is no request.
SELECT pg_extension_explain('foo,');
SELECT pg_extension_explain(NULL) IS NULL;

SELECT count(*) FROM pg_extension_uninstall('foo, bar, baz');
