CREATE TABLE t_up_fails_more (x pg_catalog.int4);

INSERT INTO t_up_fails_more
    VALUES (1),
    (no_such_column);
