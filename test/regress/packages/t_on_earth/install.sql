CREATE TABLE @extschema@.t_on_earth (place @extschema:earthdistance@.earth);
