SELECT @extschema@.t_own_hook('upgrade to 1.1');
