# A disk that is full in the middle of a plan: an error that says so, nothing left
# behind, and a server that goes on; or, where the log has no room, one that comes back
# with the whole plan or nothing.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Utils;
use Soak;
use Test::More;

my $disk = $ENV{SOAK_SMALL_DISK};
my $rounds = amount(4);

if (!defined $disk)
{
	SKIP: { skip 'only root can mount a small disk', 1 }
	done_testing();
	exit;
}

seed();
write_family();

# ---------- a disk with so much room ----------

sub room
{
	my ($avail) = `df -B1 --output=avail $disk` =~ /(\d+)\s*$/ or die 'df said nothing';
	return $avail;
}

# Takes all but so many bytes.
sub fill_up
{
	my ($left) = @_;
	my $size = room() - $left;
	open my $file, '>', "$disk/ballast" or die "ballast: $!";
	my $chunk = "\0" x 65536;
	while ($size > 0)
	{
		my $part = $size < 65536 ? $size : 65536;
		last unless syswrite $file, $chunk, $part;
		$size -= $part;
	}
	close $file;
	return;
}

sub clear { unlink "$disk/ballast"; return }

# ---------- a database on it ----------

# What a way makes, and how much room it takes.
sub walk
{
	my ($node, $database, $way, $states) = @_;
	my $history = history_of($node, $database);
	my $before = room();
	$node->safe_psql($database, "SET client_min_messages = warning; $way->{sql}");
	$way->{room} = $before - room();
	my $state = state_of($node, $database);
	$states->{ $way->{to} } //= $state;
	is(same_state($state, $states->{ $way->{to} }), '', "$way->{sql}: makes what every way to it makes");
	($way->{history} = history_of($node, $database)) =~ s/^\Q$history\E\n?//;
	return;
}

# Whether the state is that before a way or after it; what differs, if neither.
sub outcome
{
	my ($node, $database, $way, $states, $history) = @_;
	my $state = state_of($node, $database);
	my $after = $state eq $states->{ $way->{to} };
	my $differs = $after ? '' : same_state($state, $states->{ $way->{from} });
	my $should = $after ? join("\n", grep { $_ ne '' } $history, $way->{history}) : $history;
	$differs ||= same_state(history_of($node, $database), $should);
	return ($after, $differs);
}

sub data_disk
{
	my $node = start_node('soak_disk');
	my (%states, %outcomes);
	my $at = 'empty';

	mkdir "$disk/space" or die "space: $!";
	$node->append_conf('postgresql.conf', 'autovacuum = off');
	$node->reload;
	$node->safe_psql('postgres', "CREATE TABLESPACE soak LOCATION '$disk/space'");
	$node->safe_psql('postgres', 'CREATE DATABASE soak TABLESPACE soak');
	$node->safe_psql('soak', 'CREATE EXTENSION pg_extman');
	prepare_database($node, 'soak');
	$states{empty} = state_of($node, 'soak');
	walk($node, 'soak', $_, \%states) foreach walk_of_all();

	for my $round (1 .. $rounds)
	{
		my $way = pick(ways_from($at));
		my $left = $round == 1 ? 0 : int rand(1.6 * ($way->{room} > 65536 ? $way->{room} : 65536));
		my $history = history_of($node, 'soak');
		my $stderr = '';
		my $what = "round $round, $left bytes for \"$way->{sql}\"";

		fill_up($left);
		my $status = $node->psql('soak', "SET client_min_messages = warning; $way->{sql}",
			extra_params => [ '-v', 'VERBOSITY=verbose' ], stderr => \$stderr);
		# Even what only reads may want room, for a map of free space.
		clear();
		my ($after, $differs) = outcome($node, 'soak', $way, \%states, $history);

		is($differs, '', "$what: whole or not at all");
		if ($after) { is($stderr, '', "$what: no error when it is whole") }
		else { like($stderr, qr/^psql:.*ERROR:  53100: /, "$what: an error that says that the disk is full") }
		last if $differs;
		$outcomes{ $after ? 'after' : 'before' }++;
		$at = $way->{to} if $after;

		# What came to nothing leaves dead rows, whose room may be used again.
		$node->safe_psql('soak', 'VACUUM') if $round % 10 == 0;
	}
	# The way onward is open.
	if (my ($way) = ways_from($at))
	{
		$node->safe_psql('soak', "SET client_min_messages = warning; $way->{sql}");
		is(same_state(state_of($node, 'soak'), $states{ $way->{to} }), '', 'with room, it goes on');
	}
	tell_counts("$rounds rounds with a full tablespace", \%outcomes);
	cmp_ok($outcomes{before} // 0, '>', 0, 'the disk was full');
	unlike(slurp_file($node->logfile), qr/PANIC|terminated by signal/, 'the server went on');
	$node->stop;
	system_or_bail('rm', '-rf', "$disk/space");
	return;
}

# ---------- a log on it ----------

# Without room for the log, PostgreSQL itself goes down.
sub log_disk
{
	my $node = start_node('soak_wal', extra => [ '--waldir', "$disk/wal", '--wal-segsize=1' ]);
	my (%states, %outcomes);
	my $at = 'empty';
	my $times = int(1 + $rounds / 4);

	$node->append_conf('postgresql.conf',
		"restart_after_crash = off\nautovacuum = off\nmin_wal_size = 2MB\nmax_wal_size = 24MB\nwal_recycle = off\n");
	$node->restart;
	prepare_database($node);
	$states{empty} = state_of($node);
	walk($node, 'postgres', $_, \%states) foreach (walk_of_all())[ 0 .. 2 ];

	# Until there was at least one that had no room: a checkpoint of the server's own may
	# make some in the meantime.
	for (my $round = 1; $round <= $times || !$outcomes{down} && $round <= $times + 10; $round++)
	{
		my ($way) = ways_from($at);		# the first of each makes a round
		my $history = history_of($node);
		my $left = $outcomes{down} ? int rand 2 * 1024 * 1024 : 0;
		my $what = "round $round, $left bytes of log for \"$way->{sql}\"";

		# Segments that lie ready are used up, and most of the one that is begun, which
		# the commit has written.
		$node->safe_psql('postgres', 'CHECKPOINT');
		$node->safe_psql('postgres', "$_; SELECT pg_switch_wal()") foreach ('SELECT txid_current()') x 4;
		$node->safe_psql('postgres',
			"SELECT pg_logical_emit_message(false, 'soak', repeat('x', 950 * 1024)), txid_current()");
		fill_up($left);
		my $status = $node->psql('postgres', "SET client_min_messages = warning; $way->{sql}; SELECT pg_switch_wal()");
		my $down = wait_for_end($node) if $status != 0;
		clear();
		$node->start if $down;

		my ($after, $differs) = outcome($node, 'postgres', $way, \%states, $history);
		is($differs, '', "$what: whole or not at all");
		last if $differs;
		$outcomes{ $after ? 'after' : 'before' }++;
		$outcomes{down}++ if $down;
		$at = $way->{to} if $after;
	}
	tell_counts("$times rounds with no room for the log", \%outcomes);
	cmp_ok($outcomes{down} // 0, '>', 0, 'the server went down for want of room');
	$node->stop;
	return;
}

# Waits until the server is gone, as after a PANIC.
sub wait_for_end
{
	my ($node) = @_;
	my $pid = $node->{_pid};
	wait_until(sub { !kill 0, $pid }) or die 'the server stays up after an error';
	$node->{_pid} = undef;
	return 1;
}

data_disk();
log_disk();
done_testing();
