-- @name@ @version@: runs before the members are dropped.  Refuses to throw greetings
-- away, unless @name@.drop_data is on.
DO $do$
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	IF EXISTS (SELECT FROM @extschema@.@name@_greeting)
		AND NOT COALESCE(NULLIF(current_setting('@name@.drop_data', true), '')::boolean, false)
	THEN
		RAISE EXCEPTION '@name@ still holds greetings'
			USING ERRCODE = 'object_in_use',
				HINT = 'Save them, or SET @name@.drop_data = on and uninstall again.';
	END IF;
END
$do$;
