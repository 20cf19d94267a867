SELECT @extschema:t_deep_mid@.g();
