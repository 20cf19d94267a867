DROP TABLE @extschema@.l_cascade_t CASCADE;
