SELECT @extschema@.t_own_hook('upgrade to 2.0');
