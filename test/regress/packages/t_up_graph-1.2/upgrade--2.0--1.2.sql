INSERT INTO t_up_graph_log (script) VALUES ('2.0 to 1.2');
