-- basebackup 1.0: takes away the rights that grant_to() gave
SELECT @extschema@.revoke_from(pg_catalog.to_regrole(pg_catalog.quote_ident(role::text))) FROM @extschema@.reader;
