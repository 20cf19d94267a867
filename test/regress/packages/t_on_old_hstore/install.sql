CREATE TABLE @extschema@.t_on_old_hstore (pairs hstore);
