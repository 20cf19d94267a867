-- A function whose body has the schema's name written into it.
CREATE FUNCTION @extschema@.helper() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION @extschema@.migrate() RETURNS int LANGUAGE sql AS 'SELECT @extschema@.helper()';
