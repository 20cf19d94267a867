CREATE TABLE t_up_leaf_half (x pg_catalog.int4);

SELECT 1 OPERATOR(pg_catalog./) count(*)
    FROM t_up_leaf_half;
