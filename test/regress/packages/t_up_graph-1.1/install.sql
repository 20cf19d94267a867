CREATE TABLE t_up_graph_log (n pg_catalog.int4 GENERATED ALWAYS AS IDENTITY, script pg_catalog.text);
INSERT INTO t_up_graph_log (script) VALUES ('install 1.1');
