INSERT INTO t_up_middle_found SELECT @extschema:t_up_base@.t_up_base();
