-- audit_legacy 0.9: an older audit trail, which keeps rows as text
\echo Use "SELECT pg_extension_install('audit_legacy')" to install this package. \quit

CREATE TABLE @extschema@.entry (
	happened_at timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	login_role name NOT NULL DEFAULT SESSION_USER,
	relation name NOT NULL,
	operation text NOT NULL,
	old_row text,
	new_row text
);
SELECT pg_catalog.pg_extension_config_dump('@extschema@.entry', '');

CREATE FUNCTION @extschema@.record_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- format() writes rows by output functions alone, and calls no cast.
	INSERT INTO @extschema@.entry (relation, operation, old_row, new_row)
		VALUES (TG_TABLE_NAME, TG_OP,
				CASE WHEN TG_OP <> 'INSERT' THEN format('%s', OLD) END,
				CASE WHEN TG_OP <> 'DELETE' THEN format('%s', NEW) END);
	RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION @extschema@.record_entry() FROM PUBLIC;

CREATE FUNCTION @extschema@.watch(relation regclass) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('CREATE TRIGGER audit_legacy AFTER INSERT OR UPDATE OR DELETE ON %s '
				   'FOR EACH ROW EXECUTE FUNCTION @extschema@.record_entry()', relation);
END
$$;
COMMENT ON FUNCTION @extschema@.watch(regclass) IS 'records the changes of a table';
