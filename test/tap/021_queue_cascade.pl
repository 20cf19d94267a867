# The package queue_cascade: a tree of queues in three servers, each with batches and
# numbers of its provider's, exactly once through crashes; the root keeps what the
# slowest subscriber of the tree needs, and no more; a branch moves to another provider.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Queue;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep);

# ---------- root, middle, leaf; and another leaf in a database of the root's server ----------

my ($root, $middle) = (queue_node('queueroot'), queue_node('queuemiddle'));
my %place = (root => [ $root, 'work' ], middle => [ $middle, 'middle' ], leaf => [ $root, 'leaf' ]);

sub sql
{
	my ($name, $sql) = @_;
	my ($node, $database) = @{ $place{$name} };
	return $node->safe_psql($database, $sql);
}

new_database($root, 'work', 'queue');
for my $name ('middle', 'leaf')
{
	my ($node, $database) = @{ $place{$name} };
	new_database($node, $database, 'queue_cascade');
	for my $up ('root', 'middle')
	{
		my ($provider, $there) = @{ $place{$up} };
		my ($host, $port) = ($provider->host, $provider->port);
		sql($name, <<"END");
CREATE SERVER $up FOREIGN DATA WRAPPER dblink_fdw OPTIONS (host '$host', port '$port', dbname '$there');
CREATE USER MAPPING FOR CURRENT_USER SERVER $up;
END
	}
}
make_workload($root, 'work', 'one');
sql('middle', "SELECT queue_cascade.follow('work', 'root', 'middle')");
sql('leaf', "SELECT queue_cascade.follow('work', 'middle', 'leaf')");
sql($_, "SELECT queue.subscribe('work', 'reader')") foreach 'middle', 'leaf';

my ($status, $out, $err) = $middle->psql('middle', "SELECT queue.send('work', 't', 'p')");
like($err, qr/queue "work" does not accept events/, 'a node has no events of its own');

# ---------- exactly once, through crashes of the middle ----------

my @ticker = background($root, 'work', "CALL queue.run_ticker(poll => '3 ms', maintain_every => '50 ms')");
my $run = "CALL queue_cascade.run(poll => '10 ms')";
my $load = producers($root, 4, 2);
my @nodes = (background($middle, 'middle', $run), background($root, 'leaf', $run));
sleep(0.6);
$middle->stop('immediate');
finish_all(@nodes);
$middle->start;
@nodes = (background($middle, 'middle', $run), background($root, 'leaf', $run));
sleep(0.6);
kill 'KILL', $middle->safe_psql('middle', "SELECT pid FROM pg_stat_activity WHERE query LIKE '%cascade.run%' AND pid <> pg_backend_pid()");
finish_all(@nodes);
$middle->poll_query_until('middle', 'SELECT true') or die 'the server does not come back';
finish_all($load);
sql('root', "SELECT queue.tick('work')");

# Pulls until everybody has what the root has.
sub settle
{
	my $last = sql('root', "SELECT last_tick FROM queue.queues WHERE queue = 'work'");

	for my $round (1 .. 200)
	{
		sql($_, "CALL queue_cascade.run('0 s')") foreach 'middle', 'leaf';
		return 1 if sql('leaf', "SELECT last_tick >= $last FROM queue.queues") eq 't';
	}
	return 0;
}
ok(settle(), 'all that the root has gets to the leaf');

sub read_all
{
	my ($name, $consumer) = @_;
	return sql($name, <<"END");
CREATE TABLE IF NOT EXISTS got (position bigint GENERATED ALWAYS AS IDENTITY, id bigint, payload text);
DO \$\$
DECLARE
	b bigint;
BEGIN
	LOOP
		b := queue.next_batch('work', '$consumer', 300);
		EXIT WHEN b IS NULL;
		INSERT INTO got (id, payload) SELECT id, payload FROM queue.batch_events(b);
		PERFORM queue.finish_batch(b);
	END LOOP;
END\$\$;
SELECT string_agg(id || ':' || payload, ' ' ORDER BY id) FROM got
END
}
my $at_root = read_all('root', 'one');
my @events = split / /, $at_root;
cmp_ok(scalar @events, '>', 100, 'there were many events');
is(sql('root', 'SELECT count(*), count(DISTINCT key) FROM ledger'), scalar(@events) . '|' . scalar(@events), 'as many as were committed');
for my $name ('middle', 'leaf')
{
	ok(read_all($name, 'reader') eq $at_root, "the same events, once, with the same numbers: $name");
}

# ---------- the watermark ----------

# Nobody is behind: the root lets go, when the next event tables' turn has come.
ok(settle() && settle(), 'positions are reported');
ok($root->poll_query_until('work', 'SELECT NOT EXISTS (TABLE queue.event)'), 'what the whole tree has read is gone from the root')
	or diag(sql('root', 'TABLE queue.retention'));

# The reader of the leaf stands still.
sql('root', "SELECT queue.tick('work')");
settle();
my $before = sql('leaf', "SELECT last_tick FROM queue.consumers");
my $written = sql('root', 'SELECT count(*) FROM ledger');
finish_all(producers($root, 4, 1));
settle() && settle();
read_all('root', 'one');
read_all('middle', 'reader');
settle() && settle();
sql('root', 'SELECT queue.maintain()');
is(sql('root', "SELECT queue.watermark('work')"), $before, 'the root keeps what the slowest reader of the tree needs');
cmp_ok(sql('root', 'SELECT count(*) FROM queue.event'), '>=',
	sql('root', 'SELECT count(*) FROM ledger') - $written, 'all of it');
is(sql('root', "SELECT string_agg(DISTINCT who || ' ' || name, ', ') FROM queue.retention WHERE retains"),
	'pin node middle', 'and says for which branch');

# ---------- the middle is lost: its branch goes on at the root ----------

$middle->stop('immediate');
# It began before the batches that are yet to come, and sends when the leaf is on its own.
my $patient = background($root, 'leaf', <<'END');
DO $$
BEGIN
	PERFORM pg_current_xact_id();
	WHILE EXISTS (SELECT FROM queue_cascade.node) LOOP
		PERFORM pg_sleep(0.05);
	END LOOP;
	PERFORM queue.send('work', 't', 'patient');
END$$
END
sql('leaf', "SELECT queue_cascade.follow_other('work', 'root')");
finish_all(producers($root, 4, 1));
sql('root', "SELECT queue.tick('work')");
my $last = sql('root', "SELECT last_tick FROM queue.queues WHERE queue = 'work'");
for (1 .. 200)
{
	sql('leaf', "CALL queue_cascade.run('0 s')");
	last if sql('leaf', "SELECT last_tick >= $last FROM queue.queues") eq 't';
}
read_all('root', 'one');
read_all('leaf', 'reader');
is(sql('leaf', 'SELECT count(*), count(DISTINCT payload) FROM got'), sql('root', 'SELECT count(*), count(*) FROM ledger'),
	'a leaf that moved to the root has every event once');

sql('leaf', "CALL queue_cascade.run('0 s')") for 1 .. 3;
cmp_ok(sql('root', "SELECT queue.watermark('work')"), '<=', $before, 'the root still keeps what the lost node would need');
$root->safe_psql('work', "SELECT queue.unpin('work', 'node middle'), queue.unsubscribe('work', 'node middle')");
cmp_ok(sql('root', "SELECT queue.watermark('work')"), '>', $before, 'until it is told to forget it');

# A node that is made a queue of its own goes on from where it was.
sql('leaf', "SELECT queue_cascade.promote('work'), queue.send('work', 't', 'of its own'), queue.tick('work')");
is(finish_all($patient), '', 'a node that was promoted accepts events');
sql('leaf', "SELECT queue.tick('work')");
is((split / \d+:/, read_all('leaf', 'reader'))[-1], 'patient', 'also those of a transaction that is older than its last batch');

$root->stop('immediate');
finish_all(@ticker);
done_testing();
