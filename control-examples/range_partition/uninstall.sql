-- range_partition 1.0: says which tables nobody will maintain any more; they stay as they are
DO $do$
DECLARE
	left_alone text;
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	SELECT string_agg(s.parent::text, ', ' ORDER BY s.parent::text) INTO left_alone
		FROM @extschema@.partition_set AS s
			JOIN pg_catalog.pg_class AS c ON c.oid = s.parent;
	IF left_alone IS NOT NULL THEN
		RAISE WARNING 'partitioned tables are no longer maintained'
			USING DETAIL = format('No partitions will be made for these: %s.', left_alone),
				HINT = 'Make partitions for them, or give them a default partition.';
	END IF;
END
$do$;
