CREATE FUNCTION @extschema@.g() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN @extschema:t_deep_low@.f(1); END';
