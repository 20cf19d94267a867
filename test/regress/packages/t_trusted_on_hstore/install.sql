CREATE TABLE @extschema@.t_trusted_on_hstore AS
    SELECT @extschema:hstore@.hstore('by'::pg_catalog.text, current_user::pg_catalog.text) AS pairs;
