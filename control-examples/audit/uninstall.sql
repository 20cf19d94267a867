-- audit 1.0: refuses to throw the log away, unless audit.drop_data is on; frees the tables
DO $do$
DECLARE
	changes bigint;
	tables text;
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	IF COALESCE(NULLIF(current_setting('audit.drop_data', true), '')::boolean, false) THEN
		RETURN;
	END IF;
	SELECT count(*), string_agg(DISTINCT format('%I.%I', table_schema, table_name), ', ')
		INTO changes, tables
		FROM @extschema@.change;
	IF changes > 0 THEN
		RAISE EXCEPTION 'the log of changes would be lost'
			USING ERRCODE = 'object_in_use',
				DETAIL = format('Number of changes: %s, of these tables: %s.', changes, tables),
				HINT = 'Save @extschema@.change, or SET audit.drop_data = on and uninstall again.';
	END IF;
END
$do$;

-- The triggers stand on tables of others, and would keep the package from going.
SELECT @extschema@.disable(relation) FROM @extschema@.audited;
