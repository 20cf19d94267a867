-- bla 0.7 to 0.9: remembers when a name was seen last
ALTER TABLE @extschema@.bla_count ADD COLUMN last_seen timestamp with time zone;

CREATE OR REPLACE FUNCTION @extschema@.bla_seen(name text) RETURNS bigint
LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
	INSERT INTO @extschema@.bla_count AS c (name, seen, last_seen)
		VALUES (bla_seen.name, 1, clock_timestamp())
		ON CONFLICT (name) DO UPDATE SET seen = c.seen + 1, last_seen = clock_timestamp()
		RETURNING c.seen;
END;
