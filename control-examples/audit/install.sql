-- audit 1.0: an audit trail: who changed which row, when, and what it was before
\echo Use "SELECT pg_extension_install('audit')" to install this package. \quit

--
-- The log
--
CREATE TABLE @extschema@.change (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	happened_at timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	transaction_id xid8 NOT NULL DEFAULT pg_catalog.pg_current_xact_id(),
	table_schema name NOT NULL,
	table_name name NOT NULL,
	operation text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')),
	login_role name NOT NULL,
	acting_role name NOT NULL,
	application text,
	client inet,
	old_row jsonb,
	new_row jsonb
);
COMMENT ON TABLE @extschema@.change
	IS 'the changes of audited tables, in the order in which they were made';
COMMENT ON COLUMN @extschema@.change.login_role IS 'session_user';
COMMENT ON COLUMN @extschema@.change.acting_role IS 'what SET ROLE made of it';

CREATE INDEX change_table_idx ON @extschema@.change (table_schema, table_name, id);
CREATE INDEX change_happened_at_idx ON @extschema@.change USING brin (happened_at);

SELECT pg_catalog.pg_extension_config_dump('@extschema@.change', '');
SELECT pg_catalog.pg_extension_config_dump('@extschema@.change_id_seq', '');

--
-- Row images
--

-- to_jsonb() of a value calls the cast to json that the owner of its type has
-- made, and here that would be with the rights of the owner of the log.  So
-- only values of built-in types, and domains of them, go through to_jsonb();
-- all others are written as text by their output functions, which only a
-- superuser can make.
CREATE FUNCTION @extschema@.row_image(relation oid, image record) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	built_in text;
	key_list text;
	text_list text;
	result jsonb;
BEGIN
	SELECT string_agg(format('($1).%I', a.attname), ', ' ORDER BY a.attnum)
			FILTER (WHERE k.is_built_in),
		string_agg(format('%L', a.attname), ', ' ORDER BY a.attnum)
			FILTER (WHERE NOT k.is_built_in),
		string_agg(format('CASE num_nulls(($1).%1$I) WHEN 0 THEN format(''%%s'', ($1).%1$I) END', a.attname),
				   ', ' ORDER BY a.attnum)
			FILTER (WHERE NOT k.is_built_in)
		INTO built_in, key_list, text_list
		FROM pg_attribute AS a
			JOIN pg_type AS t ON t.oid = a.atttypid,
			LATERAL (SELECT COALESCE(NULLIF(t.typbasetype, 0), t.oid)::bigint < 16384) AS k (is_built_in)
		WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped;

	IF key_list IS NULL THEN
		RETURN to_jsonb(image);
	END IF;
	EXECUTE format('SELECT (SELECT to_jsonb(b) FROM (SELECT %s) AS b) || jsonb_object(ARRAY[%s], ARRAY[%s])',
				   built_in, key_list, text_list)
		INTO result USING image;
	RETURN result;
END
$$;
REVOKE ALL ON FUNCTION @extschema@.row_image(oid, record) FROM PUBLIC;
COMMENT ON FUNCTION @extschema@.row_image(oid, record)
	IS 'a row as jsonb, without calling any cast of its owner';

-- The trigger function, with the rights of the owner of the log: whoever
-- changes an audited table needs none on it.  The arguments are the columns to
-- leave out.  Who may call it in a trigger could forge entries: hence REVOKE.
CREATE FUNCTION @extschema@.record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	excluded text[] := COALESCE(TG_ARGV[0:TG_NARGS - 1], '{}');
	old_image jsonb;
	new_image jsonb;
BEGIN
	IF TG_OP IN ('UPDATE', 'DELETE') THEN
		old_image := @extschema@.row_image(TG_RELID, OLD) - excluded;
	END IF;
	IF TG_OP IN ('INSERT', 'UPDATE') THEN
		new_image := @extschema@.row_image(TG_RELID, NEW) - excluded;
	END IF;
	IF TG_OP = 'UPDATE' AND old_image = new_image THEN
		RETURN NULL;
	END IF;

	INSERT INTO @extschema@.change
		(table_schema, table_name, operation, login_role, acting_role, application, client,
		 old_row, new_row)
		VALUES (TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP, session_user,
				COALESCE(NULLIF(current_setting('role'), 'none'), session_user),
				NULLIF(current_setting('application_name'), ''), inet_client_addr(),
				old_image, new_image);
	RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION @extschema@.record_change() FROM PUBLIC;
COMMENT ON FUNCTION @extschema@.record_change() IS 'the trigger of audited tables';

--
-- Turning it on and off
--

-- The catalogs say what is audited, so nothing can get out of step with them.
-- tgargs holds the arguments, each with a NUL behind it.
CREATE VIEW @extschema@.audited AS
	SELECT t.tgrelid::regclass AS relation,
		t.tgenabled <> 'D' AS enabled,
		ARRAY(SELECT convert_from(decode(u.hex, 'hex'), getdatabaseencoding())::name
				FROM unnest(string_to_array(
						regexp_replace(encode(t.tgargs, 'hex'), '(..)', '\1 ', 'g'), '00 '))
					WITH ORDINALITY AS u (hex, place)
				WHERE u.hex <> ''
				ORDER BY u.place) AS excluded
	FROM pg_trigger AS t
	WHERE t.tgfoid = '@extschema@.record_change()'::regprocedure::oid
		AND t.tgname = 'audit_row'
		AND t.tgparentid = oid '0';
COMMENT ON VIEW @extschema@.audited IS 'the audited tables; partitions count as their parent';

CREATE FUNCTION @extschema@.disable(relation regclass) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_trigger name;
BEGIN
	FOR found_trigger IN
		SELECT t.tgname
			FROM pg_trigger AS t
			WHERE t.tgrelid = relation
				AND t.tgfoid = '@extschema@.record_change()'::regprocedure
				AND t.tgparentid = 0
			ORDER BY t.tgname
	LOOP
		EXECUTE format('DROP TRIGGER %I ON %s', found_trigger, relation);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.disable(regclass)
	IS 'stops auditing a table; what is in the log stays';

-- Needs TRIGGER on the table and EXECUTE on record_change().
CREATE FUNCTION @extschema@.enable(relation regclass, excluded name[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	missing name;
BEGIN
	IF relation = '@extschema@.change'::regclass THEN
		RAISE EXCEPTION 'cannot audit the log of changes itself'
			USING ERRCODE = 'object_not_in_prerequisite_state';
	END IF;
	IF NOT EXISTS (SELECT FROM pg_class AS c WHERE c.oid = relation AND c.relkind IN ('r', 'p')) THEN
		RAISE EXCEPTION '"%" is not a table', relation
			USING ERRCODE = 'wrong_object_type';
	END IF;
	SELECT e.name INTO missing
		FROM unnest(excluded) AS e (name)
		WHERE NOT EXISTS (SELECT FROM pg_attribute AS a
							WHERE a.attrelid = relation AND a.attname = e.name
								AND a.attnum > 0 AND NOT a.attisdropped)
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'column "%" of table "%" does not exist', missing, relation
			USING ERRCODE = 'undefined_column';
	END IF;

	-- Once more with other columns is not an error.
	PERFORM @extschema@.disable(relation);
	EXECUTE format('CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON %s '
				   'FOR EACH ROW EXECUTE FUNCTION @extschema@.record_change(%s)',
				   relation,
				   (SELECT string_agg(quote_literal(e.name), ', ') FROM unnest(excluded) AS e (name)));
	EXECUTE format('CREATE TRIGGER audit_truncate AFTER TRUNCATE ON %s '
				   'FOR EACH STATEMENT EXECUTE FUNCTION @extschema@.record_change()',
				   relation);
END
$$;
COMMENT ON FUNCTION @extschema@.enable(regclass, name[])
	IS 'audits a table, but for the columns named';

--
-- Looking at it, and cleaning up
--
CREATE VIEW @extschema@.last_change AS
	SELECT c.id, c.happened_at, c.acting_role, c.application, c.table_schema, c.table_name, c.operation,
		CASE c.operation
			WHEN 'UPDATE' THEN
				(SELECT pg_catalog.jsonb_object_agg(n.key, pg_catalog.jsonb_build_array(c.old_row -> n.key, n.value))
					FROM jsonb_each(c.new_row) AS n
					WHERE n.value IS DISTINCT FROM c.old_row -> n.key)
			ELSE COALESCE(c.new_row, c.old_row)
		END AS difference
	FROM @extschema@.change AS c
	WHERE c.happened_at > now() - interval '1 day'
	ORDER BY c.id DESC;
COMMENT ON VIEW @extschema@.last_change
	IS 'the changes of the last day, newest first; of an update, what it changed: [old, new]';

CREATE FUNCTION @extschema@.row_history(relation regclass, key jsonb) RETURNS SETOF @extschema@.change
LANGUAGE sql STABLE STRICT
BEGIN ATOMIC
	SELECT h.*
		FROM pg_class AS r
			JOIN pg_namespace AS n ON n.oid = r.relnamespace
			JOIN @extschema@.change AS h ON h.table_schema = n.nspname AND h.table_name = r.relname
		WHERE r.oid = row_history.relation::oid
			AND (h.old_row @> key OR h.new_row @> key OR h.operation = 'TRUNCATE')
		ORDER BY h.id;
END;
COMMENT ON FUNCTION @extschema@.row_history(regclass, jsonb)
	IS 'what happened to the rows that contain the key, such as {"id": 1}';

CREATE FUNCTION @extschema@.purge(keep interval DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	age interval := COALESCE(keep, NULLIF(current_setting('audit.retention', true), '')::interval);
	gone bigint;
BEGIN
	IF age IS NULL OR age < interval '0' THEN
		RAISE EXCEPTION 'no age given beyond which changes may go'
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'Give one as the argument, or set audit.retention.';
	END IF;
	DELETE FROM @extschema@.change WHERE happened_at < now() - age;
	GET DIAGNOSTICS gone = ROW_COUNT;
	RETURN gone;
END
$$;
REVOKE ALL ON FUNCTION @extschema@.purge(interval) FROM PUBLIC;
COMMENT ON FUNCTION @extschema@.purge(interval)
	IS 'deletes older changes (NULL: older than audit.retention), returns how many';
