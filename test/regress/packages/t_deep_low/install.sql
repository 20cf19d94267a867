CREATE FUNCTION @extschema@.f(bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
