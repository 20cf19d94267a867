# The package queue under load: every committed event comes exactly once to each
# consumer, in the order of commits, and none that was rolled back; while event tables
# rotate, with transactions that are longer than many ticks, and through crashes.
# EXTMAN_QUEUE_SECONDS makes it longer.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Queue;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep);

my $seconds = $ENV{EXTMAN_QUEUE_SECONDS} // 2;
my $node = queue_node('queue');
my $db = new_database($node, 'work', 'queue');
make_workload($node, $db, 'one', 'two');

my $ticker = "CALL queue.run_ticker(poll => '3 ms', maintain_every => '50 ms')";
my @consumers = ("CALL consume('one', false)", "CALL consume('two', true)");

# Tells the consumers to go when there is nothing more, and waits for them.
sub drain
{
	my @sessions = @_;

	$node->safe_psql($db, "SELECT queue.tick('work')");
	$node->safe_psql($db, 'UPDATE flag SET stop = true');
	my $said = finish_all(@sessions);
	$node->safe_psql($db, 'UPDATE flag SET stop = false');
	return $said;
}

# ---------- twenty producers, and long transactions ----------

my @ticker = background($node, $db, $ticker);
my @reading = map { background($node, $db, $_) } @consumers;
my $pause = $seconds * 0.7;
my @long = (
	# Its events are older than those of many ticks, its commit is younger.
	background($node, $db, "BEGIN; SELECT produce(nextval('clock')); SELECT pg_sleep($pause); SELECT produce(0); COMMIT"),
	# It still sees the event table that was written before the rotations.
	background($node, $db,
		"BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM flag; SELECT pg_sleep($pause); SELECT produce(nextval('clock')); COMMIT"),
	background($node, $db, "BEGIN; SELECT produce(nextval('clock')); PREPARE TRANSACTION 'later'"));
finish_all(pop @long);

my $load = producers($node, 20, $seconds);
# One commits without anything else that would make a tick due.
is(finish_all($load, @long), '', 'producers of all kinds come to their end');
$node->safe_psql($db, "COMMIT PREPARED 'later'");
is(drain(@reading), '', 'and consumers');

my $sent = $node->safe_psql($db, 'SELECT count(*) FROM ledger');
cmp_ok($sent, '>', 100 * $seconds, "there were many events ($sent)");
for my $consumer ('one', 'two')
{
	delivered_once($node, $db, $consumer, 'under load');
}
in_order($node, $db, 'one', 'under load');
cmp_ok($node->safe_psql($db, "SELECT count(*) FROM received WHERE consumer = 'two' AND tries > 0"),
	'>', 0, 'some events were retried');
cmp_ok($node->safe_psql($db, "SELECT count(DISTINCT batch) FROM received WHERE consumer = 'one'"),
	'>', 10 * $seconds, 'in many batches');

# ---------- rotation ----------

# All was consumed: so nothing is needed any more.
ok($node->poll_query_until($db, 'SELECT NOT EXISTS (TABLE queue.event)'), 'event tables that are needed no more become empty');
cmp_ok($node->safe_psql($db, 'SELECT count(*) FROM queue.tick'), '<', 20, 'nor are the ticks');

# Of a consumer that stands still, everything stays.
$node->safe_psql($db, "SELECT queue.subscribe('work', 'still')");
$node->safe_psql($db, 'TRUNCATE ledger, ended, received');
@reading = map { background($node, $db, $_) } @consumers;
finish_all(producers($node, 4, 1));
my $kept = $node->safe_psql($db, 'SELECT count(*) FROM queue.event');
my $written = $node->safe_psql($db, 'SELECT count(*) FROM ledger');
cmp_ok($kept, '>=', $written, 'what a consumer needs is kept, whatever the age');
ok( $node->poll_query_until($db, "SELECT string_agg(consumer, ' ') = 'still' FROM queue.consumers WHERE retains"),
	'and the view says for whose sake');

# A transaction that reads an event table does not stop the ticker for long.
push @reading, background($node, $db, "CALL consume('still', false)");
my $reader = background($node, $db, 'BEGIN; SELECT count(*) FROM queue.event; SELECT pg_sleep(600)');
my $reads = "FROM pg_stat_activity WHERE query LIKE '%FROM queue.event; SELECT pg_sleep(600)' AND wait_event = 'PgSleep'";
$node->poll_query_until($db, "SELECT EXISTS (SELECT $reads)") or die 'nobody reads';
my $before = $node->safe_psql($db, 'SELECT max(id) FROM queue.tick');
my $more = producers($node, 2, 4);
ok($node->poll_query_until($db, "SELECT max(id) > $before + 2 FROM queue.tick"), 'ticks go on while an event table is read');
is($node->safe_psql($db, "SELECT count(pg_terminate_backend(pid)) $reads"), '1', 'and it is read all the time');
finish_all($reader, $more);
is(drain(@reading), '', 'three consumers come to their end');
delivered_once($node, $db, $_, 'after a standstill') for 'one', 'two', 'still';
$node->safe_psql($db, "SELECT queue.unsubscribe('work', 'still')");

# ---------- crashes ----------

$node->safe_psql($db, 'TRUNCATE ledger, ended, received');
my @crashes = ('ticker', 'server', map { ('consumer', 'ticker', 'server') } 1 .. $seconds / 10);
for my $victim (@crashes)
{
	@reading = map { background($node, $db, $_) } @consumers;
	my @running = (@reading, @ticker, producers($node, 8, 10));
	sleep(0.5 + rand(0.7));
	if ($victim eq 'server')
	{
		$node->stop('immediate');
		$_->{run}->finish foreach @running;
		$node->start;
	}
	else
	{
		my $query = $victim eq 'ticker' ? '%run_ticker%' : '%consume(%';
		kill 'KILL', $node->safe_psql($db,
			"SELECT pid FROM pg_stat_activity WHERE query LIKE '$query' AND pid <> pg_backend_pid() LIMIT 1");
		$_->{run}->finish foreach @running;
		$node->poll_query_until($db, 'SELECT true') or die 'the server does not come back';
	}
	@ticker = background($node, $db, $ticker);
}
@reading = map { background($node, $db, $_) } @consumers;
finish_all(producers($node, 4, 1));
is(drain(@reading), '', "the consumers come to their end after crashes of @crashes");
delivered_once($node, $db, $_, 'after crashes') for 'one', 'two';
in_order($node, $db, 'one', 'after crashes');

# ---------- the edges of a tick ----------

$node->safe_psql($db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%run_ticker%' AND pid <> pg_backend_pid()");
finish_all(@ticker);
$node->safe_psql($db, "SELECT queue.create_queue('edge'), queue.subscribe('edge', 'c')");

# What events there are for the consumer, batch by batch.
sub batches
{
	my @found;

	while (my $batch = $node->safe_psql($db, "SELECT queue.next_batch('edge', 'c', 1)"))
	{
		push @found, $node->safe_psql($db,
			"SELECT string_agg(payload, ' ' ORDER BY id) FROM queue.batch_events($batch)");
		$node->safe_psql($db, "SELECT queue.finish_batch($batch)");
	}
	return join ' | ', @found;
}

# A younger transaction ends first, so that the tick could see the older one as done.
my $connection = $node->connstr($db);
$node->safe_psql($db, <<"END");
BEGIN;
SELECT queue.send('edge', 't', 'a');
\\! psql -X -q -d "$connection" -c 'INSERT INTO ended VALUES (-1, -1)'
SELECT queue.tick('edge');
SELECT queue.send('edge', 't', 'b');
SELECT queue.tick('edge');
COMMIT;
SELECT queue.tick('edge');
END
is(batches(), ' | a b', 'what the transaction of a tick sends comes after that, before and after it');

my ($status, $out, $err) = $node->psql($db, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT queue.tick('edge')");
like($err, qr/cannot tick in a transaction of isolation level repeatable read/, 'no tick with an old snapshot');

# Without any ticker, a consumer that looks for events cuts them.
$node->safe_psql($db, "SELECT queue.send('edge', 't', 'alone')");
is($node->safe_psql($db, "SET queue.self_tick_after = -1; SET queue.tick_max_lag = 0; SELECT queue.next_batch('edge', 'c')"),
	'', 'not if it may not');
isnt($node->safe_psql($db, "SET queue.self_tick_after = 0; SET queue.tick_max_lag = 0; SELECT queue.next_batch('edge', 'c')"),
	'', 'a consumer cuts a batch where no ticker runs');
is(batches(), 'alone', 'and gets what is in it');

$node->stop;
done_testing();
