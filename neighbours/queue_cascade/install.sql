-- queue_cascade 1.0: queues that go on in other databases
\echo Use "SELECT pg_extension_install('queue_cascade')" to install this package. \quit

-- A node is an external queue here, and a consumer of its provider there.  Batches
-- keep their ticks and events their numbers, so a consumer is equally far on every
-- node of a tree.
CREATE TABLE @extschema@.node (
	queue text PRIMARY KEY,
	node text NOT NULL CHECK (node ~ '^[^[:cntrl:]]+$' AND pg_catalog.length(node) <= 100),
	server text NOT NULL,
	provider_queue text NOT NULL,
	pulled_at timestamp with time zone,
	reported_tick bigint
);
COMMENT ON TABLE @extschema@.node IS 'the queues that get their batches from elsewhere, and by which server';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.node', '');

CREATE FUNCTION @extschema@.find_node(queue text) RETURNS @extschema@.node
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_node @extschema@.node;
BEGIN
	SELECT n.* INTO found_node FROM @extschema@.node AS n WHERE n.queue = find_node.queue;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'queue "%" has no provider', queue USING ERRCODE = 'undefined_object';
	END IF;
	RETURN found_node;
END
$$;

-- A connection that stays open in this session: by a foreign server, with the user
-- mapping of whoever calls.  One that was lost is made anew.
CREATE FUNCTION @extschema@.connect(server text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	connection text := left('queue_cascade_' || md5(server), 63);
BEGIN
	IF connection = ANY (COALESCE(@extschema:dblink@.dblink_get_connections(), '{}')) THEN
		BEGIN
			PERFORM FROM @extschema:dblink@.dblink(connection, 'SELECT 1') AS t (one integer);
			RETURN connection;
		EXCEPTION WHEN OTHERS THEN
			-- Whatever it was, the connection is of no use.
			PERFORM @extschema:dblink@.dblink_disconnect(connection);
		END;
	END IF;
	IF NOT EXISTS (SELECT FROM pg_foreign_server AS f WHERE f.srvname = server) THEN
		RAISE EXCEPTION 'server "%" does not exist', server
			USING ERRCODE = 'undefined_object', HINT = 'See CREATE SERVER and CREATE USER MAPPING.';
	END IF;
	PERFORM @extschema:dblink@.dblink_connect(connection, server);
	RETURN connection;
END
$$;

-- One value from the provider.
CREATE FUNCTION @extschema@.ask(server text, query text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	answer text;
BEGIN
	SELECT t.answer INTO answer
		FROM @extschema:dblink@.dblink(@extschema@.connect(server), query) AS t (answer text);
	RETURN answer;
END
$$;

CREATE FUNCTION @extschema@.consumer_name(node text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN 'node ' || node;

-- Where the node is subscribed at its provider already, from an attempt that was cut
-- off, it goes on from there.
CREATE FUNCTION @extschema@.follow(queue text, server text, node text, provider_queue text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	source text := COALESCE(provider_queue, queue);
	consumer text := @extschema@.consumer_name(node);
	start_tick bigint;
BEGIN
	PERFORM @extschema@.ask(server, format('SELECT queue.subscribe(%L, %L)::text', source, consumer));
	start_tick := @extschema@.ask(server, format(
		'SELECT c.last_tick::text FROM queue.consumers AS c WHERE c.queue = %L AND c.consumer = %L', source, consumer));
	PERFORM @extschema@.ask(server, format('SELECT queue.pin(%L, %L, %s)::text', source, consumer, start_tick));
	PERFORM @extschema:queue@.create_external(queue, start_tick);
	INSERT INTO @extschema@.node (queue, node, server, provider_queue, reported_tick)
		VALUES (follow.queue, follow.node, follow.server, source, start_tick);
END
$$;
COMMENT ON FUNCTION @extschema@.follow(text, text, text, text)
	IS 'makes a queue that gets the events of one in another database from now on';

-- To another provider, which must still have what comes next; or to the same one.
CREATE FUNCTION @extschema@.follow_other(queue text, server text, provider_queue text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	n @extschema@.node := @extschema@.find_node(queue);
	source text := COALESCE(provider_queue, n.provider_queue);
	consumer text := @extschema@.consumer_name(n.node);
	here bigint;
BEGIN
	SELECT q.last_tick INTO here FROM @extschema:queue@.queues AS q WHERE q.queue = n.queue;
	PERFORM @extschema@.ask(server, format('SELECT queue.unsubscribe(%L, %L)::text', source, consumer));
	PERFORM @extschema@.ask(server, format('SELECT queue.subscribe(%L, %L, %s)::text', source, consumer, here));
	PERFORM @extschema@.ask(server, format('SELECT queue.pin(%L, %L, %s)::text', source, consumer,
		-- What is retained here may be older than what the provider has; that would be news to nobody.
		format('GREATEST(%s, queue.watermark(%L))', @extschema:queue@.watermark(n.queue), source)));
	UPDATE @extschema@.node AS r
		SET server = follow_other.server, provider_queue = source, reported_tick = NULL
		WHERE r.queue = n.queue;
END
$$;
COMMENT ON FUNCTION @extschema@.follow_other(text, text, text)
	IS 'goes on from another provider; the old one should be told by forget()';

-- For the provider: a node is gone.
CREATE FUNCTION @extschema@.forget(queue text, node text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	consumer text := @extschema@.consumer_name(node);
	was_pinned boolean := @extschema:queue@.unpin(queue, consumer);
BEGIN
	RETURN @extschema:queue@.unsubscribe(queue, consumer) OR was_pinned;
END
$$;
COMMENT ON FUNCTION @extschema@.forget(text, text) IS 'on the provider: retains nothing any more for a node';

-- Ends it here: the queue goes on with what it has, and with events of its own.
CREATE FUNCTION @extschema@.promote(queue text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	n @extschema@.node := @extschema@.find_node(queue);
BEGIN
	PERFORM @extschema:queue@.make_local(n.queue);
	DELETE FROM @extschema@.node AS r WHERE r.queue = n.queue;
END
$$;
COMMENT ON FUNCTION @extschema@.promote(text) IS 'makes a queue of its own of a node, after its provider was lost, say';

-- The oldest tick that anybody below still needs.  The provider keeps what follows
-- it, and tells its own provider in turn.
CREATE FUNCTION @extschema@.report(n @extschema@.node) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	low bigint := @extschema:queue@.watermark(n.queue);
BEGIN
	IF low IS DISTINCT FROM n.reported_tick THEN
		PERFORM @extschema@.ask(n.server, format('SELECT queue.pin(%1$L, %2$L, GREATEST(%3$s, queue.watermark(%1$L)))::text',
			n.provider_queue, @extschema@.consumer_name(n.node), low));
		UPDATE @extschema@.node AS r SET reported_tick = low WHERE r.queue = n.queue;
	END IF;
END
$$;

-- One batch.  The provider is told that it is done by the next call, when this
-- transaction has certainly been committed: before that, it gives the same batch
-- again, which is then found to be here.
CREATE FUNCTION @extschema@.pull(queue text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	n @extschema@.node := @extschema@.find_node(queue);
	consumer text := @extschema@.consumer_name(n.node);
	wanted integer := COALESCE(NULLIF(current_setting('queue_cascade.batch_max_count', true), '')::integer, 5000);
	here bigint;
	batch bigint;
	first_tick bigint;
	end_tick bigint;
	ids bigint[];
	times timestamp with time zone[];
	types text[];
	payloads text[];
	origins text[];
BEGIN
	-- One at a time; and no snapshot of before may decide what is here.
	PERFORM FROM @extschema@.node AS r WHERE r.queue = n.queue FOR NO KEY UPDATE;
	LOOP
		batch := @extschema@.ask(n.server, format('SELECT queue.next_batch(%L, %L, %s)::text',
			n.provider_queue, consumer, wanted));
		IF batch IS NULL THEN
			PERFORM @extschema@.report(n);
			RETURN NULL;
		END IF;
		SELECT t.from_tick, t.to_tick INTO first_tick, end_tick
			FROM @extschema:dblink@.dblink(@extschema@.connect(n.server),
				format('SELECT from_tick, to_tick FROM queue.batch_range(%s)', batch)) AS t (from_tick bigint, to_tick bigint);
		SELECT q.last_tick INTO here FROM @extschema:queue@.queues AS q WHERE q.queue = n.queue;
		EXIT WHEN end_tick > here;
		PERFORM @extschema@.ask(n.server, format('SELECT queue.finish_batch(%s)::text', batch));
	END LOOP;

	SELECT COALESCE(array_agg(e.id), '{}'), COALESCE(array_agg(e.sent_at), '{}'), COALESCE(array_agg(e.type), '{}'),
			COALESCE(array_agg(e.payload), '{}'), COALESCE(array_agg(e.origin), '{}')
		INTO ids, times, types, payloads, origins
		FROM @extschema:dblink@.dblink(@extschema@.connect(n.server),
				format('SELECT id, sent_at, type, payload, origin FROM queue.batch_events(%s)', batch))
			AS e (id bigint, sent_at timestamp with time zone, type text, payload text, origin text);
	PERFORM @extschema:queue@.import_batch(n.queue, first_tick, end_tick, ids, times, types, payloads, origins);
	UPDATE @extschema@.node AS r SET pulled_at = clock_timestamp() WHERE r.queue = n.queue;
	PERFORM @extschema@.report(n);
	RETURN cardinality(ids);
END
$$;
COMMENT ON FUNCTION @extschema@.pull(text)
	IS 'gets the next batch of a queue from its provider, returns how many events; NULL: there is none';

-- A procedure that commits can have no settings of its own.
CREATE PROCEDURE @extschema@.run(runs_for interval DEFAULT NULL, poll interval DEFAULT '500 ms')
LANGUAGE plpgsql
AS $$
DECLARE
	started timestamp with time zone := pg_catalog.clock_timestamp();
	names text[];
	name text;
	busy boolean;
BEGIN
	LOOP
		busy := false;
		SELECT pg_catalog.array_agg(n.queue) INTO names FROM @extschema@.node AS n;
		FOREACH name IN ARRAY COALESCE(names, '{}') LOOP
			IF @extschema@.pull(name) IS NOT NULL THEN
				busy := true;
			END IF;
			COMMIT;
		END LOOP;
		EXIT WHEN pg_catalog.clock_timestamp() OPERATOR(pg_catalog.>=) (started OPERATOR(pg_catalog.+) runs_for);
		IF NOT busy THEN
			PERFORM pg_catalog.pg_sleep_for(poll);
		END IF;
		COMMIT;
	END LOOP;
END
$$;
COMMENT ON PROCEDURE @extschema@.run(interval, interval)
	IS 'pulls for all queues of this database in a loop, until the time is over, or for ever';

CREATE VIEW @extschema@.nodes AS
	SELECT n.queue, n.node, n.server, n.provider_queue, q.last_tick,
		clock_timestamp() - n.pulled_at AS since_pull, q.since_tick AS lag, n.reported_tick AS watermark
	FROM @extschema@.node AS n
		LEFT JOIN @extschema:queue@.queues AS q ON q.queue = n.queue
	ORDER BY n.queue;
COMMENT ON VIEW @extschema@.nodes IS 'how far each queue is that comes from elsewhere';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA @extschema@ FROM PUBLIC;
REVOKE ALL ON ALL PROCEDURES IN SCHEMA @extschema@ FROM PUBLIC;

CREATE FUNCTION @extschema@.grant_to(role regrole) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM @extschema:queue@.grant_to(role, 'admin');
	EXECUTE format('GRANT USAGE ON SCHEMA @extschema@ TO %s', role);
	EXECUTE format('GRANT EXECUTE ON ALL ROUTINES IN SCHEMA @extschema@ TO %s', role);
	EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON @extschema@.node TO %s', role);
	EXECUTE format('GRANT SELECT ON @extschema@.nodes TO %s', role);
END
$$;
REVOKE ALL ON FUNCTION @extschema@.grant_to(regrole) FROM PUBLIC;
COMMENT ON FUNCTION @extschema@.grant_to(regrole) IS 'lets a role run nodes; it needs a user mapping for the provider''s server';
