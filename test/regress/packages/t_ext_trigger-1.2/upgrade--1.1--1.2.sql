DROP EVENT TRIGGER t_ext_rewrite;
DROP FUNCTION t_ext_on_rewrite();
ALTER TABLE t_ext_rewritten ALTER x TYPE pg_catalog.int8;
CREATE FUNCTION t_ext_on_drop() RETURNS pg_catalog.event_trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE WARNING 'event % of %', tg_event, tg_tag; END $$;
CREATE EVENT TRIGGER t_ext_drop ON sql_drop EXECUTE FUNCTION t_ext_on_drop();
ALTER TABLE t_ext_rewritten DROP COLUMN y;
