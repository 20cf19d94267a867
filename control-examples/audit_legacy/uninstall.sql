-- audit_legacy 0.9: frees the watched tables; the entries go
DO $do$
DECLARE
	watched regclass;
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	FOR watched IN
		SELECT t.tgrelid
			FROM pg_catalog.pg_trigger AS t
			WHERE t.tgfoid = '@extschema@.record_entry()'::regprocedure
				AND t.tgparentid = 0
	LOOP
		EXECUTE format('DROP TRIGGER audit_legacy ON %s', watched);
	END LOOP;
END
$do$;
