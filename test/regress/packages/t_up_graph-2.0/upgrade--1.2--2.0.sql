INSERT INTO t_up_graph_log (script) VALUES ('1.2 to 2.0');
