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

our @EXPORT = qw(client start_source start_load stop_load take_backup backup_fails new_copy verify
  start_copy balances);

# The program.  scripts/test builds it.
sub client
{
	return $ENV{EXTMAN_BASEBACKUP} // die "EXTMAN_BASEBACKUP does not name the client\n";
}

# A server with checksums, the package, and the tables of pgbench.
sub start_source
{
	my ($name) = @_;
	my $node = start_node($name, allows_streaming => 1, extra => ['--data-checksums']);
	my $scale = $ENV{EXTMAN_BASEBACKUP_SCALE} // 1;
	my $share = $node->config_data('--sharedir');

	$node->append_conf('postgresql.conf', "pg_extman.control_path = '$share/neighbours:\$system'\n");
	$node->reload;
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
