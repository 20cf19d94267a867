-- audit_report 1.0: who changes what, and by how much money
\echo Use "SELECT pg_extension_install('audit_report')" to install this package. \quit

CREATE VIEW @extschema@.by_role AS
	SELECT c.acting_role, c.table_schema, c.table_name,
		count(*) FILTER (WHERE c.operation = 'INSERT') AS inserts,
		count(*) FILTER (WHERE c.operation = 'UPDATE') AS updates,
		count(*) FILTER (WHERE c.operation = 'DELETE') AS deletes,
		count(*) FILTER (WHERE c.operation = 'TRUNCATE') AS truncates,
		max(c.happened_at) AS last_change
	FROM audit.change AS c
	GROUP BY c.acting_role, c.table_schema, c.table_name;
COMMENT ON VIEW @extschema@.by_role IS 'the number of changes of each role to each audited table';

-- format_amount() is that of currency or of money_lite, whichever is there: its
-- schema is on search_path now, and the body is bound to it.
CREATE FUNCTION @extschema@.money_moved(relation regclass, column_name text, code text,
	since timestamp with time zone DEFAULT '-infinity',
	OUT acting_role name, OUT changes bigint, OUT increase text, OUT decrease text, OUT net text)
RETURNS SETOF record
LANGUAGE sql STABLE STRICT
BEGIN ATOMIC
	SELECT d.acting_role,
			count(*),
			format_amount(COALESCE(sum(d.delta) FILTER (WHERE d.delta > numeric '0'), 0), code),
			format_amount(COALESCE(sum(d.delta) FILTER (WHERE d.delta < numeric '0'), 0), code),
			format_amount(sum(d.delta), code)
		FROM (SELECT c.acting_role,
					COALESCE((c.new_row ->> column_name)::numeric, 0)
						- COALESCE((c.old_row ->> column_name)::numeric, 0)
				FROM pg_class AS r
					JOIN pg_namespace AS n ON n.oid = r.relnamespace
					JOIN audit.change AS c ON c.table_schema = n.nspname AND c.table_name = r.relname
				WHERE r.oid = money_moved.relation::oid
					AND c.operation <> 'TRUNCATE'
					AND c.happened_at >= since) AS d (acting_role, delta)
		WHERE d.delta <> numeric '0'
		GROUP BY d.acting_role
		ORDER BY d.acting_role;
END;
COMMENT ON FUNCTION @extschema@.money_moved(regclass, text, text, timestamp with time zone)
	IS 'by how much each role has changed a column of amounts';
