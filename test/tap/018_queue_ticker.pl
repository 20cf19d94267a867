# The module queue_ticker: preloaded, it ticks the queues of every database that has the
# package, and leaves the others alone; it comes back after crashes, and has no more
# rights than whoever owns the package.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Queue;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = queue_node('queueticker', <<'END');
shared_preload_libraries = 'queue_ticker'
queue_ticker.naptime = 1s
queue_ticker.poll = 20ms
queue_ticker.databases = 'work, plain, theirs, "later"'
END

# A queue with a consumer that never ticks by itself.
my $make = <<'END';
SELECT queue.create_queue('q'), queue.subscribe('q', 'c');
SELECT queue.configure('q', 'tick_max_lag', '10 ms'), queue.configure('q', 'rotation_period', '0');
CREATE FUNCTION reads(wanted text) RETURNS boolean LANGUAGE plpgsql
SET queue.self_tick_after = '-1' AS $$
DECLARE
	b bigint := queue.next_batch('q', 'c');
	found boolean;
BEGIN
	IF b IS NULL THEN
		RETURN false;
	END IF;
	SELECT count(*) > 0 INTO found FROM queue.batch_events(b) AS e WHERE e.payload = wanted;
	PERFORM queue.finish_batch(b);
	RETURN found;
END $$;
END

# Whether the consumer gets an event, though nobody calls a ticker.
sub arrives
{
	my ($database, $what) = @_;

	$node->safe_psql($database, "SELECT queue.send('q', 't', '$what')");
	return ok($node->poll_query_until($database, "SELECT reads('$what')"), $what);
}

sub ticker_of
{
	my ($database) = @_;
	return $node->safe_psql('postgres',
		"SELECT pid FROM pg_stat_activity WHERE backend_type = 'queue_ticker' AND datname = '$database'");
}

$node->safe_psql('postgres', 'CREATE DATABASE plain');
new_database($node, 'work', 'queue');
$node->safe_psql('work', $make);
$node->safe_psql('work', 'ALTER DATABASE work SET default_transaction_isolation = serializable');
arrives('work', 'events arrive though nobody calls a ticker');
$node->poll_query_until('work', q{SELECT leaf_since > created_at FROM queue.queue}) or diag('no rotation');
is($node->safe_psql('work', q{SELECT leaf_since > created_at FROM queue.queue}), 't', 'and the event tables rotate');
is($node->safe_psql('work', 'SELECT problem FROM queue.check()'), '', 'check() finds nothing wrong');

new_database($node, 'later', 'queue (= 1.0)');
$node->safe_psql('later', $make);
arrives('later', 'a database that gets the package later, and 1.0 of it');
is(ticker_of('plain'), '', 'a database without it has no ticker');
$node->safe_psql('postgres', 'DROP DATABASE plain');

# ---------- crashes ----------

kill 'KILL', ticker_of('work');
$node->poll_query_until('work', 'SELECT true') or die 'the server does not come back';
arrives('work', 'after a crash of a ticker');
kill 'KILL', $node->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'queue_ticker launcher'});
$node->poll_query_until('work', 'SELECT true') or die 'the server does not come back';
arrives('work', 'after a crash of the launcher');
$node->stop('immediate');
$node->start;
arrives('work', 'after a crash of the server');
is($node->safe_psql('postgres', "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'queue_ticker' AND datname = 'work'"),
	'1', 'by one ticker');

# What is wrong with one database is no matter for another one.
$node->safe_psql('later', "ALTER DATABASE later SET queue.tick_max_count = 'many'");
$node->safe_psql('postgres', "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'queue_ticker'");
arrives('work', 'with another database whose settings are bad');
ok(wait_for_log('invalid value for setting "queue.tick_max_count": "many"'),
	'which the log tells');

sub wait_for_log
{
	my ($text) = @_;

	for (1 .. 300)
	{
		return 1 if index(slurp_file($node->logfile), $text) >= 0;
		select undef, undef, undef, 0.1;
	}
	return 0;
}

# ---------- rights ----------

# Who owns the package makes of the ticker what he likes; it does not run as a superuser.
$node->safe_psql('postgres', 'CREATE ROLE boss; CREATE DATABASE theirs OWNER boss');
$node->safe_psql('theirs', 'CREATE EXTENSION pg_extman');
for my $setting (slurp_file($node->config_data('--sharedir') . '/neighbours/queue-1.1/queue.conf') =~ /^(queue\.\w+)/mg)
{
	$node->safe_psql('theirs', "GRANT SET ON PARAMETER $setting TO boss");
}
$node->safe_psql('theirs', <<'END');
SET SESSION AUTHORIZATION boss;
SELECT FROM pg_extension_install('queue');
CREATE SCHEMA trap;
CREATE TABLE trap.seen (who text, error text);
CREATE OR REPLACE FUNCTION queue.ticker() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	attempt text;
BEGIN
	FOREACH attempt IN ARRAY ARRAY['ALTER ROLE boss SUPERUSER', 'RESET ROLE', 'SET SESSION AUTHORIZATION postgres',
		'RESET SESSION AUTHORIZATION', 'SET ROLE postgres'] LOOP
		BEGIN
			EXECUTE attempt;
			INSERT INTO trap.seen VALUES (current_user, NULL);
		EXCEPTION WHEN OTHERS THEN
			INSERT INTO trap.seen VALUES (current_user, SQLERRM);
		END;
	END LOOP;
	RETURN 0;
END $$;
END
ok($node->poll_query_until('theirs', 'SELECT count(*) >= 5 FROM trap.seen'), 'an owner may make a ticker of his own');
is($node->safe_psql('theirs', 'SELECT DISTINCT who, error IS NULL FROM trap.seen'), 'boss|f', 'which has his rights and no others');
is($node->safe_psql('theirs', "SELECT rolsuper FROM pg_roles WHERE rolname = 'boss'"), 'f', 'so he does not become a superuser');

# ---------- the end of the package ----------

$node->safe_psql('work', "SET queue.drop_data = on; SELECT FROM pg_extension_uninstall('queue')");
ok($node->poll_query_until('postgres',
		"SELECT count(*) = 0 FROM pg_stat_activity WHERE backend_type = 'queue_ticker' AND datname = 'work'"),
	'the ticker goes with the package');
$node->safe_psql('postgres', 'DROP DATABASE work');
unlike(slurp_file($node->logfile), qr/deadlock|PANIC/, 'without a deadlock');

$node->stop;
done_testing();
