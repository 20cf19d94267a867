# The package queue as a package: an upgrade with events in flight, a dump into another
# cluster, what roles may do, names that need quoting, settings, codecs, NOTIFY.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use File::Copy qw(copy);
use IPC::Run ();
use Queue;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = queue_node('queuepackages');

# Whether a statement fails with such a message.
sub fails
{
	my ($database, $sql, $pattern, $what) = @_;
	my ($status, $out, $err) = $node->psql($database, $sql);
	return like($err, $pattern, $what);
}

# Waits until a session of the database sleeps.
sub sleeps
{
	my ($database) = @_;
	return $node->poll_query_until($database,
		"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '$database' AND wait_event = 'PgSleep')");
}

# ---------- an upgrade, with producers and consumers at work ----------

my $db = new_database($node, 'work', 'queue (= 1.0)');
make_workload($node, $db, 'one', 'two');
my $ticker = background($node, $db, "CALL queue.run_ticker('60 s', poll => '3 ms', maintain_every => '50 ms')");
my @reading = map { background($node, $db, $_) } "CALL consume('one', false)", "CALL consume('two', true)";
my $load = producers($node, 6, 2);
$node->poll_query_until($db, 'SELECT count(*) > 50 FROM received') or die 'nothing arrives';
is($node->safe_psql($db, "SELECT old_version, new_version FROM pg_extension_upgrade('queue')"),
	'1.0|1.1', 'an upgrade while events are in flight');
my $at = $node->safe_psql($db, 'SELECT count(*) FROM received');
is(finish_all($load), '', 'no producer noticed');
$node->safe_psql($db, "SELECT queue.tick('work'); UPDATE flag SET stop = true");
is(finish_all(@reading), '', 'nor did a consumer');
cmp_ok($node->safe_psql($db, 'SELECT count(*) FROM received'), '>', $at + 20, 'events came before and after it');
delivered_once($node, $db, $_, 'through an upgrade') for 'one', 'two';
in_order($node, $db, 'one', 'through an upgrade');

# What an upgrade leads to is what an install makes.
my $members = <<'END';
SELECT pg_describe_object(d.classid, d.objid, 0), md5(pg_get_functiondef(p.oid)), p.proacl, pg_get_viewdef(c.oid),
	(SELECT string_agg(format('%s %s %s %s', attname, format_type(atttypid, atttypmod), attnotnull,
		pg_get_expr(adbin, adrelid)), ', ' ORDER BY attnum)
	FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = c.oid AND attnum > 0),
	(SELECT string_agg(pg_get_constraintdef(oid), ', ' ORDER BY conname) FROM pg_constraint WHERE conrelid = c.oid),
	obj_description(d.objid, d.classid::regclass::name)
FROM pg_depend d
LEFT JOIN pg_proc p ON p.oid = d.objid AND d.classid = 'pg_proc'::regclass
LEFT JOIN pg_class c ON c.oid = d.objid AND d.classid = 'pg_class'::regclass
WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'queue') ORDER BY 1
END
new_database($node, 'fresh', 'queue');
is($node->safe_psql($db, $members), $node->safe_psql('fresh', $members), 'an upgraded queue is like one installed at 1.1');
my $config = q{SELECT extconfig::regclass[]::text, extcondition FROM pg_extension WHERE extname = 'queue'};
is($node->safe_psql($db, $config), $node->safe_psql('fresh', $config), 'with the same tables to dump');

# ---------- lint ----------

# But for send(), which qualifies every name and operator instead, for speed: what comes
# of that is tested below.
my $neighbours = $node->config_data('--sharedir') . '/neighbours';
for my $folder ('queue-1.0', 'queue-1.1', 'queue_cascade')
{
	is($node->safe_psql('postgres', <<"END"), '', "lint finds nothing in $folder");
CREATE EXTENSION IF NOT EXISTS pg_extman;
SELECT severity, file, line, message FROM pg_extension_lint('$neighbours/$folder')
	WHERE message <> 'function "send" is SECURITY DEFINER and sets no search_path'
END
}

# ---------- names, settings ----------

my $odd = q{a"b'c; DROP TABLE ledger; -- %s $1 \\};
(my $literal = $odd) =~ s/'/''/g;
$node->safe_psql('fresh', <<"END");
SELECT queue.create_queue('$literal'), queue.subscribe('$literal', '$literal');
CREATE TABLE "odd ""table'" ("key ""'" int PRIMARY KEY, "%s" text[], gone int, g int GENERATED ALWAYS AS (1) STORED);
ALTER TABLE "odd ""table'" DROP gone;
SELECT queue.attach('"odd ""table''"', '$literal', 'sql');
INSERT INTO "odd ""table'" VALUES (1, '{a,"b''c"}'), (2, NULL);
UPDATE "odd ""table'" SET "%s" = '{\\\\}' WHERE "key ""'" = 2;
UPDATE "odd ""table'" SET "key ""'" = 3 WHERE "key ""'" = 1;
DELETE FROM "odd ""table'" WHERE "key ""'" = 2;
INSERT INTO "odd ""table'" VALUES (4, NULL);
SELECT queue.tick('$literal');
END
my $contents = q{SELECT * FROM "odd ""table'" ORDER BY 1};
my $expected = $node->safe_psql('fresh', $contents);
my $statements = $node->safe_psql('fresh',
	"SELECT string_agg(payload, ';' ORDER BY id) FROM queue.batch_events(queue.next_batch('$literal', '$literal'))");
$node->safe_psql('fresh', "SELECT queue.detach('\"odd \"\"table''\"', '$literal'); TRUNCATE \"odd \"\"table'\"; $statements");
is($node->safe_psql('fresh', $contents), $expected, 'SQL from triggers makes the same changes again, whatever the names');
$node->safe_psql('fresh', "SELECT queue.drop_queue('$literal', true)");
is($node->safe_psql('fresh', 'SELECT count(*) FROM queue.leaf WHERE queue_id IS NULL'), 3, 'event tables of a dropped queue are free');
$node->safe_psql('fresh', "SELECT queue.create_queue('again')");
is($node->safe_psql('fresh', 'SELECT count(*) FROM queue.leaf'), 3, 'and taken again');

fails('fresh', q{SELECT queue.create_queue('')}, qr/invalid name of a queue/, 'a queue without a name');
fails('fresh', q{SELECT queue.create_queue('again')}, qr/queue "again" already exists/, 'a queue that exists');
fails('fresh', q{SELECT queue.send('none', 't', 'p')}, qr/queue "none" does not exist/, 'a queue that does not');
fails('fresh', q{SELECT queue.configure('again', 'tick_max_lag', '-1 s')}, qr/invalid value for setting "tick_max_lag"/, 'a bad setting of a queue');
fails('fresh', q{SELECT queue.configure('again', 'tick', '1')}, qr/unrecognized setting of a queue: "tick"/, 'an unknown one');
fails('fresh', q{SET queue.tick_max_count = 'many'; SELECT queue.ticker()}, qr/invalid value for setting "queue.tick_max_count": "many"/, 'a bad setting');
fails('fresh', q{SET queue.tick_max_lag = '-1'; SELECT queue.ticker()}, qr/invalid value for setting "queue.tick_max_lag": "-1"/, 'a time that is none');
is($node->safe_psql('fresh', q{SET queue.tick_idle = 'soon'; SELECT problem, detail FROM queue.check()}),
	'setting|invalid value for setting "queue.tick_idle": "soon"', 'check() tells it');
like($node->safe_psql('fresh', q{SELECT queue.subscribe('again', 'c'), queue.send('again', 't', 'x'), pg_sleep(0.2);
	SET queue.tick_max_lag = 0; SELECT queue.configure('again', 'tick_idle', '0.01 s'); SELECT problem, queue FROM queue.check()}),
	qr/^ticker\|again$/m, 'check() tells that no ticker runs');
$node->safe_psql('fresh', q{SELECT queue.configure('again', 'accepts', 'off')});
fails('fresh', q{SELECT queue.send('again', 't', 'p')}, qr/queue "again" does not accept events/, 'a queue that is closed');

# ---------- retries, dead letters ----------

$node->safe_psql('fresh', <<'END');
SELECT queue.create_queue('post'), queue.subscribe('post', 'c'), queue.configure('post', 'max_tries', '1');
SELECT queue.send_many('post', 't', '{a,b,c}'), queue.tick('post');
END
my $next = q{SELECT string_agg(tries || payload, ' ' ORDER BY id) FROM queue.batch_events(queue.next_batch('post', 'c'))};
my $open = q{(SELECT batch FROM queue.subscription s JOIN queue.queue q ON q.id = queue_id WHERE q.name = 'post')};
$node->safe_psql('fresh', q{SELECT queue.tick('post')});
is($node->safe_psql('fresh', $next), '0a 0b 0c', 'a batch');
is($node->safe_psql('fresh', "SELECT queue.retry_event($open, 1, '0'), queue.bury_event($open, 2, 'no'), queue.finish_batch($open)"),
	't||', 'one event is retried, one is given up');
is($node->safe_psql('fresh', $next), '1a', 'the first comes again');
fails('fresh', "SELECT queue.retry_event($open, 3)", qr/batch \d+ has no event 3/, 'an event of another batch');
is($node->safe_psql('fresh', "SELECT queue.retry_event($open, 1)"), 'f', 'and not another time');
$node->safe_psql('fresh', "SELECT queue.finish_batch($open)");
is($node->safe_psql('fresh', 'SELECT event_id, payload, reason, tries FROM queue.dead_letters ORDER BY 1'),
	"1|a|retried 1 times|1\n2|b|no|0", 'dead letters');
$node->safe_psql('fresh', 'SELECT queue.revive(id) FROM queue.dead_letters WHERE event_id = 2');
is($node->safe_psql('fresh', $next), '0b', 'one of them is revived');
$node->safe_psql('fresh', "SELECT queue.finish_batch($open)");

# Who is at it holds up the end of the consumer, and leaves nothing behind.
$node->safe_psql('fresh', <<'END');
SELECT queue.subscribe('post', 'gone'), queue.send('post', 't', 'x'), queue.tick('post');
END
$node->safe_psql('fresh', q{SELECT queue.tick('post')});
$node->safe_psql('fresh', q{SELECT queue.bury_event(b, e.id) FROM queue.next_batch('post', 'gone') AS b, queue.batch_events(b) AS e});
my $reviving = background($node, 'fresh',
	q{BEGIN; SELECT queue.revive(id) FROM queue.dead_letters WHERE consumer = 'gone'; SELECT pg_sleep(0.5); COMMIT});
sleeps('fresh');
$node->safe_psql('fresh', q{SELECT queue.unsubscribe('post', 'gone')});
is(finish_all($reviving), '', 'a dead letter is revived while its consumer goes');
is($node->safe_psql('fresh', q{SELECT count(*) FROM queue.retry WHERE subscription_id NOT IN (SELECT id FROM queue.subscription)}),
	0, 'and goes with it');
$node->safe_psql('fresh', q{SELECT queue.finish_batch(queue.next_batch('post', 'c'))});

# A queue waits for who is about to send, and then takes what he has sent with it.
$node->safe_psql('fresh', q{SELECT queue.create_queue('short')});
my $sending = background($node, 'fresh', q{BEGIN; SELECT nextval(events) FROM queue.queue WHERE name = 'short'; SELECT pg_sleep(0.5); }
	. q{SELECT queue.send('short', 't', 'late'); COMMIT});
sleeps('fresh');
$node->safe_psql('fresh', q{SELECT queue.drop_queue('short')});
is(finish_all($sending), '', 'a queue is dropped while somebody sends');
is($node->safe_psql('fresh', q{SELECT count(*) FROM queue.event WHERE payload = 'late'}), 0, 'and leaves no event behind');

# ---------- codecs, waking up ----------

$node->safe_psql('fresh', <<'END');
CREATE FUNCTION rot(type text, payload text, origin text) RETURNS text LANGUAGE sql AS 'SELECT reverse(payload)';
CREATE FUNCTION as_keys(relation regclass, operation text, old_row record, new_row record) RETURNS text
LANGUAGE plpgsql AS $$BEGIN RETURN operation || ' ' || (to_jsonb(COALESCE(new_row, old_row)) ->> 'i'); END$$;
CREATE TABLE t (i int);
SELECT queue.set_encoder('post', 'rot(text, text, text)');
END
fails('fresh', q{SELECT queue.set_encoder('post', 'lower(text)')}, qr/function lower\(text\) is no codec/, 'not any function is a codec');
fails('fresh', q{SELECT queue.attach('t', 'post', 'xml')}, qr/unrecognized format of events: "xml"/, 'nor a format');
$node->safe_psql('fresh', q{SELECT queue.attach('t', 'post', 'public.as_keys(regclass, text, record, record)')});
$node->safe_psql('fresh', q{INSERT INTO t VALUES (42); SELECT queue.produce('post', 'x', 'abc'), queue.tick('post')});
$node->safe_psql('fresh', q{SELECT queue.tick('post')});
is($node->safe_psql('fresh', $next), '024 TRESNI 0cba', 'a format of its own for a trigger, through the encoder');
$node->safe_psql('fresh', q{SELECT queue.set_decoder('post', 'c', 'rot(text, text, text)')});
is($node->safe_psql('fresh', "SELECT string_agg(payload, ' ' ORDER BY id) FROM queue.decoded_events($open)"),
	'INSERT 42 abc', 'and back through the decoder');
$node->safe_psql('fresh', "SELECT queue.finish_batch($open)");

$node->safe_psql('fresh', "SELECT queue.tick('post')");
my $channel = $node->safe_psql('fresh', q{SELECT queue.channel('post')});
like($node->safe_psql('fresh', qq{LISTEN "$channel"; SELECT queue.tick('post')}), qr/notification "$channel"/, 'a tick wakes listeners');
unlike($node->safe_psql('fresh', qq{LISTEN "$channel"; SELECT queue.send('post', 't', 'x')}), qr/notification/, 'an event does not');
like($node->safe_psql('fresh', qq{SELECT queue.configure('post', 'notify', 'send'); LISTEN "$channel"; SELECT queue.send('post', 't', 'x')}),
	qr/notification/, 'but if it shall');
$node->safe_psql('fresh', "SELECT queue.finish_batch(queue.next_batch('post', 'c'))");
is($node->safe_psql('fresh', $next), '0x 0x', 'and it can be had at once');

# ---------- rights ----------

my $grants = join ' ', map { "CREATE ROLE $_; SELECT queue.grant_to('$_', '$_');" } 'producer', 'consumer', 'admin';
$node->safe_psql('fresh', "$grants CREATE ROLE nobody; GRANT USAGE ON SCHEMA queue TO nobody");
my %calls = (
	"SELECT queue.send('post', 't', 'p')" => 'producer admin',
	"SELECT queue.produce('post', 't', 'p')" => 'producer admin',
	"SELECT queue.next_batch('post', 'c')" => 'consumer admin',
	"SELECT count(*) FROM queue.decoded_events($open)" => '',
	'SELECT queue.ticker()' => 'consumer admin',
	'SELECT count(*) FROM queue.consumers' => 'consumer admin',
	'SELECT count(*) FROM queue.queues' => 'consumer admin',
	'SELECT count(*) FROM queue.retention' => 'consumer admin',
	'SELECT count(*) FROM queue.check()' => 'consumer admin',
	"SELECT queue.create_queue('new' || current_role)" => 'admin',
	"SELECT queue.subscribe('post', 'c ' || current_role)" => 'admin',
	'SELECT queue.make_tick(1)' => '',
	'SELECT queue.window_query(1, $$pg_sleep(1)$$)' => '',
	'SELECT * FROM queue.event' => '');
# "producer" sends through an encoder of the superuser, which he trusts.
for my $call (sort keys %calls)
{
	my @may = grep { ($node->psql('fresh', "BEGIN; SET LOCAL ROLE $_; $call; ROLLBACK"))[0] == 0
		&& ($node->psql('fresh', "BEGIN; SET LOCAL ROLE $_; $call; ROLLBACK", on_error_stop => 1))[2] !~ /permission denied/ }
	  'producer', 'consumer', 'admin', 'nobody';
	is("@may", $calls{$call}, "who may: $call");
}
$node->safe_psql('fresh', <<'END');
CREATE SCHEMA theirs AUTHORIZATION nobody;
GRANT USAGE ON SCHEMA theirs TO producer;
SET ROLE nobody;
CREATE FUNCTION theirs.codec(text, text, text) RETURNS text LANGUAGE sql AS 'SELECT $2';
RESET ROLE;
SELECT queue.set_encoder('post', 'theirs.codec(text, text, text)');
END
fails('fresh', q{SET ROLE producer; SELECT queue.produce('post', 't', 'p')}, qr/codec theirs.codec\(text,text,text\) belongs to a role/, 'no codec of a stranger');

# What a user plants where a name might be looked for is not found.
$node->safe_psql('fresh', <<'END');
CREATE SCHEMA trap;
CREATE FUNCTION trap.nextval(regclass) RETURNS bigint LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$;
CREATE FUNCTION trap.now() RETURNS timestamptz LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$;
CREATE FUNCTION trap.equals(text, text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$;
CREATE OPERATOR trap.= (FUNCTION = trap.equals, LEFTARG = text, RIGHTARG = text);
CREATE FUNCTION trap.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'trapped'; END$$;
GRANT USAGE ON SCHEMA trap TO producer;
END
like($node->safe_psql('fresh', q{SET search_path = trap, pg_catalog; SET ROLE producer; SELECT queue.send('post', 't', 'p')}), qr/^\d+$/, 'search_path does not matter');

# Who owns the database installs it, without a superuser.
$node->safe_psql('postgres', 'CREATE ROLE boss LOGIN; CREATE DATABASE theirs OWNER boss');
$node->safe_psql('theirs', 'CREATE EXTENSION pg_extman');
for my $setting (slurp_file($node->config_data('--sharedir') . '/neighbours/queue-1.1/queue.conf') =~ /^(queue\.\w+)/mg)
{
	$node->safe_psql('theirs', "GRANT SET ON PARAMETER $setting TO boss");
}
is($node->safe_psql('theirs', <<'END'), 'queue', 'the owner of a database installs and uses queues');
SET SESSION AUTHORIZATION boss;
SET client_min_messages = error;
SELECT name FROM pg_extension_install('queue');
SELECT queue.create_queue('q'), queue.subscribe('q', 'c'), queue.send('q', 't', 'p') \g /dev/null
SELECT queue.tick('q') \g /dev/null
END

# ---------- a dump into another cluster ----------

$node->safe_psql($db, <<'END');
SELECT queue.subscribe('work', 'dumped'), queue.subscribe('work', 'later'), queue.create_queue('empty');
SELECT queue.send_many('work', 't', '{first,second}'), queue.tick('work');
END
$node->safe_psql($db, <<'END');
SELECT queue.tick('work');
SELECT queue.retry_event(queue.next_batch('work', 'dumped', 100), min(id), '0') FROM queue.event WHERE payload = 'first';
SELECT queue.configure('work', 'rotation_period', '0'), queue.maintain();
SELECT queue.send_many('work', 't', '{third}');
END
my $folder = PostgreSQL::Test::Utils::tempdir;
my $inflight = background($node, $db, q{BEGIN; SELECT queue.send('work', 't', 'never'); SELECT pg_sleep(600)});
$node->poll_query_until($db, q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active')
	OR EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'BEGIN; SELECT queue.send%' AND wait_event = 'PgSleep')});
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/dump", $node->connstr($db) ], 'pg_dump');
$node->stop('immediate');
finish_all($inflight, $ticker);

my $other = queue_node('queuerestored');
$other->safe_psql('postgres', 'CREATE DATABASE work');
$other->command_ok([ 'pg_restore', '-e', '-j2', '-d', $other->connstr('work'), "$folder/dump" ], 'pg_restore, into a younger cluster');
is($other->safe_psql('work', 'SELECT queue, consumer, batch IS NOT NULL FROM queue.consumers ORDER BY 1, 2'),
	"work|dumped|t\nwork|later|f\nwork|one|f\nwork|two|f", 'consumers are where they were, open batches are open');
$other->safe_psql('work', q{SELECT queue.send('work', 't', 'fourth')});
$other->safe_psql('work', q{SELECT queue.tick('work')});

sub all_of
{
	my ($consumer) = @_;
	my @found;

	while (my $batch = $other->safe_psql('work', "SELECT queue.next_batch('work', '$consumer')"))
	{
		push @found, $other->safe_psql('work', "SELECT string_agg(payload, ' ' ORDER BY id) FROM queue.batch_events($batch)");
		$other->safe_psql('work', "SELECT queue.finish_batch($batch)");
	}
	return join ' | ', @found;
}
is(all_of('later'), 'first second third fourth', 'old and new events come once, those that were not committed never');
is(all_of('dumped'), 'first second | first third fourth', 'an open batch is the same, what was to be retried comes again');
$other->stop;
done_testing();
