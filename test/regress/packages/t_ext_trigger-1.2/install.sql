CREATE TABLE t_ext_rewritten (x pg_catalog.int4, y pg_catalog.int4);
INSERT INTO t_ext_rewritten VALUES (1, 2);
CREATE FUNCTION t_ext_on_rewrite() RETURNS pg_catalog.event_trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE WARNING 'rewrite of %', pg_catalog.pg_event_trigger_table_rewrite_oid()::pg_catalog.regclass; END $$;
CREATE EVENT TRIGGER t_ext_rewrite ON table_rewrite EXECUTE FUNCTION t_ext_on_rewrite();
ALTER TABLE t_ext_rewritten ALTER x TYPE pg_catalog.int8;
