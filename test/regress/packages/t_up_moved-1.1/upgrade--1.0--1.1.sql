ALTER TABLE t_up_moved_table ADD COLUMN y pg_catalog.int4;
CREATE OR REPLACE FUNCTION t_up_moved_function() RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT ''1.1''::pg_catalog.text';
CREATE OR REPLACE VIEW t_up_moved_view AS SELECT x, y FROM t_up_moved_table;
ALTER TYPE t_up_moved_type ADD VALUE 'two';
CREATE TABLE t_up_moved_new (x pg_catalog.int4);
