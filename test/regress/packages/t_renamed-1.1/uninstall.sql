SELECT @extschema@.migrate();
