-- foo 1.0: refuses to throw titles away, unless foo.drop_data is on
DO $do$
DECLARE
	titles bigint;
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	SELECT count(*) INTO titles FROM @extschema@.foo_title;
	IF titles > 0
		AND NOT COALESCE(NULLIF(current_setting('foo.drop_data', true), '')::boolean, false)
	THEN
		RAISE EXCEPTION 'foo still holds titles'
			USING ERRCODE = 'object_in_use',
				DETAIL = format('Rows of table foo_title that would be lost: %s.', titles),
				HINT = 'Save them, or SET foo.drop_data = on and uninstall again.';
	END IF;
END
$do$;

DROP FUNCTION @extschema@.foo_add(text);
DROP TABLE @extschema@.foo_title;
