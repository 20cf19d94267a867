/* t_schema/install.sql */
CREATE TABLE @extschema@.t_schema_log (x pg_catalog.int4);
