CREATE TABLE t_commits_one (x pg_catalog.int4);
COMMIT;
