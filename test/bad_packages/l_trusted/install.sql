CREATE FUNCTION l_trusted_c() RETURNS int LANGUAGE c AS 'MODULE_PATHNAME';
CREATE FUNCTION l_trusted_d() RETURNS int LANGUAGE C AS 'MODULE_PATHNAME';
CREATE FUNCTION l_trusted_p() RETURNS event_trigger LANGUAGE plpython3u
SET search_path = pg_catalog, pg_temp AS 'pass';
CREATE FUNCTION l_trusted_s() RETURNS int LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS 'SELECT 1';
CREATE EVENT TRIGGER l_trusted_e ON ddl_command_start EXECUTE FUNCTION l_trusted_p();
CREATE ROLE l_trusted_r;
GRANT pg_read_all_data TO l_trusted_r;
GRANT SELECT ON pg_catalog.pg_class TO l_trusted_r;
UPDATE pg_catalog.pg_proc SET provolatile = 'i' WHERE false;
COPY (SELECT 1) TO PROGRAM 'cat';
SELECT l_trusted_c();
DO 'BEGIN PERFORM l_trusted_c(); END';
DO $$ BEGIN PERFORM pg_catalog.set_config('search_path', 'pg_temp', true); PERFORM abs(1); END $$;
