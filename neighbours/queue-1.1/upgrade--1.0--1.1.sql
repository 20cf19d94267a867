-- queue 1.1: codecs, waking consumers up, and what queues that go on elsewhere need
\echo Use "SELECT pg_extension_upgrade('queue')" to bring queue to version 1.1. \quit

--
-- Since 1.1
--
ALTER TABLE @extschema@.queue
	ADD COLUMN encoder text,
	ADD COLUMN external boolean NOT NULL DEFAULT false,
	ADD COLUMN notify text NOT NULL DEFAULT 'tick' CHECK (notify IN ('none', 'tick', 'send'));
COMMENT ON COLUMN @extschema@.queue.encoder IS 'the function through which events go in';
COMMENT ON COLUMN @extschema@.queue.external IS 'its ticks and events are those of a queue elsewhere';
COMMENT ON COLUMN @extschema@.queue.notify IS 'when consumers that LISTEN are woken up';

ALTER TABLE @extschema@.subscription ADD COLUMN decoder text;
COMMENT ON COLUMN @extschema@.subscription.decoder IS 'the function through which events come out';

CREATE TABLE @extschema@.pinned (
	queue_id integer NOT NULL,
	name text NOT NULL CHECK (name ~ '^[^[:cntrl:]]+$' AND pg_catalog.length(name) <= 200),
	tick bigint NOT NULL,
	pinned_at timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	PRIMARY KEY (queue_id, name)
);
COMMENT ON TABLE @extschema@.pinned IS 'ticks from which on events stay, for the sake of somebody who is no consumer here';
SELECT pg_catalog.pg_extension_config_dump('@extschema@.pinned', '');

--
-- Waking consumers up
--
CREATE FUNCTION @extschema@.channel(queue text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT 'queue_' || q.id::text FROM @extschema@.find_queue(channel.queue) AS q);
COMMENT ON FUNCTION @extschema@.channel(text) IS 'what to LISTEN to for a queue';

CREATE FUNCTION @extschema@.wake(queue_id integer) RETURNS timestamp with time zone
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM pg_notify('queue_' || queue_id::text, '');
	RETURN clock_timestamp();
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.make_tick(queue_id integer) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	made @extschema@.tick;
	q @extschema@.queue;
BEGIN
	SELECT r.* INTO q FROM @extschema@.queue AS r WHERE r.id = make_tick.queue_id;
	IF q.external THEN
		RAISE EXCEPTION 'queue "%" has the ticks of a queue elsewhere', q.name
			USING ERRCODE = 'object_not_in_prerequisite_state';
	END IF;
	IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
		RAISE EXCEPTION 'cannot tick in a transaction of isolation level %', current_setting('transaction_isolation')
			USING ERRCODE = 'active_sql_transaction', HINT = 'Use READ COMMITTED.';
	END IF;
	-- What the tick counts is no more than what it sees, but for what is in progress.
	made.last_event := COALESCE(pg_sequence_last_value(q.events), 0);
	-- Now that there is a transaction ID, which must not count as visible.
	PERFORM pg_current_xact_id();
	SELECT c.xmax_txid, c.xip_txids, c.happened_at INTO made.xmax_txid, made.xip_txids, made.happened_at
		FROM @extschema@.current_tick(q.id) AS c;
	made.queue_id := q.id;
	SELECT COALESCE(max(t.id), 0) + 1 INTO made.id FROM @extschema@.tick AS t WHERE t.queue_id = q.id;
	INSERT INTO @extschema@.tick SELECT made.*;
	IF q.notify <> 'none' THEN
		PERFORM @extschema@.wake(q.id);
	END IF;
	RETURN made.id;
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.tick_is_due(q @extschema@.queue) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	last_tick @extschema@.tick := @extschema@.last_tick(q.id);
	waiting bigint := COALESCE(pg_sequence_last_value(q.events), 0) - last_tick.last_event;
	age interval := clock_timestamp() - last_tick.happened_at;
BEGIN
	IF q.external THEN
		RETURN false;
	END IF;
	IF last_tick.id IS NULL
		OR waiting >= COALESCE(q.tick_max_count, @extschema@.number('tick_max_count', 500))
		OR age >= COALESCE(q.tick_idle, @extschema@.duration('tick_idle', '1 min')) THEN
		RETURN true;
	END IF;
	-- A long transaction may have sent what was counted with an earlier tick.
	RETURN age >= COALESCE(q.tick_max_lag, @extschema@.duration('tick_max_lag', '1 s'))
		AND (waiting > 0 OR @extschema@.has_news(q.id, last_tick));
END
$$;

-- For a consumer that was woken up: a tick as soon as something can be seen.
CREATE FUNCTION @extschema@.tick_if_news(queue_id integer) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF NOT @extschema@.has_news(queue_id, @extschema@.last_tick(queue_id)) THEN
		RETURN NULL;
	END IF;
	PERFORM FROM @extschema@.queue AS r WHERE r.id = queue_id AND NOT r.external FOR NO KEY UPDATE SKIP LOCKED;
	IF NOT FOUND OR NOT @extschema@.has_news(queue_id, @extschema@.last_tick(queue_id)) THEN
		RETURN NULL;
	END IF;
	RETURN @extschema@.make_tick(queue_id);
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.next_batch(queue text, consumer text, max_events integer DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	q @extschema@.queue := @extschema@.find_queue(queue);
	s @extschema@.subscription;
	following bigint;
	late interval;
BEGIN
	SELECT r.* INTO s FROM @extschema@.subscription AS r
		WHERE r.queue_id = q.id AND r.consumer = next_batch.consumer FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'queue "%" has no consumer "%"', queue, consumer USING ERRCODE = 'undefined_object';
	END IF;
	IF s.batch IS NOT NULL THEN
		RETURN s.batch;
	END IF;

	max_events := COALESCE(max_events, @extschema@.number('batch_max_count', 5000));
	following := @extschema@.following_tick(s, max_events);
	IF following IS NULL AND NOT q.external
		AND current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
	THEN
		-- Where no ticker runs, whoever looks for events cuts them.
		late := @extschema@.duration('self_tick_after', '2 s');
		IF q.notify = 'send' THEN
			following := @extschema@.tick_if_news(q.id);
		ELSIF late >= interval '0'
			AND clock_timestamp() - (@extschema@.last_tick(q.id)).happened_at
				>= COALESCE(q.tick_max_lag, @extschema@.duration('tick_max_lag', '1 s')) + late
		THEN
			following := @extschema@.tick_if_due(q.id);
		END IF;
	END IF;
	IF following IS NULL THEN
		IF NOT EXISTS (SELECT FROM @extschema@.retry AS r
						WHERE r.subscription_id = s.id AND r.due_at <= clock_timestamp()) THEN
			UPDATE @extschema@.subscription AS r SET active_at = clock_timestamp()
				WHERE r.id = s.id AND r.active_at < clock_timestamp() - interval '1 s';
			RETURN NULL;
		END IF;
		-- A batch of nothing but what was to be retried.
		following := s.last_tick;
	END IF;

	s.batch := nextval('@extschema@.batch_seq');
	UPDATE @extschema@.subscription AS r
		SET next_tick = following, batch = s.batch, active_at = clock_timestamp()
		WHERE r.id = s.id;
	UPDATE @extschema@.retry AS r SET batch = s.batch
		WHERE r.subscription_id = s.id AND r.due_at <= clock_timestamp();
	RETURN s.batch;
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.send(queue text, type text, payload text, origin text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
AS $$
DECLARE
	sent bigint;
BEGIN
	INSERT INTO @extschema@.event (id, txid, sent_at, leaf, type, payload, origin)
		SELECT pg_catalog.nextval(q.events),
			q.txid_base OPERATOR(pg_catalog.+) pg_catalog.txid_current(),
			CASE WHEN q.notify OPERATOR(pg_catalog.=) 'send' THEN @extschema@.wake(q.id)
				ELSE pg_catalog.clock_timestamp() END,
			q.leaf, send.type, send.payload, send.origin
		FROM @extschema@.queue AS q
		WHERE q.name OPERATOR(pg_catalog.=) send.queue AND q.accepts AND NOT q.external
		RETURNING id INTO sent;
	IF NOT FOUND THEN
		PERFORM @extschema@.refuse(queue);
	END IF;
	RETURN sent;
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.send_many(queue text, type text, payloads text[], origin text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	target @extschema@.queue := @extschema@.find_queue(queue);
	sent bigint;
BEGIN
	IF NOT target.accepts OR target.external THEN
		PERFORM @extschema@.refuse(queue);
	END IF;
	INSERT INTO @extschema@.event (id, txid, sent_at, leaf, type, payload, origin)
		SELECT nextval(target.events), target.txid_base + x.txid, clock_timestamp(), target.leaf,
			send_many.type, p.payload, send_many.origin
		FROM (SELECT pg_current_xact_id()::text::bigint) AS x (txid), unnest(payloads) AS p (payload);
	GET DIAGNOSTICS sent = ROW_COUNT;
	IF target.notify = 'send' AND sent > 0 THEN
		PERFORM @extschema@.wake(target.id);
	END IF;
	RETURN sent;
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.configure(queue text, setting text, value text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	changed @extschema@.queue := @extschema@.find_queue(queue);
BEGIN
	CASE setting
		WHEN 'tick_max_count' THEN
			UPDATE @extschema@.queue AS q SET tick_max_count = value::integer WHERE q.id = changed.id;
		WHEN 'tick_max_lag' THEN
			UPDATE @extschema@.queue AS q SET tick_max_lag = value::interval WHERE q.id = changed.id;
		WHEN 'tick_idle' THEN
			UPDATE @extschema@.queue AS q SET tick_idle = value::interval WHERE q.id = changed.id;
		WHEN 'rotation_period' THEN
			UPDATE @extschema@.queue AS q SET rotation_period = value::interval WHERE q.id = changed.id;
		WHEN 'max_tries' THEN
			UPDATE @extschema@.queue AS q SET max_tries = value::integer WHERE q.id = changed.id;
		WHEN 'accepts' THEN
			UPDATE @extschema@.queue AS q SET accepts = COALESCE(value::boolean, true) WHERE q.id = changed.id;
		WHEN 'notify' THEN
			UPDATE @extschema@.queue AS q SET notify = COALESCE(value, 'tick') WHERE q.id = changed.id;
		ELSE
			RAISE EXCEPTION 'unrecognized setting of a queue: "%"', setting
				USING ERRCODE = 'undefined_object',
					HINT = 'There are tick_max_count, tick_max_lag, tick_idle, rotation_period, max_tries, accepts and notify.';
	END CASE;
EXCEPTION WHEN data_exception OR check_violation THEN
	RAISE EXCEPTION 'invalid value for setting "%" of queue "%": "%"', setting, queue, value
		USING ERRCODE = 'invalid_parameter_value';
END
$$;

--
-- Codecs
--

-- A codec is called as encode(type text, payload text, origin text) returns text, with
-- the rights of whoever sends or reads.  So it must be the function of somebody he
-- trusts: himself, a role he is a member of, a superuser, or the owner of the queues.
CREATE FUNCTION @extschema@.apply_codec(codec text, type text, payload text, origin text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	trusted boolean;
	result text;
BEGIN
	SELECT r.rolsuper OR pg_has_role(current_user, p.proowner, 'MEMBER')
			OR p.proowner = (SELECT c.relowner FROM pg_class AS c WHERE c.oid = '@extschema@.queue'::regclass)
		INTO trusted
		FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner
		WHERE p.oid = to_regprocedure(codec);
	IF trusted IS NULL THEN
		RAISE EXCEPTION 'codec % does not exist', codec USING ERRCODE = 'undefined_function';
	END IF;
	IF NOT trusted THEN
		RAISE EXCEPTION 'codec % belongs to a role that "%" is no member of', codec, current_user
			USING ERRCODE = 'insufficient_privilege';
	END IF;
	EXECUTE format('SELECT %s($1, $2, $3)', to_regprocedure(codec)::regproc) INTO result USING type, payload, origin;
	RETURN result;
END
$$;

CREATE FUNCTION @extschema@.encoder_of(queue text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT q.encoder FROM @extschema@.find_queue(encoder_of.queue) AS q);

CREATE FUNCTION @extschema@.decoder_of(batch bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT s.decoder FROM @extschema@.subscription AS s WHERE s.batch = decoder_of.batch);

CREATE FUNCTION @extschema@.codec_name(codec regprocedure) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF codec IS NOT NULL AND NOT EXISTS (
		SELECT FROM pg_proc AS p
			WHERE p.oid = codec AND p.prorettype = 'text'::regtype AND NOT p.proretset AND p.prokind = 'f'
				AND oidvectortypes(p.proargtypes) = 'text, text, text')
	THEN
		RAISE EXCEPTION 'function % is no codec', codec
			USING ERRCODE = 'invalid_function_definition',
				HINT = 'A codec takes type, payload and origin as text, and returns the payload as text.';
	END IF;
	RETURN codec::text;
END
$$;

CREATE FUNCTION @extschema@.set_encoder(queue text, codec regprocedure) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	UPDATE @extschema@.queue AS q SET encoder = @extschema@.codec_name(codec)
		WHERE q.id = (@extschema@.find_queue(queue)).id;
END
$$;
COMMENT ON FUNCTION @extschema@.set_encoder(text, regprocedure)
	IS 'what turns the payload of events that come by produce() and by triggers; NULL: nothing';

CREATE FUNCTION @extschema@.set_decoder(queue text, consumer text, codec regprocedure) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	UPDATE @extschema@.subscription AS s SET decoder = @extschema@.codec_name(codec)
		WHERE s.queue_id = (@extschema@.find_queue(queue)).id AND s.consumer = set_decoder.consumer;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'queue "%" has no consumer "%"', queue, consumer USING ERRCODE = 'undefined_object';
	END IF;
END
$$;
COMMENT ON FUNCTION @extschema@.set_decoder(text, text, regprocedure)
	IS 'what turns the payload of events that a consumer gets by decoded_events(); NULL: nothing';

CREATE FUNCTION @extschema@.produce(queue text, type text, payload text, origin text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	encoder text := @extschema@.encoder_of(queue);
BEGIN
	IF encoder IS NOT NULL THEN
		payload := @extschema@.apply_codec(encoder, type, payload, origin);
	END IF;
	RETURN @extschema@.send(queue, type, payload, origin);
END
$$;
COMMENT ON FUNCTION @extschema@.produce(text, text, text, text) IS 'send() through the encoder of the queue';

CREATE FUNCTION @extschema@.decoded_events(batch bigint) RETURNS SETOF @extschema@.message
LANGUAGE plpgsql ROWS 1000 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	decoder text := @extschema@.decoder_of(batch);
BEGIN
	IF decoder IS NULL THEN
		RETURN QUERY SELECT e.* FROM @extschema@.batch_events(batch) AS e;
	ELSE
		RETURN QUERY SELECT e.id, e.sent_at, e.tries, e.type,
				@extschema@.apply_codec(decoder, e.type, e.payload, e.origin), e.origin
			FROM @extschema@.batch_events(batch) AS e;
	END IF;
END
$$;
COMMENT ON FUNCTION @extschema@.decoded_events(bigint) IS 'batch_events() through the decoder of the consumer';

-- Arguments: the queue, and the format: a word, or the signature of a function.
CREATE OR REPLACE FUNCTION @extschema@.capture() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	origin text := format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME);
	payload text;
BEGIN
	IF TG_OP = 'TRUNCATE' THEN
		payload := CASE TG_ARGV[1] WHEN 'sql' THEN 'TRUNCATE ONLY ' || origin END;
	ELSE
		CASE TG_ARGV[1]
			WHEN 'json' THEN payload := @extschema@.as_json(TG_RELID, TG_OP, OLD, NEW);
			WHEN 'images' THEN payload := @extschema@.as_images(TG_RELID, TG_OP, OLD, NEW);
			WHEN 'sql' THEN payload := @extschema@.as_sql(TG_RELID, TG_OP, OLD, NEW);
			ELSE
				EXECUTE format('SELECT %s($1, $2, $3, $4)', TG_ARGV[1]::regprocedure::regproc)
					INTO payload USING TG_RELID::regclass, TG_OP, OLD, NEW;
		END CASE;
	END IF;
	PERFORM @extschema@.produce(TG_ARGV[0], TG_OP, payload, origin);
	RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.attach(relation regclass, queue text, format text DEFAULT 'json') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	given text := format;
BEGIN
	PERFORM @extschema@.find_queue(queue);
	IF format IS NULL OR format NOT IN ('json', 'images', 'sql') THEN
		format := (SELECT p.oid::regprocedure::text FROM pg_proc AS p
					WHERE p.oid = CASE WHEN given LIKE '%(%)' THEN to_regprocedure(given) END AND p.prorettype = 'text'::regtype
						AND oidvectortypes(p.proargtypes) = 'regclass, text, record, record');
	END IF;
	IF format IS NULL THEN
		RAISE EXCEPTION 'unrecognized format of events: "%"', given
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'There are "json", "images" and "sql", and functions such as "app.as_xml(regclass, text, record, record)".';
	END IF;
	IF format = 'sql' AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = relation AND i.indisprimary) THEN
		RAISE EXCEPTION 'table "%" has no primary key', relation
			USING ERRCODE = 'object_not_in_prerequisite_state',
				HINT = 'Events with SQL need one; choose another format, or add a primary key.';
	END IF;
	PERFORM @extschema@.detach(relation, queue);
	EXECUTE pg_catalog.format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s '
							  'FOR EACH ROW EXECUTE FUNCTION @extschema@.capture(%L, %L)',
							  @extschema@.trigger_name('queue_rows', queue), relation, queue, format);
	EXECUTE pg_catalog.format('CREATE TRIGGER %I AFTER TRUNCATE ON %s '
							  'FOR EACH STATEMENT EXECUTE FUNCTION @extschema@.capture(%L, %L)',
							  @extschema@.trigger_name('queue_truncate', queue), relation, queue, format);
END
$$;
COMMENT ON FUNCTION @extschema@.attach(regclass, text, text)
	IS 'makes events of the changes of a table; formats: json, images, sql, or a function';

--
-- For queues whose events go on elsewhere
--
CREATE OR REPLACE FUNCTION @extschema@.low_tick(queue_id integer) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT COALESCE(LEAST((SELECT min(s.last_tick) FROM @extschema@.subscription AS s
							WHERE s.queue_id = low_tick.queue_id),
						  (SELECT min(p.tick) FROM @extschema@.pinned AS p WHERE p.queue_id = low_tick.queue_id)),
					(SELECT max(t.id) FROM @extschema@.tick AS t WHERE t.queue_id = low_tick.queue_id));
END;

CREATE OR REPLACE FUNCTION @extschema@.drop_queue(name text, force boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	dropped @extschema@.queue := @extschema@.find_queue(name);
	consumers text;
	leaf integer;
BEGIN
	PERFORM FROM @extschema@.queue AS q WHERE q.id = dropped.id FOR UPDATE;
	SELECT string_agg(format('"%s"', s.consumer), ', ' ORDER BY s.consumer) INTO consumers
		FROM @extschema@.subscription AS s WHERE s.queue_id = dropped.id;
	IF consumers IS NOT NULL AND NOT force THEN
		RAISE EXCEPTION 'queue "%" has consumers', name
			USING ERRCODE = 'object_in_use', DETAIL = format('They are: %s.', consumers),
				HINT = 'Unsubscribe them, or drop the queue by force.';
	END IF;
	-- First, since whoever sends has it locked until the end of his transaction, before
	-- he writes: so nobody writes an event of this queue any more once it is gone.
	EXECUTE format('DROP SEQUENCE %s', dropped.events);
	FOR leaf IN SELECT l.id FROM @extschema@.leaf AS l WHERE l.queue_id = dropped.id ORDER BY l.id LOOP
		EXECUTE format('TRUNCATE ONLY @extschema@.event_%s', leaf);
	END LOOP;
	UPDATE @extschema@.leaf AS l SET queue_id = NULL WHERE l.queue_id = dropped.id;
	PERFORM @extschema@.drop_subscription(s.id) FROM @extschema@.subscription AS s WHERE s.queue_id = dropped.id;
	DELETE FROM @extschema@.pinned AS p WHERE p.queue_id = dropped.id;
	DELETE FROM @extschema@.tick AS t WHERE t.queue_id = dropped.id;
	DELETE FROM @extschema@.queue AS q WHERE q.id = dropped.id;
END
$$;

CREATE FUNCTION @extschema@.watermark(queue text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT @extschema@.low_tick(q.id) FROM @extschema@.find_queue(watermark.queue) AS q);
COMMENT ON FUNCTION @extschema@.watermark(text) IS 'the tick from which on events stay';

CREATE FUNCTION @extschema@.pin(queue text, name text, tick bigint) RETURNS void
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	target @extschema@.queue := @extschema@.find_queue(queue);
BEGIN
	-- While the maintenance deletes no tick.
	PERFORM FROM @extschema@.queue AS q WHERE q.id = target.id FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'queue "%" does not exist', queue USING ERRCODE = 'undefined_object';
	END IF;
	IF NOT EXISTS (SELECT FROM @extschema@.tick AS t WHERE t.queue_id = target.id AND t.id = pin.tick) THEN
		RAISE EXCEPTION 'queue "%" has no tick %', queue, tick USING ERRCODE = 'undefined_object';
	END IF;
	INSERT INTO @extschema@.pinned AS p (queue_id, name, tick) VALUES (target.id, pin.name, pin.tick)
		ON CONFLICT ON CONSTRAINT pinned_pkey DO UPDATE SET tick = excluded.tick, pinned_at = clock_timestamp();
END
$$;
COMMENT ON FUNCTION @extschema@.pin(text, text, bigint) IS 'keeps the events from a tick on, until it is moved on';

CREATE FUNCTION @extschema@.unpin(queue text, name text) RETURNS boolean
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	DELETE FROM @extschema@.pinned AS p
		WHERE p.queue_id = (@extschema@.find_queue(queue)).id AND p.name = unpin.name;
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION @extschema@.unpin(text, text) IS 'ends it';

CREATE FUNCTION @extschema@.batch_range(batch bigint, OUT from_tick bigint, OUT to_tick bigint) RETURNS record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	SELECT s.last_tick, s.next_tick INTO from_tick, to_tick
		FROM @extschema@.subscription AS s WHERE s.batch = batch_range.batch;
END
$$;
COMMENT ON FUNCTION @extschema@.batch_range(bigint) IS 'the ticks between which an open batch lies';

-- A queue that begins with a tick of another one, whose batches are imported.
CREATE FUNCTION @extschema@.create_external(name text, tick bigint) RETURNS void
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	new_id integer;
BEGIN
	PERFORM @extschema@.create_queue(name);
	UPDATE @extschema@.queue AS q SET external = true WHERE q.name = create_external.name RETURNING q.id INTO new_id;
	UPDATE @extschema@.tick AS t SET id = create_external.tick WHERE t.queue_id = new_id;
END
$$;
COMMENT ON FUNCTION @extschema@.create_external(text, bigint) IS 'makes a queue that gets batches of a queue elsewhere';

CREATE FUNCTION @extschema@.make_local(queue text) RETURNS void
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	local_id integer;
	now @extschema@.tick;
BEGIN
	UPDATE @extschema@.queue AS q SET external = false
		WHERE q.id = (@extschema@.find_queue(queue)).id AND q.external RETURNING q.id INTO local_id;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	PERFORM @extschema@.make_tick(local_id);
	now := @extschema@.last_tick(local_id);
	-- Imported ticks know of no transaction in progress.  Of those that had their number
	-- before them and have not ended yet, some may send from now on.
	UPDATE @extschema@.tick AS t
		SET xip_txids = ARRAY(SELECT x FROM unnest(now.xip_txids) AS x WHERE x < t.xmax_txid ORDER BY x)
		WHERE t.queue_id = local_id AND t.id < now.id;
END
$$;
COMMENT ON FUNCTION @extschema@.make_local(text) IS 'from now on the queue has events and ticks of its own';

-- A batch with the numbers that it has elsewhere, as one transaction: which is what
-- the tick at its end sees.  Once more is no error.
CREATE FUNCTION @extschema@.import_batch(queue text, from_tick bigint, to_tick bigint, ids bigint[],
	sent_at timestamp with time zone[], types text[], payloads text[], origins text[]) RETURNS boolean
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	q @extschema@.queue;
	older @extschema@.tick;
	own bigint;
	last_event bigint;
BEGIN
	SELECT r.* INTO q FROM @extschema@.queue AS r
		WHERE r.id = (@extschema@.find_queue(queue)).id FOR NO KEY UPDATE;
	IF NOT q.external THEN
		RAISE EXCEPTION 'queue "%" has ticks of its own', queue USING ERRCODE = 'object_not_in_prerequisite_state';
	END IF;
	older := @extschema@.last_tick(q.id);
	IF older.id >= to_tick THEN
		RETURN false;
	END IF;
	IF older.id <> from_tick THEN
		RAISE EXCEPTION 'batch from tick % does not continue queue "%"', from_tick, queue
			USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = format('Its last tick is %s.', older.id);
	END IF;
	own := q.txid_base + pg_current_xact_id()::text::bigint;
	IF own < older.xmax_txid THEN
		-- It had begun before the one that brought the batch before.
		RAISE EXCEPTION 'could not import a batch into queue "%"', queue
			USING ERRCODE = 'serialization_failure', HINT = 'Try again, in a transaction of its own.';
	END IF;
	INSERT INTO @extschema@.event (id, txid, sent_at, leaf, type, payload, origin)
		SELECT e.id, own, e.sent_at, q.leaf, e.type, e.payload, e.origin
			FROM ROWS FROM (unnest(ids), unnest(import_batch.sent_at), unnest(types), unnest(payloads), unnest(origins))
				AS e (id, sent_at, type, payload, origin);
	last_event := GREATEST(older.last_event, (SELECT max(i) FROM unnest(ids) AS i));
	IF last_event > 0 THEN
		PERFORM setval(q.events, last_event);
	END IF;
	INSERT INTO @extschema@.tick (queue_id, id, xmax_txid, xip_txids, last_event)
		VALUES (q.id, to_tick, own + 1, '{}', last_event);
	IF q.notify <> 'none' THEN
		PERFORM @extschema@.wake(q.id);
	END IF;
	RETURN true;
END
$$;
COMMENT ON FUNCTION @extschema@.import_batch(text, bigint, bigint, bigint[], timestamp with time zone[], text[], text[], text[])
	IS 'puts a batch of a queue elsewhere into an external queue; false: it is there';

CREATE VIEW @extschema@.retention AS
	SELECT q.name AS queue, r.who, r.name, r.tick, clock_timestamp() - t.happened_at AS lag,
		now.last_event - t.last_event AS events, r.tick = @extschema@.low_tick(q.id) AS retains
	FROM @extschema@.queue AS q
		CROSS JOIN LATERAL (
			SELECT 'consumer', s.consumer, s.last_tick FROM @extschema@.subscription AS s WHERE s.queue_id = q.id
			UNION ALL
			SELECT 'pin', p.name, p.tick FROM @extschema@.pinned AS p WHERE p.queue_id = q.id) AS r (who, name, tick)
		LEFT JOIN @extschema@.tick AS t ON t.queue_id = q.id AND t.id = r.tick
		CROSS JOIN LATERAL @extschema@.last_tick(q.id) AS now
	ORDER BY q.name, r.tick, r.who, r.name;
COMMENT ON VIEW @extschema@.retention IS 'for whose sake events stay, the slowest first';

--
-- Subscribing to an external queue starts with its last tick
--
CREATE OR REPLACE FUNCTION @extschema@.subscribe(queue text, consumer text, from_tick bigint DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	target @extschema@.queue := @extschema@.find_queue(queue);
	start_tick bigint := from_tick;
BEGIN
	-- While the maintenance deletes no tick.
	PERFORM FROM @extschema@.queue AS q WHERE q.id = target.id FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'queue "%" does not exist', queue USING ERRCODE = 'undefined_object';
	END IF;
	IF EXISTS (SELECT FROM @extschema@.subscription AS s
				WHERE s.queue_id = target.id AND s.consumer = subscribe.consumer) THEN
		RETURN false;
	END IF;
	IF from_tick IS NULL AND target.external THEN
		start_tick := (@extschema@.last_tick(target.id)).id;
	ELSIF from_tick IS NULL THEN
		start_tick := @extschema@.make_tick(target.id);
	ELSIF NOT EXISTS (SELECT FROM @extschema@.tick AS t WHERE t.queue_id = target.id AND t.id = from_tick) THEN
		RAISE EXCEPTION 'queue "%" has no tick %', queue, from_tick
			USING ERRCODE = 'undefined_object',
				DETAIL = (SELECT format('It has those from %s to %s.', min(t.id), max(t.id))
							FROM @extschema@.tick AS t WHERE t.queue_id = target.id);
	END IF;
	INSERT INTO @extschema@.subscription (queue_id, consumer, last_tick)
		VALUES (target.id, subscribe.consumer, start_tick);
	RETURN true;
EXCEPTION WHEN check_violation OR not_null_violation THEN
	RAISE EXCEPTION 'invalid name of a consumer: "%"', consumer
		USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Use 1 to 200 characters, none of them a control character.';
END
$$;

CREATE OR REPLACE FUNCTION @extschema@.functions_of(part text) RETURNS SETOF regprocedure
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT p.oid::regprocedure
		FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
		WHERE n.nspname = '@extschema@'
			AND p.proname = ANY (CASE functions_of.part
				WHEN 'producer' THEN ARRAY['send', 'send_many', 'produce', 'encoder_of', 'apply_codec',
					'capture', 'as_json', 'as_images', 'as_sql']
				WHEN 'consumer' THEN ARRAY['next_batch', 'batch_events', 'decoded_events', 'decoder_of', 'apply_codec',
					'batch_range', 'finish_batch', 'retry_event', 'bury_event', 'channel', 'watermark',
					'ticker', 'run_ticker', 'maintain', 'check', 'low_tick', 'last_tick', 'last_event', 'leaves_size']
				WHEN 'admin' THEN ARRAY['create_queue', 'drop_queue', 'configure', 'attach', 'detach', 'trigger_name',
					'find_queue', 'tick', 'subscribe', 'unsubscribe', 'revive', 'purge_dead_letters',
					'set_encoder', 'set_decoder', 'pin', 'unpin', 'create_external', 'make_local', 'import_batch']
				END::name[]);
END;

CREATE OR REPLACE FUNCTION @extschema@.grant_to(role regrole, part text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	function_name regprocedure;
BEGIN
	IF part IS NULL OR part NOT IN ('producer', 'consumer', 'admin') THEN
		RAISE EXCEPTION 'unrecognized part: "%"', part
			USING ERRCODE = 'invalid_parameter_value', HINT = 'There are "producer", "consumer" and "admin".';
	END IF;
	EXECUTE format('GRANT USAGE ON SCHEMA @extschema@ TO %s', role);
	FOR function_name IN
		SELECT f FROM @extschema@.functions_of(part) AS f
		UNION SELECT f FROM @extschema@.functions_of('producer') AS f WHERE part = 'admin'
		UNION SELECT f FROM @extschema@.functions_of('consumer') AS f WHERE part = 'admin'
	LOOP
		EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %s', function_name, role);
	END LOOP;
	IF part IN ('consumer', 'admin') THEN
		EXECUTE format('GRANT SELECT ON @extschema@.queues, @extschema@.consumers, @extschema@.dead_letters, '
					   '@extschema@.retention TO %s', role);
	END IF;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA @extschema@ FROM PUBLIC;
