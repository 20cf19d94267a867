CREATE TABLE @extschema@.t_careless AS
    SELECT @extschema:hstore@.hstore('by', current_user) AS pairs;
