CREATE TABLE @extschema@.t (a int PRIMARY KEY);
GRANT ALL ON @extschema@.t TO @extowner@;
