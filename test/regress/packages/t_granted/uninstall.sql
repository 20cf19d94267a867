DELETE FROM @extschema@.t;
