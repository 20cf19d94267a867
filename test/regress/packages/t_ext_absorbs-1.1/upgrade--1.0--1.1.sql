DROP TABLE t_ext_old;
DROP TABLE t_ext_serial;
ALTER EXTENSION t_ext_absorbs DROP TABLE t_ext_numbered;
ALTER EXTENSION t_ext_absorbs DROP SEQUENCE t_ext_numbered_id_seq;
