-- The packages of control-examples: installed, used, uninstalled.
\set SHOW_CONTEXT never
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';

--
-- foo, bar, baz and bla
--
SELECT step, action, name, old_version, new_version FROM pg_extension_install('bar (= 1.0)');
INSERT INTO bar_word VALUES ('the'), ('a');
SELECT bar_counts('The'), bar_counts('query');

-- foo needs a newer bar, which comes by an upgrade; the words stay
SELECT step, action, name, old_version, new_version, reason FROM pg_extension_install('foo');
SELECT bar_without('the art of a query');
SELECT foo_add('The Art of  a Query, Part 1'), foo_slug('the');
SET foo.max_length = 10;
SELECT foo_slug('The Art of  a Query'), foo_max_length();
RESET foo.max_length;

-- foo conflicts with the old bla
SELECT step, action, name, old_version, new_version FROM pg_extension_install('bla (< 0.8)');
SELECT step, action, name, old_version, new_version FROM pg_extension_install('bla');
SELECT bla_seen('x'), bla_seen('x'), bla_seen('y');

-- the title is not thrown away unasked
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('foo');
TABLE foo_title;
SET foo.drop_data = on;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('foo');
RESET foo.drop_data;
SELECT to_regclass('foo_title'), to_regproc('foo_slug');

-- an upgrade of bla keeps the counts
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('bla');
SELECT step, action, name, old_version, new_version FROM pg_extension_install('bla (= 0.7)');
SELECT bla_seen('x');
SELECT step, action, name, old_version, new_version FROM pg_extension_install('bla (>= 0.9)');
SELECT bla_seen('x');
SELECT name, seen, last_seen IS NOT NULL AS has_time FROM bla_count;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('bla, baz, bar');

--
-- currency: arithmetic, order, aggregates
--
SELECT step, action, name, old_version, new_version FROM pg_extension_install('currency (= 1.0)');
SELECT currency(12.5, 'eur'), currency_parse(' -3.20usd '), currency_text(currency(1.10, 'CHF'));
SELECT currency_parse('12,50 EUR');
SELECT currency(1, 'E1R');
SELECT currency(1, 'EUR') + currency(2, 'EUR') AS plus,
	currency(3, 'EUR') - currency(4, 'EUR') AS minus,
	- currency(1, 'EUR') AS negative,
	2 * currency(1.5, 'EUR') AS twice,
	currency_round(currency(10, 'EUR') / 3) AS third;
SELECT currency(1, 'EUR') + currency(2, 'USD');
SELECT currency(1.0, 'EUR') = currency(1.00, 'EUR') AS equal,
	currency(9, 'EUR') < currency(10, 'EUR') AS less,
	currency(9, 'USD') < currency(10, 'EUR') AS by_code_first;

CREATE TABLE price (id integer PRIMARY KEY, price currency);
INSERT INTO price
	SELECT i, currency(i % 100, CASE WHEN i % 2 = 0 THEN 'EUR' ELSE 'USD' END)
		FROM generate_series(1, 2000) AS i;
CREATE INDEX price_price_idx ON price (price);
ANALYZE price;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM price WHERE price = currency(10, 'EUR');
SELECT count(*) FROM price WHERE price < currency(10, 'EUR');
RESET enable_seqscan;
SELECT (price).code, sum(price), count(DISTINCT price) FROM price GROUP BY (price).code ORDER BY 1;
SELECT sum(price) FROM price;

-- a hostile search_path changes nothing
CREATE SCHEMA regress_evil;
CREATE FUNCTION regress_evil.upper(text) RETURNS text LANGUAGE sql RETURN 'hijacked';
CREATE FUNCTION regress_evil.currency_common_code(text, text) RETURNS text LANGUAGE sql RETURN 'hijacked';
SET search_path = regress_evil, pg_catalog, public;
SELECT currency(1, 'eur') + currency(2, 'eur');
SELECT currency(1, 'EUR') + currency(2, 'USD');
RESET search_path;
DROP SCHEMA regress_evil CASCADE;

--
-- exchange needs currency 1.1: upgraded with the data in place
--
INSERT INTO currency_code_list (code, name) VALUES ('XCG', 'a guess'), ('ZZZ', 'a house currency');
SELECT step, action, name, old_version, new_version, schema FROM pg_extension_install('exchange');
SELECT code, name, standard, withdrawn FROM currency_code_list WHERE code IN ('HRK', 'XCG', 'ZZZ') ORDER BY code;
SELECT min(price), max(price) FROM price WHERE (price).code = 'USD';
SELECT format_amount(1234567.895, 'EUR'), format_amount(-1234.5, 'JPY'), currency_format(currency(5, 'KWD'));
SELECT currency(10, 'EUR') / currency(4, 'EUR') AS ratio;
SELECT currency_allocate(currency(100, 'EUR'), 3);
SELECT currency_allocate(currency(1, 'EUR'), 0);

INSERT INTO exchange.rate VALUES
	('EUR', 'USD', '2024-01-01', 1.10),
	('EUR', 'USD', '2024-01-05', 1.20),
	('EUR', 'GBP', '2024-01-01', 0.80);
SELECT exchange.rate_on('EUR', 'USD', '2024-01-04') AS direct,
	round(exchange.rate_on('USD', 'EUR', '2024-01-06'), 4) AS inverse,
	round(exchange.rate_on('USD', 'GBP', '2024-01-03'), 4) AS through_pivot;
SELECT exchange.convert(currency(10, 'EUR'), 'usd', '2024-01-04');
SELECT exchange.convert(currency(10, 'EUR'), 'JPY', '2024-01-04');
SELECT exchange.rate_on('EUR', 'USD', '2024-03-01');

-- currency moves, and exchange still finds it
CREATE SCHEMA regress_money;
ALTER EXTENSION currency SET SCHEMA regress_money;
SELECT exchange.convert(regress_money.currency(10, 'EUR'), 'USD', '2024-01-04');
ALTER EXTENSION currency SET SCHEMA public;
DROP SCHEMA regress_money;

--
-- audit_report: the first alternative is installed already
--
SELECT step, action, name, old_version, new_version, schema FROM pg_extension_install('audit_report');
CREATE ROLE regress_examples_clerk;
CREATE TYPE mood AS ENUM ('calm', 'angry');
CREATE TABLE invoice (
	id integer PRIMARY KEY,
	customer text,
	total numeric,
	mood mood,
	secret text
);
GRANT ALL ON invoice TO regress_examples_clerk;
SELECT audit.enable('invoice', '{secret, nonsense}');
SELECT audit.enable('invoice', '{secret}');
SELECT audit.enable('audit.change');
INSERT INTO invoice VALUES (1, 'a', 10, 'calm', 'x'), (2, 'b', 20.5, NULL, 'y');
SET ROLE regress_examples_clerk;
UPDATE invoice SET total = total * 2, mood = 'angry' WHERE id = 1;
UPDATE invoice SET secret = 'z';
DELETE FROM invoice WHERE id = 2;
SELECT * FROM audit.change;
RESET ROLE;
ALTER TABLE invoice ADD COLUMN late integer DEFAULT 7;
UPDATE invoice SET total = total + 1;
TRUNCATE invoice;
SELECT id, table_schema, table_name, operation, acting_role = session_user AS own, old_row, new_row
	FROM audit.change ORDER BY id;
SELECT operation, difference FROM audit.last_change;
SELECT operation FROM audit.row_history('invoice', '{"id": 1}');
SELECT table_name, inserts, updates, deletes, truncates
	FROM audit_report.by_role WHERE acting_role = 'regress_examples_clerk';
SELECT changes, increase, decrease, net
	FROM audit_report.money_moved('invoice', 'total', 'EUR') WHERE acting_role = 'regress_examples_clerk';
SELECT * FROM audit.audited;

-- the image of a row calls no cast that the owner of a type has made
CREATE FUNCTION mood_to_json(mood) RETURNS json LANGUAGE plpgsql AS $$
BEGIN
	RAISE NOTICE 'the cast was called';
	RETURN '"?"';
END
$$;
CREATE CAST (mood AS json) WITH FUNCTION mood_to_json(mood);
INSERT INTO invoice VALUES (3, 'c', 1, 'calm', 'x');
SELECT new_row FROM audit.change ORDER BY id DESC LIMIT 1;
DROP CAST (mood AS json);
DROP FUNCTION mood_to_json(mood);

-- two audit trails in one database: no
SELECT step, action, name, old_version, new_version FROM pg_extension_install('audit_legacy');

--
-- Uninstalling: what is needed, what holds data, what is free to go
--
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('audit');
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('audit', cascade => true);
SET audit.drop_data = on;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('audit', cascade => true);
RESET audit.drop_data;
SELECT tgname FROM pg_trigger WHERE tgrelid = 'invoice'::regclass;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('exchange');
SET exchange.drop_data = on;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('exchange');
RESET exchange.drop_data;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('currency');
DROP TABLE price;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('currency');
DELETE FROM currency_code_list WHERE NOT standard;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('currency');

--
-- audit_report with the other alternative, which is installed first
--
SELECT step, action, name, old_version, new_version FROM pg_extension_install('money_lite | currency');
SELECT step, action, name, old_version, new_version, schema FROM pg_extension_install('audit_report');
SELECT audit.enable('invoice');
INSERT INTO invoice VALUES (4, 'd', 1234567.891, 'calm', 'x');
SELECT changes, increase, decrease, net FROM audit_report.money_moved('invoice', 'total', 'chf');

-- two packages that define format_amount(): no
SELECT step, action, name, old_version, new_version FROM pg_extension_install('currency (>= 1.1)');
SET audit.drop_data = on;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('audit_report, audit, money_lite');
RESET audit.drop_data;

-- the older audit trail, now that the other one is gone
SELECT step, action, name, old_version, new_version FROM pg_extension_install('audit_trail (< 1.0)');
SELECT audit_legacy.watch('invoice');
UPDATE invoice SET total = 2 WHERE id = 3;
SELECT relation, operation, old_row, new_row FROM audit_legacy.entry;
SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('audit_legacy');
DROP TABLE invoice;
DROP TYPE mood;
DROP ROLE regress_examples_clerk;

--
-- range_partition, in a schema of the user's choice
--
CREATE SCHEMA parts;
SELECT step, action, name, old_version, new_version, schema FROM pg_extension_install('range_partition', 'parts');
CREATE TABLE plain (at date);
SELECT parts.manage('plain', '1 day');
CREATE TABLE daily (at date) PARTITION BY RANGE (at);
SELECT parts.manage('daily', '36 hours');
SELECT count(*) FROM parts.manage('daily', '1 day', ahead => 2);

CREATE TABLE event (
	id bigint GENERATED ALWAYS AS IDENTITY,
	at timestamp with time zone NOT NULL,
	what text
) PARTITION BY RANGE (at);
CREATE TABLE event_rest PARTITION OF event DEFAULT;
INSERT INTO parts.partition_set VALUES ('event', '1 month', 3, '2 months', false, 'Europe/Berlin');
SELECT parts.make_ahead('event', '2024-01-15');
SELECT parts.make_ahead('event', '2024-01-15');
SELECT * FROM parts.partitions('event');
INSERT INTO event (at, what) VALUES ('2024-01-15', 'in time'), ('2024-05-10', 'too early'), ('2023-12-01', 'too late');
SELECT * FROM parts.check_default();
SELECT parts.make_ahead('event', '2024-02-15');
SELECT parts.drain_default('event', '2024-02-15');
SELECT tableoid::regclass, id, what FROM event ORDER BY id;
SELECT * FROM parts.expire('event', '2024-03-31 21:00');
SELECT * FROM parts.expire('event', '2024-03-31 22:00');
UPDATE parts.partition_set SET drop_expired = true WHERE parent = 'event'::regclass;
SELECT * FROM parts.expire('event', '2024-05-01');
SELECT to_regclass('event_p20240101'), to_regclass('event_p20240201');

-- the hour that comes twice in autumn
CREATE TABLE hourly (at timestamp with time zone) PARTITION BY RANGE (at);
INSERT INTO parts.partition_set VALUES ('hourly', '1 hour', 3, NULL, false, 'Europe/Berlin');
SELECT parts.make_ahead('hourly', '2024-10-27 00:30 Europe/Berlin');
DROP TABLE hourly;

-- maintain() goes on after a failure, and past tables that are gone
INSERT INTO event (at, what) VALUES ('2024-06-01', 'in the way');
DO $$
BEGIN
	EXECUTE format('DROP TABLE %s',
		(SELECT partition FROM parts.partitions('daily') ORDER BY upper_bound DESC LIMIT 1));
END
$$;
SELECT max(upper_bound) > now() + interval '2 days' AS far_enough FROM parts.partitions('daily');
CALL parts.maintain();
SELECT max(upper_bound) > now() + interval '2 days' AS far_enough FROM parts.partitions('daily');
SELECT parts.unmanage('daily'), parts.unmanage('daily');

SELECT step, action, name, old_version, new_version FROM pg_extension_uninstall('range_partition');
SELECT count(*) FROM daily;
DROP TABLE plain, daily, event, event_p20240101;
DROP SCHEMA parts;
DROP SCHEMA audit, audit_report, audit_legacy, exchange;
SELECT name FROM pg_extension_installed() WHERE name NOT IN ('plpgsql', 'pg_extman');
