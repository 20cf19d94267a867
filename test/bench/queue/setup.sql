-- The three queues that are compared, and a consumer of each as a procedure that
-- commits batch by batch.
CREATE EXTENSION pg_extman;
SELECT pg_extension_install('queue');
CREATE EXTENSION pgq;

SELECT queue.create_queue('bench'), queue.subscribe('bench', 'c'), queue.configure('bench', 'rotation_period', '0');
SELECT pgq.create_queue('bench'), pgq.register_consumer('bench', 'c'),
	pgq.set_queue_config('bench', 'rotation_period', '0 s'),
	-- It ticks when it is told to.
	pgq.set_queue_config('bench', 'ticker_max_count', '1'), pgq.set_queue_config('bench', 'ticker_max_lag', '0 s');
CREATE TABLE job (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	sent_at timestamptz NOT NULL DEFAULT clock_timestamp(), type text, payload text);

-- Sends so many events, with as many statements as the API wants.
CREATE FUNCTION fill_queue(events integer) RETURNS void LANGUAGE sql AS $$
	SELECT queue.send_many('bench', 't', array_fill(repeat('x', 60), ARRAY[events]));
$$;
CREATE FUNCTION fill_pgq(events integer) RETURNS void LANGUAGE sql AS $$
	SELECT count(pgq.insert_event('bench', 't', repeat('x', 60))) FROM generate_series(1, events);
$$;
CREATE FUNCTION fill_skiplocked(events integer) RETURNS void LANGUAGE sql AS $$
	INSERT INTO job (type, payload) SELECT 't', repeat('x', 60) FROM generate_series(1, events);
$$;

CREATE FUNCTION tick_queue() RETURNS void LANGUAGE sql AS $$ SELECT queue.tick('bench') $$;
CREATE FUNCTION tick_pgq() RETURNS void LANGUAGE sql AS $$ SELECT pgq.ticker('bench') $$;
CREATE FUNCTION tick_skiplocked() RETURNS void LANGUAGE sql AS $$ $$;

CREATE TABLE done (peer text, events bigint);

CREATE PROCEDURE drain_queue() LANGUAGE plpgsql AS $$
DECLARE
	batch bigint;
	events bigint;
BEGIN
	LOOP
		batch := queue.next_batch('bench', 'c');
		EXIT WHEN batch IS NULL;
		SELECT count(payload) INTO events FROM queue.batch_events(batch);
		INSERT INTO done VALUES ('queue', events);
		PERFORM queue.finish_batch(batch);
		COMMIT;
	END LOOP;
END $$;
CREATE PROCEDURE drain_pgq() LANGUAGE plpgsql AS $$
DECLARE
	batch bigint;
	events bigint;
BEGIN
	LOOP
		batch := pgq.next_batch('bench', 'c');
		EXIT WHEN batch IS NULL;
		SELECT count(ev_data) INTO events FROM pgq.get_batch_events(batch);
		INSERT INTO done VALUES ('pgq', events);
		PERFORM pgq.finish_batch(batch);
		COMMIT;
	END LOOP;
END $$;
CREATE PROCEDURE drain_skiplocked() LANGUAGE plpgsql AS $$
DECLARE
	events bigint;
BEGIN
	LOOP
		WITH taken AS (
			-- An array, lest a join runs the query once for each row.
			DELETE FROM job WHERE id = ANY (ARRAY(SELECT id FROM job ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED))
			RETURNING payload)
			SELECT count(payload) INTO events FROM taken;
		EXIT WHEN events = 0;
		INSERT INTO done VALUES ('skiplocked', events);
		COMMIT;
	END LOOP;
END $$;

CREATE FUNCTION rotate_queue() RETURNS void LANGUAGE sql AS $$ SELECT queue.maintain() $$;
CREATE PROCEDURE rotate_pgq() LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pgq.maint_rotate_tables_step1('bench');
	COMMIT;
	PERFORM pgq.maint_rotate_tables_step2();
	COMMIT;
END $$;
