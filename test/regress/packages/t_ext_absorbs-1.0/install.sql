CREATE TABLE t_ext_numbered (id pg_catalog.int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE t_ext_serial (id serial PRIMARY KEY);
ALTER EXTENSION t_ext_absorbs ADD TABLE t_ext_old;
ALTER EXTENSION t_ext_absorbs ADD SEQUENCE t_ext_old_id_seq;
