# What the tests of the package basebackup share: a server that has it, the client, and
# servers that start from what it copied.
package Basebackup;

use strict;
use warnings;

use Exporter qw(import);
use Extman;
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(client start_source start_load stop_load take_backup backup_fails dirty_pages
  start_held finish_held new_copy verify start_copy balances);

# The program.  scripts/test builds it.
sub client
{
	return $ENV{EXTMAN_BASEBACKUP} // die "EXTMAN_BASEBACKUP does not name the client\n";
}

# A server with checksums and small WAL files, the package, and the tables of pgbench.
sub start_source
{
	my ($name) = @_;
	my $share = `pg_config --sharedir`;
	my $scale = $ENV{EXTMAN_BASEBACKUP_SCALE} // 1;

	chomp $share;
	# What is dirty stays so until a checkpoint that is asked for.
	my $node = start_node($name,
		allows_streaming => 1,
		extra => [ '--data-checksums', '--wal-segsize=1' ],
		conf => <<"END");
pg_extman.control_path = '$share/neighbours:\$system'
shared_buffers = 16MB
max_wal_size = 1GB
bgwriter_lru_maxpages = 0
log_statement = none
END

	$node->safe_psql('postgres', q{SELECT pg_extension_install('basebackup'); CREATE EXTENSION amcheck});
	$node->command_ok([ 'pgbench', '-i', '-q', '-s', $scale, 'postgres' ], "$name: tables of pgbench");
	return $node;
}

# Transactions in the background.
sub start_load
{
	my ($node) = @_;
	my $output = '';

	return IPC::Run::start(
		[
			$node->installed_command('pgbench'), '-n', '-c', 2, '-T', 3600,
			$node->connstr('postgres')
		],
		'>&', \$output);
}

sub stop_load
{
	my ($load) = @_;
	$load->kill_kill;
	return;
}

# So many that a checkpoint in no hurry takes seconds; nobody sees a difference.  Other
# rows each time, since an update brings them together.
my $dirtied = 0;

sub dirty_pages
{
	my ($node) = @_;
	$node->safe_psql('postgres', 'UPDATE pgbench_accounts SET filler = filler WHERE aid % 610 = ' . $dirtied++);
	return;
}

# Starts a backup of a server with dirty pages, and stops the client where the server
# holds the backup for it: while it waits for the checkpoint, which is then hurried.
sub start_held
{
	my ($node, @arguments) = @_;
	my $output = '';
	my $holder = "FROM pg_stat_activity WHERE query ~ '^SELECT pg_backup_start'";
	my $run = IPC::Run::start([ client(), '--no-sync', '-c', 'spread', @arguments ], '>&', \$output);

	$node->poll_query_until('postgres', "SELECT EXISTS (SELECT $holder AND wait_event = 'CheckpointDone')")
	  or die "the backup waits for no checkpoint: $output";
	$run->signal('STOP');
	$node->safe_psql('postgres', 'CHECKPOINT');
	$node->poll_query_until('postgres', "SELECT EXISTS (SELECT $holder AND state = 'idle')")
	  or die "the backup does not begin: $output";
	return { run => $run, output => \$output };
}

# Lets it go on; returns its exit status and what it said.
sub finish_held
{
	my ($held) = @_;
	$held->{run}->signal('CONT');
	$held->{run}->finish;
	return ($held->{run}->result(0), ${ $held->{output} });
}

sub new_copy
{
	my ($name) = @_;
	return PostgreSQL::Test::Cluster->new($name);
}

# Backs up a server into the data directory of another; options follow.  Returns what
# the client said.  Nothing waits for the disk but with --sync, an option of ours.
sub take_backup
{
	my ($node, $copy, $what, @options) = @_;
	my ($out, $err) = ('', '');
	my @sync = (grep { $_ eq '--sync' } @options) ? () : ('--no-sync');
	my $ok = IPC::Run::run(
		[ client(), (grep { $_ ne '--sync' } @options), @sync, '-P', '-c', 'fast', $node->connstr('postgres'), $copy->data_dir ],
		'>', \$out, '2>', \$err);

	ok($ok, $what) or diag($err);
	return $err;
}

# Two tests: the client fails with this message, whatever the arguments.
sub backup_fails
{
	my ($arguments, $message, $what) = @_;
	my ($out, $err) = ('', '');
	my $run = IPC::Run::start([ client(), @$arguments ], '>', \$out, '2>', \$err);

	$run->finish;
	is($run->result, 1, "$what: exit status");
	return like($err, $message, $what);
}

sub verify
{
	my ($copy, $what) = @_;
	return $copy->command_ok([ 'pg_verifybackup', '-q', $copy->data_dir ], $what);
}

# A server of its own from what was copied.
sub start_copy
{
	my ($copy, %options) = @_;

	unlink($copy->data_dir . '/standby.signal');
	$copy->append_conf('postgresql.conf', 'port = ' . $copy->port . "\n"
		  . "unix_socket_directories = '" . $copy->host . "'\n"
		  . ($options{conf} // ''));
	$copy->start;
	return;
}

# Of pgbench: all four are the same in every state that is consistent.
sub balances
{
	my ($node) = @_;
	my ($accounts, @others) = split /\|/, $node->safe_psql('postgres', <<'END');
SELECT (SELECT sum(abalance) FROM pgbench_accounts), (SELECT sum(tbalance) FROM pgbench_tellers),
	(SELECT sum(bbalance) FROM pgbench_branches), (SELECT COALESCE(sum(delta), 0) FROM pgbench_history)
END
	return (grep { $_ ne $accounts } @others) ? "$accounts, but @others" : 'the same';
}

1;
