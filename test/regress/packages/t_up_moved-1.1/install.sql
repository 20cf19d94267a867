CREATE TABLE t_up_moved_table (x pg_catalog.int4 PRIMARY KEY);
CREATE FUNCTION t_up_moved_function() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''1.0''::pg_catalog.text';
CREATE VIEW t_up_moved_view AS SELECT x FROM t_up_moved_table;
CREATE TYPE t_up_moved_type AS ENUM ('one');
