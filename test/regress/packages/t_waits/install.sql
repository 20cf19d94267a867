CREATE TABLE waits (a integer);

SELECT pg_catalog.pg_advisory_xact_lock(20101);
CREATE FUNCTION waited() RETURNS integer LANGUAGE sql AS 'SELECT 1';
