ALTER TABLE @extschema@.t_on_hstore ADD COLUMN even_more hstore;
