CREATE TABLE t_conf_plain_was_here ();
