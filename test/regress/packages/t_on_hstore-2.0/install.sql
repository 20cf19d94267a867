-- By the schema of hstore in search_path, and by name.
CREATE TABLE @extschema@.t_on_hstore (pairs hstore, more @extschema:hstore@.hstore);
