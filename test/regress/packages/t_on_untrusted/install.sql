CREATE TABLE @extschema@.t_on_untrusted (id integer);
