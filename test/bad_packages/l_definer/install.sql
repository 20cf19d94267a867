CREATE FUNCTION l_definer_bare() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION l_definer_bound() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1;
CREATE FUNCTION l_definer_temp() RETURNS int LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog AS 'SELECT 1';
CREATE PROCEDURE l_definer_later() LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN END';
ALTER PROCEDURE l_definer_later() SET search_path = pg_catalog, pg_temp;
CREATE FUNCTION l_definer_good() RETURNS int LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, @extschema@, pg_temp AS 'SELECT 1';
CREATE FUNCTION l_definer_current() RETURNS int LANGUAGE sql SECURITY DEFINER
SET search_path FROM CURRENT AS 'SELECT 1';
CREATE FUNCTION l_definer_c() RETURNS int LANGUAGE c SECURITY DEFINER AS '$libdir/l', 'f';
