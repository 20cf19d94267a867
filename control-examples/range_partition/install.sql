-- range_partition 1.0: partitions by time, made ahead, detached or dropped when they have expired
\echo Use "SELECT pg_extension_install('range_partition')" to install this package. \quit

CREATE TABLE @extschema@.partition_set (
	parent regclass PRIMARY KEY,
	step interval NOT NULL CHECK (step >= interval '1 minute'),
	ahead integer NOT NULL CHECK (ahead >= 0),
	retention interval CHECK (retention > interval '0'),
	drop_expired boolean NOT NULL DEFAULT false,
	time_zone text NOT NULL
);
COMMENT ON TABLE @extschema@.partition_set IS 'the tables that maintain() takes care of';
COMMENT ON COLUMN @extschema@.partition_set.ahead IS 'partitions beyond the current one';
COMMENT ON COLUMN @extschema@.partition_set.retention IS 'NULL: everything is kept';
COMMENT ON COLUMN @extschema@.partition_set.drop_expired
	IS 'expired partitions are dropped, not only detached';
COMMENT ON COLUMN @extschema@.partition_set.time_zone IS 'the days and months of which time zone';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.partition_set', '');

--
-- What there is
--

-- The type of the partition key, if it is one column by range and of a type of
-- points in time; else an error.
CREATE FUNCTION @extschema@.key_type(parent regclass) RETURNS regtype
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_type regtype;
BEGIN
	SELECT a.atttypid INTO found_type
		FROM pg_partitioned_table AS p
			JOIN pg_attribute AS a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
		WHERE p.partrelid = parent AND p.partstrat = 'r' AND p.partnatts = 1;
	IF found_type IS NULL
		OR found_type NOT IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
	THEN
		RAISE EXCEPTION '"%" is not partitioned by a range of time', parent
			USING ERRCODE = 'wrong_object_type',
				DETAIL = 'The key must be one column of type date, timestamp or timestamp with time zone.';
	END IF;
	RETURN found_type;
END
$$;

-- The bounds as points in time, read in the caller's TimeZone, which decides
-- for keys without a zone; NULL stands for MINVALUE and MAXVALUE.
CREATE FUNCTION @extschema@.partitions(parent regclass,
	OUT partition regclass, OUT lower_bound timestamptz, OUT upper_bound timestamptz, OUT is_default boolean)
RETURNS SETOF record
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD'
AS $$
	SELECT b.partition,
			substring(b.bounds FROM 'FROM \(''([^'']*)''\)')::timestamptz,
			substring(b.bounds FROM 'TO \(''([^'']*)''\)$')::timestamptz,
			b.bounds = 'DEFAULT'
		FROM (SELECT c.oid::regclass, pg_get_expr(c.relpartbound, c.oid)
				FROM pg_inherits AS i
					JOIN pg_class AS c ON c.oid = i.inhrelid
				WHERE i.inhparent = parent AND c.relpartbound IS NOT NULL) AS b (partition, bounds)
		ORDER BY 2 NULLS FIRST, 3, 1;
$$;
COMMENT ON FUNCTION @extschema@.partitions(regclass)
	IS 'the partitions of a table with their bounds, in order';

-- Rows in a default partition keep new partitions from being made.
CREATE FUNCTION @extschema@.check_default(
	OUT parent regclass, OUT partition regclass, OUT stray_rows bigint)
RETURNS SETOF record
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	FOR parent, partition IN
		SELECT s.parent, p.partition
			FROM @extschema@.partition_set AS s
				JOIN pg_class AS c ON c.oid = s.parent,
				LATERAL @extschema@.partitions(s.parent) AS p
			WHERE p.is_default
			ORDER BY s.parent::text
	LOOP
		EXECUTE format('SELECT count(*) FROM %s', partition) INTO stray_rows;
		IF stray_rows > 0 THEN
			RETURN NEXT;
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.check_default()
	IS 'managed tables whose default partition holds rows';

--
-- Making partitions ahead
--

-- parent_p20240131; for steps below a day with hours and minutes, and then in
-- UTC, since a local hour comes twice in autumn.  Of a long name as much as
-- there is room for.
CREATE FUNCTION @extschema@.partition_name(parent regclass, lower_bound timestamptz, step interval) RETURNS name
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	suffix text := CASE
		WHEN step < interval '1 day' THEN to_char(lower_bound AT TIME ZONE 'UTC', '"_p"YYYYMMDD"_"HH24MI')
		ELSE to_char(lower_bound, '"_p"YYYYMMDD')
	END;
	stem text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = parent);
BEGIN
	WHILE octet_length(stem) + octet_length(suffix) > 63 LOOP
		stem := left(stem, -1);
	END LOOP;
	RETURN stem || suffix;
END
$$;

-- Continues behind the last partition, or begins with the step that holds the
-- moment, until there are enough partitions ahead of it.  The arithmetic is
-- that of timestamps with time zone, in the zone of the set (so that a day may
-- have 23 hours); keys without a zone are taken for UTC throughout.
CREATE FUNCTION @extschema@.make_ahead(parent regclass, moment timestamptz DEFAULT now()) RETURNS SETOF regclass
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
DECLARE
	this_set @extschema@.partition_set;
	has_zone boolean := @extschema@.key_type(parent) = 'timestamptz'::regtype;
	lower_bound timestamptz;
	upper_bound timestamptz;
	goal timestamptz;
	partition_schema name;
	new_name name;
BEGIN
	SELECT * INTO this_set FROM @extschema@.partition_set AS s WHERE s.parent = make_ahead.parent;
	IF NOT FOUND THEN
		RAISE EXCEPTION '"%" is not managed', parent
			USING ERRCODE = 'object_not_in_prerequisite_state',
				HINT = 'Call manage() for it first.';
	END IF;
	-- One maker at a time, as two would choose the same names.
	EXECUTE format('LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE', parent);

	IF has_zone THEN
		PERFORM set_config('timezone', this_set.time_zone, true);
	ELSE
		moment := (moment AT TIME ZONE this_set.time_zone) AT TIME ZONE 'UTC';
	END IF;

	SELECT n.nspname INTO partition_schema
		FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
		WHERE c.oid = parent;
	SELECT max(p.upper_bound) INTO lower_bound
		FROM @extschema@.partitions(parent) AS p WHERE NOT p.is_default;
	IF lower_bound IS NULL THEN
		lower_bound := date_trunc(
			CASE WHEN this_set.step >= interval '1 year' THEN 'year'
				WHEN this_set.step >= interval '1 month' THEN 'month'
				WHEN this_set.step = interval '7 days' THEN 'week'
				WHEN this_set.step >= interval '1 day' THEN 'day'
				ELSE 'hour' END, moment);
	END IF;
	goal := moment + this_set.step * this_set.ahead;

	WHILE lower_bound <= goal LOOP
		upper_bound := lower_bound + this_set.step;
		new_name := @extschema@.partition_name(parent, lower_bound, this_set.step);
		BEGIN
			-- Session-independent literals: a zone is ignored where the key has none.
			EXECUTE format('CREATE TABLE %I.%I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
						   partition_schema, new_name, parent, lower_bound, upper_bound);
		EXCEPTION WHEN check_violation THEN
			RAISE EXCEPTION 'partition "%" cannot be made, as the default partition of "%" holds rows for it', new_name, parent
				USING ERRCODE = 'check_violation',
					HINT = 'Call drain_default() for the table.';
		END;
		RETURN NEXT format('%I.%I', partition_schema, new_name)::regclass;
		lower_bound := upper_bound;
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.make_ahead(regclass, timestamptz)
	IS 'makes the partitions that are wanted at that moment, and returns them';

-- The rows of the default partition get partitions of their own, in one
-- transaction: detached, so that partitions can be made over it, and attached
-- again when it is empty of what now has a place.  Older rows than the first
-- partition takes stay where they are.
CREATE FUNCTION @extschema@.drain_default(parent regclass, moment timestamptz DEFAULT now()) RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
DECLARE
	default_partition regclass;
	column_list text;
	condition text;
	moved bigint;
BEGIN
	PERFORM @extschema@.key_type(parent);
	EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', parent);
	SELECT p.partition INTO default_partition FROM @extschema@.partitions(parent) AS p WHERE p.is_default;
	IF NOT FOUND THEN
		RETURN 0;
	END IF;
	SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO column_list
		FROM pg_attribute AS a
		WHERE a.attrelid = parent AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '';

	EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', parent, default_partition);
	PERFORM @extschema@.make_ahead(parent, moment);
	SELECT string_agg(pg_get_partition_constraintdef(p.partition), ' OR ') INTO condition
		FROM @extschema@.partitions(parent) AS p;
	EXECUTE format('WITH gone AS (DELETE FROM ONLY %1$s WHERE %2$s RETURNING *) '
				   'INSERT INTO %3$s (%4$s) OVERRIDING SYSTEM VALUE SELECT %4$s FROM gone',
				   default_partition, COALESCE(condition, 'false'), parent, column_list);
	GET DIAGNOSTICS moved = ROW_COUNT;
	EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s DEFAULT', parent, default_partition);
	RETURN moved;
END
$$;
COMMENT ON FUNCTION @extschema@.drain_default(regclass, timestamptz)
	IS 'moves rows from the default partition to where they belong, and returns how many';

--
-- Expiry
--
CREATE FUNCTION @extschema@.expire(parent regclass, moment timestamptz DEFAULT now(),
	OUT partition text, OUT action text)
RETURNS SETOF record
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
DECLARE
	this_set @extschema@.partition_set;
	expired regclass;
BEGIN
	SELECT * INTO this_set FROM @extschema@.partition_set AS s WHERE s.parent = expire.parent;
	IF NOT FOUND OR this_set.retention IS NULL THEN
		RETURN;
	END IF;
	IF @extschema@.key_type(parent) = 'timestamptz'::regtype THEN
		PERFORM set_config('timezone', this_set.time_zone, true);
	ELSE
		moment := (moment AT TIME ZONE this_set.time_zone) AT TIME ZONE 'UTC';
	END IF;
	FOR expired IN
		SELECT p.partition FROM @extschema@.partitions(parent) AS p
			WHERE p.upper_bound <= moment - this_set.retention
	LOOP
		partition := expired::text;
		EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', parent, expired);
		IF this_set.drop_expired THEN
			EXECUTE format('DROP TABLE %s', expired);
			action := 'dropped';
		ELSE
			action := 'detached';
		END IF;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.expire(regclass, timestamptz)
	IS 'detaches or drops the partitions that are older than the retention';

--
-- Managing
--
CREATE FUNCTION @extschema@.manage(parent regclass, step interval,
	retention interval DEFAULT NULL, drop_expired boolean DEFAULT false,
	ahead integer DEFAULT NULL, time_zone text DEFAULT NULL)
RETURNS SETOF regclass
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF @extschema@.key_type(parent) = 'date'::regtype
		AND step <> date_trunc('day', step)
	THEN
		RAISE EXCEPTION 'step % is not a number of whole days, but the key is of type date', step
			USING ERRCODE = 'invalid_parameter_value';
	END IF;
	INSERT INTO @extschema@.partition_set AS s (parent, step, ahead, retention, drop_expired, time_zone)
		VALUES (manage.parent, manage.step,
				COALESCE(manage.ahead, NULLIF(current_setting('range_partition.ahead', true), '')::integer, 4),
				manage.retention, manage.drop_expired,
				COALESCE(manage.time_zone, current_setting('TimeZone')))
		ON CONFLICT ON CONSTRAINT partition_set_pkey DO UPDATE
			SET step = excluded.step, ahead = excluded.ahead, retention = excluded.retention,
				drop_expired = excluded.drop_expired, time_zone = excluded.time_zone;
	RETURN QUERY SELECT * FROM @extschema@.make_ahead(parent);
END
$$;
COMMENT ON FUNCTION @extschema@.manage(regclass, interval, interval, boolean, integer, text)
	IS 'has maintain() take care of a table from now on; returns the partitions made';

CREATE FUNCTION @extschema@.unmanage(parent regclass) RETURNS boolean
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	DELETE FROM @extschema@.partition_set AS s WHERE s.parent = unmanage.parent;
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION @extschema@.unmanage(regclass)
	IS 'leaves a table and its partitions alone from now on';

-- To be called from a scheduler.  Commits after each table, so that no lock is
-- held longer than it must be; that forbids a SET clause, hence the qualified
-- names.  What fails for one table is a warning, and the others go on.
CREATE PROCEDURE @extschema@.maintain()
LANGUAGE plpgsql
AS $$
DECLARE
	parent pg_catalog.regclass;
	problem pg_catalog.text;
BEGIN
	FOR parent IN
		SELECT s.parent
			FROM @extschema@.partition_set AS s
				JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) s.parent
			ORDER BY c.oid
	LOOP
		BEGIN
			PERFORM @extschema@.make_ahead(parent);
			PERFORM @extschema@.expire(parent);
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT;
			RAISE WARNING 'table "%" was not maintained: %', parent, problem;
		END;
		COMMIT;
	END LOOP;
END
$$;
COMMENT ON PROCEDURE @extschema@.maintain()
	IS 'makes partitions ahead and expires old ones, for all managed tables';
