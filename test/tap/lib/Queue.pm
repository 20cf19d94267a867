# What the tests of the packages queue share: a server that finds them, a workload
# that keeps a ledger of what it committed, and consumers that write down what they
# got.
package Queue;

use strict;
use warnings;

use Exporter qw(import);
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(queue_node new_database background finish_all make_workload producers run_script delivered_once in_order);

# A running server whose packages are those of the folder neighbours, with more settings.
sub queue_node
{
	my ($name, $settings) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init;
	my $share = $node->config_data('--sharedir');
	$node->append_conf('postgresql.conf', <<"END");
pg_extman.control_path = '$share/neighbours:\$system'
max_prepared_transactions = 5
client_min_messages = warning
restart_after_crash = on
autovacuum_naptime = 1s
END
	$node->append_conf('postgresql.conf', $settings) if defined $settings;
	$node->start;
	return $node;
}

sub new_database
{
	my ($node, $name, $request) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $name");
	$node->safe_psql($name, "CREATE EXTENSION pg_extman; SELECT pg_extension_install('$request')");
	return $name;
}

# A session of its own that runs statements, each in a transaction of its own.
sub background
{
	my ($node, $database, @statements) = @_;
	my $session = { in => '', out => '', err => '' };

	$session->{run} = IPC::Run::start(
		[
			$node->installed_command('psql'), '-X', '-A', '-t', '-q', '-d', $node->connstr($database),
			map { ('-c', $_) } @statements
		],
		'<', \$session->{in}, '>', \$session->{out}, '2>', \$session->{err},
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default + ($ENV{EXTMAN_QUEUE_SECONDS} // 0)));
	return $session;
}

# Waits for sessions; returns what they said on stderr.
sub finish_all
{
	my @said;

	for my $session (@_)
	{
		$session->{run}->finish;
		push @said, $session->{err};
	}
	return join '', @said;
}

# ---------- the workload ----------

# The ledger has what was committed, since it is written by the same transactions.  The
# numbers of the clock are taken before a transaction begins, and after it has ended.
my $workload = <<'END';
CREATE SEQUENCE clock;
CREATE SEQUENCE key;
CREATE TABLE ledger (key bigint PRIMARY KEY, tx bigint NOT NULL);
CREATE TABLE ended (tx bigint PRIMARY KEY, at bigint NOT NULL);
CREATE TABLE received (position bigint GENERATED ALWAYS AS IDENTITY, consumer text, key bigint, batch bigint, tries integer);
CREATE TABLE flag (stop boolean);
INSERT INTO flag VALUES (false);

CREATE FUNCTION produce(tx bigint, queue text DEFAULT 'work') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	new_key bigint := nextval('key');
BEGIN
	INSERT INTO ledger VALUES (new_key, tx);
	PERFORM queue.send(queue, 'test', new_key::text);
END $$;

-- Until it is told to stop, and there is nothing more.  One in ten batches is rolled
-- back, to come again; of those who retry, one in twenty events comes later.
CREATE PROCEDURE consume(consumer_name text, retries boolean, queue text DEFAULT 'work') LANGUAGE plpgsql AS $$
DECLARE
	b bigint;
	later bigint[];
	stopping boolean;
BEGIN
	LOOP
		SELECT stop INTO stopping FROM flag;
		COMMIT;
		b := queue.next_batch(queue, consumer_name, 200);
		COMMIT;
		IF b IS NULL THEN
			EXIT WHEN stopping AND NOT EXISTS (SELECT FROM queue.consumers c
				WHERE c.consumer = consumer_name AND c.retries > 0);
			PERFORM pg_sleep(0.01);
			CONTINUE;
		END IF;
		later := ARRAY(SELECT e.id FROM queue.batch_events(b) e WHERE retries AND e.tries < 3 AND random() < 0.05);
		PERFORM queue.retry_event(b, id, '10 ms') FROM unnest(later) AS id;
		INSERT INTO received (consumer, key, batch, tries)
			SELECT consumer_name, e.payload::bigint, b, e.tries FROM queue.batch_events(b) e
			WHERE e.id <> ALL (later);
		PERFORM queue.finish_batch(b);
		IF random() < 0.1 THEN
			ROLLBACK;
		ELSE
			COMMIT;
		END IF;
	END LOOP;
END $$;
END

my $script = <<'END';
\set kind random(1, 12)
\set pause random(1, 60)
SELECT nextval('clock') AS tx \gset
BEGIN;
SELECT produce(:tx);
\if :kind = 1
SAVEPOINT s;
SELECT produce(:tx), produce(:tx);
ROLLBACK TO s;
\elif :kind = 2
SAVEPOINT s;
SELECT produce(:tx);
SAVEPOINT t;
SELECT produce(:tx);
ROLLBACK TO t;
SELECT produce(:tx);
RELEASE s;
\elif :kind = 3
\sleep :pause ms
SELECT produce(:tx);
\elif :kind = 4
\set pause :pause * 20
\sleep :pause ms
SELECT produce(:tx);
\endif
\if :kind = 5
ROLLBACK;
\else
COMMIT;
INSERT INTO ended VALUES (:tx, nextval('clock'));
\endif
END

# Settings under which much happens in little time.
sub make_workload
{
	my ($node, $database, @consumers) = @_;

	$node->safe_psql($database, $workload);
	$node->safe_psql($database, <<"END");
SELECT queue.create_queue('work');
SELECT queue.configure('work', 'tick_max_lag', '5 ms'), queue.configure('work', 'rotation_period', '100 ms');
END
	$node->safe_psql($database, "SELECT queue.subscribe('work', '$_')") foreach @consumers;
	return;
}

# Starts so many producers for so many seconds.
sub producers
{
	my ($node, $clients, $seconds) = @_;

	return run_script($node, 'pgbench', $script, '-n', '-c', $clients, '-j', 2, '-T', $seconds);
}

# Starts a program of the server's with a script of pgbench's.
sub run_script
{
	my ($node, $program, $text, @options) = @_;
	my $file = PostgreSQL::Test::Utils::tempdir . '/script';
	my $session = { out => '', err => '' };

	append_to_file($file, $text);
	$session->{run} = IPC::Run::start(
		[ $node->installed_command($program), @options, '-f', $file, $node->connstr('work') ],
		'>', \$session->{out}, '2>', \$session->{err},
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default + ($ENV{EXTMAN_QUEUE_SECONDS} // 0)));
	return $session;
}

# ---------- what must hold ----------

# Each committed event came exactly once to the consumer, and no other.
sub delivered_once
{
	my ($node, $database, $consumer, $what) = @_;

	return is($node->safe_psql($database, <<"END"), '', "$what: every committed event exactly once, to $consumer");
SELECT COALESCE('lost ' || l.key, 'never committed ' || r.key), r.count FROM ledger l
FULL JOIN (SELECT key, count(*) FROM received WHERE consumer = '$consumer' GROUP BY key) r ON r.key = l.key
WHERE r.count IS DISTINCT FROM 1 OR l.key IS NULL LIMIT 10
END
}

# No event of a transaction that had ended before another one began comes after that.
sub in_order
{
	my ($node, $database, $consumer, $what) = @_;

	return is($node->safe_psql($database, <<"END"), '0', "$what: in the order of commits, to $consumer");
SELECT count(*) FROM (
	SELECT e.at, max(l.tx) OVER (ORDER BY r.position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS begun
	FROM received r JOIN ledger l ON l.key = r.key LEFT JOIN ended e ON e.tx = l.tx
	WHERE r.consumer = '$consumer') o
WHERE o.begun > o.at
END
}

1;
