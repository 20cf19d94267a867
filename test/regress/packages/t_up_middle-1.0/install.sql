CREATE TABLE t_up_middle_found AS SELECT @extschema:t_up_base@.t_up_base() AS found;
