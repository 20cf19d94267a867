-- bla 0.9: counts what was seen, one row a name, and when it was seen last
CREATE TABLE bla_count (
	name text PRIMARY KEY,
	seen bigint NOT NULL,
	last_seen timestamp with time zone
);
SELECT pg_catalog.pg_extension_config_dump('bla_count', '');

CREATE FUNCTION bla_seen(name text) RETURNS bigint
LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
	INSERT INTO bla_count AS c (name, seen, last_seen)
		VALUES (bla_seen.name, 1, clock_timestamp())
		ON CONFLICT (name) DO UPDATE SET seen = c.seen + 1, last_seen = clock_timestamp()
		RETURNING c.seen;
END;
