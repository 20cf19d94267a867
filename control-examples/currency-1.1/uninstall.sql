-- currency 1.1: refuses while data depends on it, unless currency.drop_data is on
DO $do$
DECLARE
	own_type regtype := 'currency';
	code_list regclass := 'currency_code_list';
	used text;
	added text;
BEGIN
	-- Found by the names of the package; from here on, only what is built in.
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	IF COALESCE(NULLIF(current_setting('currency.drop_data', true), '')::boolean, false) THEN
		RETURN;
	END IF;

	-- Arrays and domains of the type count, too.
	SELECT string_agg(format('%s.%I', a.attrelid::regclass, a.attname), ', '
					  ORDER BY a.attrelid::regclass::text, a.attnum)
		INTO used
		FROM pg_catalog.pg_attribute AS a
			JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
			JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
		WHERE c.relkind IN ('r', 'p', 'm', 'f')
			AND a.attnum > 0
			AND NOT a.attisdropped
			AND own_type IN (t.oid, t.typelem, t.typbasetype);
	IF used IS NOT NULL THEN
		RAISE EXCEPTION 'columns of type currency are still there'
			USING ERRCODE = 'dependent_objects_still_exist',
				DETAIL = format('These columns use the type: %s.', used),
				HINT = 'Convert them, or SET currency.drop_data = on and uninstall with cascade.';
	END IF;

	EXECUTE format('SELECT string_agg(code, '', '' ORDER BY code) FROM %s WHERE NOT standard', code_list)
		INTO added;
	IF added IS NOT NULL THEN
		RAISE EXCEPTION 'currency codes were added that would be lost'
			USING ERRCODE = 'object_in_use',
				DETAIL = format('These codes are not of ISO 4217: %s.', added),
				HINT = 'Save them, or SET currency.drop_data = on and uninstall again.';
	END IF;
END
$do$;
