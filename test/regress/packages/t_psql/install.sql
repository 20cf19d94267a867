\echo this line is skipped \quit
CREATE TABLE t_psql_one (x pg_catalog.int4);
\connect elsewhere
CREATE TABLE t_psql_two (x pg_catalog.int4);
