SELECT @extschema@.t_own_hook('uninstall');
