-- exchange 1.0: refuses to throw rates away, unless exchange.drop_data is on
DO $do$
DECLARE
	first_day date;
	last_day date;
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	SELECT min(valid_from), max(valid_from) INTO first_day, last_day FROM @extschema@.rate;
	IF first_day IS NOT NULL
		AND NOT COALESCE(NULLIF(current_setting('exchange.drop_data', true), '')::boolean, false)
	THEN
		RAISE EXCEPTION 'exchange rates would be lost'
			USING ERRCODE = 'object_in_use',
				DETAIL = format('Table %s.rate has rates from %s to %s.', '@extschema@', first_day, last_day),
				HINT = 'Save them, or SET exchange.drop_data = on and uninstall again.';
	END IF;
END
$do$;
