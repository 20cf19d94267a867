/* t_fails/install.sql */
CREATE TABLE t_fails_one (x pg_catalog.int4);
CREATE TABLE t_fails_two (x pg_catalog.int4);

INSERT INTO t_fails_one VALUES (1 / 0);
CREATE TABLE t_fails_three (x pg_catalog.int4);
