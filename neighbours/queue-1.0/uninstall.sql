-- queue 1.0: refuses to throw away queues with events, unless queue.drop_data is on; takes the triggers away
-- In the order of those who send, tick and read: so it waits for them, and they for it.
LOCK TABLE ONLY @extschema@.event IN ACCESS EXCLUSIVE MODE;
LOCK TABLE ONLY @extschema@.queue IN ACCESS EXCLUSIVE MODE;
DO $do$
DECLARE
	full_queues text;
	found record;
BEGIN
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	IF NOT COALESCE(NULLIF(current_setting('queue.drop_data', true), '')::boolean, false) THEN
		SELECT string_agg(format('"%s"', q.name), ', ' ORDER BY q.name) INTO full_queues
			FROM @extschema@.queue AS q
				JOIN @extschema@.tick AS t ON t.queue_id = q.id AND t.id = @extschema@.low_tick(q.id)
			WHERE EXISTS (SELECT FROM @extschema@.subscription AS s WHERE s.queue_id = q.id)
				AND (@extschema@.has_news(q.id, t)
					OR EXISTS (SELECT FROM @extschema@.retry AS r
								JOIN @extschema@.subscription AS s ON s.id = r.subscription_id
								WHERE s.queue_id = q.id)
					OR EXISTS (SELECT FROM @extschema@.dead_letter AS d
								JOIN @extschema@.subscription AS s ON s.id = d.subscription_id
								WHERE s.queue_id = q.id));
		IF full_queues IS NOT NULL THEN
			RAISE EXCEPTION 'events would be lost'
				USING ERRCODE = 'object_in_use',
					DETAIL = format('Consumers of these queues still need some: %s.', full_queues),
					HINT = 'Drop the queues, or SET queue.drop_data = on and uninstall again.';
		END IF;
	END IF;
	-- They stand on tables of others, and would keep the package from going.
	FOR found IN SELECT t.tgname, t.tgrelid::regclass AS relation FROM pg_trigger AS t
		WHERE t.tgfoid = '@extschema@.capture()'::regprocedure AND t.tgparentid = 0
	LOOP
		EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.relation);
	END LOOP;
	-- The partitions go with their parent; the sequences are nobody's.
	FOR found IN SELECT q.events AS relation FROM @extschema@.queue AS q LOOP
		EXECUTE format('DROP SEQUENCE %s', found.relation);
	END LOOP;
END
$do$;
