--
-- pg_extension_graph(): pictures of what is installed and of requests
--
\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on

-- Of a request that can be met, and of ones that cannot.
SELECT pg_extension_graph('foo');
SELECT pg_extension_graph('t_either (>= 1), bar (< 1.1)', 'mermaid');
SELECT pg_extension_graph('t_rival_a, t_rival_b');
SELECT pg_extension_graph('fooo, t_needs_absent', 'Mermaid');

-- Of what is installed.
SELECT count(*) FROM pg_extension_install('bar (= 1.0), bla (= 0.9)');
SELECT pg_extension_hold('bla');
SELECT regexp_replace(pg_extension_graph(), 'plpgsql [0-9.]+', 'plpgsql X');
SELECT pg_extension_graph('foo', 'mermaid');

-- Whoever may see what is installed may see this.
CREATE ROLE regress_graph;
SET ROLE regress_graph;
SELECT pg_extension_graph('bar') = pg_extension_graph('bar', 'dot');
RESET ROLE;
DROP ROLE regress_graph;

-- What is no request, and no format.
SELECT pg_extension_graph('foo,');
SELECT pg_extension_graph('foo', 'svg');
SELECT pg_extension_graph('foo', NULL);
SET pg_extman.max_solver_steps = 1;
SELECT pg_extension_graph('foo');
RESET pg_extman.max_solver_steps;

SELECT pg_extension_unhold('bla');
SELECT count(*) FROM pg_extension_uninstall('bar, bla');
