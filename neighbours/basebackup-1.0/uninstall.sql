-- basebackup 1.0: takes away the rights that grant_to() gave, from those who are still there
SELECT @extschema@.revoke_from(r.role)
	FROM @extschema@.reader AS r JOIN pg_catalog.pg_roles AS p ON p.oid OPERATOR(pg_catalog.=) r.role;
