CREATE TABLE @extschema@.t_against_hstore (id integer);
