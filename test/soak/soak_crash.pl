# Whatever crashes at whatever moment of a plan, the plan happened as a whole or not at
# all; and it did happen when its session was told so.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";
use Time::HiRes qw(time usleep);

use Extman;
use IPC::Run ();
use PostgreSQL::Test::Utils;
use Soak;
use Test::More;

seed();
my $rounds = amount(8);
my $dump_every = $rounds < 50 ? 4 : 10;

write_family();

my $node = start_node('soak_crash');
prepare_database($node);
my %state = (empty => state_of($node));
my $log = $node->logfile;

# ---------- one session that does something ----------

# Its process is known before it begins, and stays for a while once it is done.
sub start_victim
{
	my ($sql) = @_;
	my %victim = (out => '', err => '');

	$victim{log} = -s $log;
	$victim{run} = IPC::Run::start(
		[ $node->installed_command('psql'), '-XAtq', '-d', $node->connstr('postgres'),
			map { ('-c', $_) } 'SELECT pg_backend_pid()', 'SET client_min_messages = warning',
			$sql, q(SELECT 'done'), 'SELECT pg_sleep(5)' ],
		'<', \undef, '>', \$victim{out}, '2>', \$victim{err}, IPC::Run::timeout(60));
	$victim{run}->pump until $victim{out} =~ /^(\d+)\n/;
	$victim{pid} = $1;
	$victim{begin} = time;
	return \%victim;
}

# How many steps of its scripts the log tells of.
sub steps_done
{
	my ($victim) = @_;
	return scalar(() = substr(read_file($log), $victim->{log}) =~ /LOG:  soak step/g);
}

# ---------- ways to crash ----------

sub wait_for_recovery
{
	my ($from) = @_;
	wait_until(sub { substr(read_file($log), $from) =~ /ready to accept connections/ })
	  or die 'the server did not come back';
	return;
}

sub children_of
{
	my ($parent) = @_;
	my @children = split ' ', join ' ', map { -r $_ ? read_file($_) : '' } glob "/proc/$parent/task/*/children";
	return @children;
}

my %crash = (
	backend => sub {
		my ($victim) = @_;
		my $from = -s $log;
		kill 'KILL', $victim->{pid} or die "could not kill process $victim->{pid}: $!";
		$victim->{run}->finish;
		wait_for_recovery($from);
	},
	immediate => sub {
		my ($victim) = @_;
		$node->stop('immediate');
		$victim->{run}->finish;
		$node->start;
	},
	everything => sub {
		my ($victim) = @_;
		my $postmaster = read_file($node->data_dir . '/postmaster.pid') =~ s/\n.*//sr;
		my @all = ($postmaster, children_of($postmaster));

		kill 'KILL', @all;
		$victim->{run}->finish;
		wait_until(sub { !grep { kill 0, $_ } @all }) or die 'processes do not die';
		$node->{_pid} = undef;
		$node->start;
	});

# ---------- how long each way takes, and what it makes ----------

sub walk
{
	my ($way) = @_;
	my $history = history_of($node);
	my $victim = start_victim($way->{sql});

	$victim->{run}->pump until $victim->{out} =~ /done/ || !$victim->{run}->pumpable;
	die "$way->{sql}: $victim->{err}" if $victim->{out} !~ /done/;
	$way->{seconds} = time - $victim->{begin};
	$way->{steps} = steps_done($victim);
	$victim->{run}->kill_kill;

	my $state = state_of($node);
	$state{ $way->{to} } //= $state;
	is(same_state($state, $state{ $way->{to} }), '', "$way->{sql}: makes what every way to it makes");
	($way->{history} = history_of($node)) =~ s/^\Q$history\E\n?//;
	isnt($way->{history}, '', "$way->{sql}: is in the history");
	return;
}

walk($_) foreach walk_of_all();
unlike($state{$_}, qr/^(?:wrong|dangling) /m, "state $_ is sound") foreach sort keys %state;

# ---------- the rounds ----------

my $at = 'empty';
my $history = history_of($node);
my (%outcomes, %kinds, @tenths);

for my $round (1 .. $rounds)
{
	my $way = pick(ways_from($at));
	my $kind = pick(sort keys %crash);
	my $fraction = rand 1.1;
	my $victim = start_victim($way->{sql});
	my $what = sprintf 'round %d, %s at %.2f of "%s"', $round, $kind, $fraction, $way->{sql};

	# psql is read from, lest its pipe fills, while time passes.
	my $end = $victim->{begin} + $fraction * $way->{seconds};
	while ((my $left = $end - time) > 0) { usleep(1e6 * ($left < 0.05 ? $left : 0.05)) }
	$victim->{run}->pump_nb;
	my $steps = steps_done($victim);
	$crash{$kind}->($victim);
	my $told = $victim->{out} =~ /done/;

	my $now = state_of($node);
	my $after = $now eq $state{ $way->{to} };
	my $differs = $after ? '' : same_state($now, $state{$at});
	$differs ||= 'the session was told of a success' if $told && !$after;

	my $should = $after ? join("\n", grep { $_ ne '' } $history, $way->{history}) : $history;
	$history = history_of($node);
	$differs ||= same_state($history, $should);
	is($differs, '', $what);
	last if $differs;

	$outcomes{ $after ? 'after' : 'before' }++;
	$outcomes{'after, and told so'}++ if $told;
	$outcomes{'in the middle of scripts'}++ if $steps > 0 && $steps < $way->{steps};
	$kinds{$kind}++;
	$tenths[ $steps >= $way->{steps} ? 10 : int(10 * $steps / $way->{steps}) ]++;
	$at = $way->{to} if $after;

	if ($round % $dump_every == 0)
	{
		my $file = PostgreSQL::Test::Utils::tempdir . '/dump.sql';
		$node->command_ok([ 'pg_dump', '-f', $file, $node->connstr('postgres') ], "$what: is dumped");
		is(check_restore($node, $file, $now), '', "$what: the dump restores");
	}
}

tell_counts("$rounds rounds", \%outcomes);
tell_counts('by', \%kinds);
note('steps done when it crashed, by tenths, and all: ' . join ' ', map { $tenths[$_] // 0 } 0 .. 10);
cmp_ok($outcomes{'in the middle of scripts'} // 0, '>=', $rounds / 4, 'the crashes hit the middle');

$node->stop;
done_testing();
