ALTER TABLE t_ext_rewritten ALTER x TYPE pg_catalog.numeric;
ALTER EVENT TRIGGER t_ext_rewrite DISABLE;
ALTER TABLE t_ext_rewritten ALTER x TYPE pg_catalog.int4;
ALTER EVENT TRIGGER t_ext_rewrite ENABLE;
