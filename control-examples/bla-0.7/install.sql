-- bla 0.7: counts what was seen, one row a name
CREATE TABLE bla_count (name text PRIMARY KEY, seen bigint NOT NULL);
SELECT pg_catalog.pg_extension_config_dump('bla_count', '');

CREATE FUNCTION bla_seen(name text) RETURNS bigint
LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
	INSERT INTO bla_count AS c (name, seen) VALUES (bla_seen.name, 1)
		ON CONFLICT (name) DO UPDATE SET seen = c.seen + 1
		RETURNING c.seen;
END;
