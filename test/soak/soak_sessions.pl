# Fifty sessions install, upgrade, uninstall, drop and dump the same packages at the
# same time, at every isolation level, by functions and by core's commands.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";
use Time::HiRes qw(time);

use Extman;
use IPC::Run ();
use PostgreSQL::Test::Utils;
use Soak;
use Test::More;

seed();
my $seconds = $ENV{SOAK_AMOUNT} ? 60 * $ENV{SOAK_AMOUNT} : 5;
my $sessions = $ENV{SOAK_AMOUNT} ? 50 : 20;
my $dumps = 2;

# What a session may be told.
my %allowed = (
	'25P02' => 'a command after one that failed, in a transaction',
	'2BP01' => 'still needed by another package',
	'40001' => 'at REPEATABLE READ and above: others changed what was read',
	'40P01' => 'in a round where some read a package before they change packages',
	'42704' => 'not installed',
	'42710' => 'CREATE EXTENSION: installed already',
	'42P01' => 'reads a table of a package that is not installed',
	'0A000' => 'ALTER EXTENSION UPDATE, where there is no way from this version',
	'55000' => 'no plan: a conflict, or an older version than is installed');

write_family();
my $node = start_node('soak_sessions');
$node->append_conf('postgresql.conf', "max_connections = 120\ndeadlock_timeout = '200ms'\n");
$node->restart;
prepare_database($node);

# ---------- what must hold whenever nobody is in the middle of something ----------

# One statement, and so one snapshot: a session may ask it while others work.
my $problems = <<'END_OF_SQL';
SELECT 'PROBLEM ' || line FROM (
	SELECT 'installed and not recorded: ' || extname || ' ' || extversion AS line FROM pg_extension
	WHERE extname ~ '^soak' AND (extname::text, extversion) NOT IN (SELECT name, version FROM extman.snapshot)
UNION ALL
	SELECT 'recorded and not installed: ' || name || ' ' || version FROM extman.snapshot
	WHERE (name::text, version) NOT IN (SELECT extname, extversion FROM pg_extension)
UNION ALL
	SELECT 'lacks ' || need || ': ' || name || ' ' || version FROM extman.snapshot,
		regexp_matches(depends, '(\w+)(?: \(([^)]*)\))?', 'g') AS m, concat_ws(' ', m[1], m[2]) AS need
	WHERE NOT EXISTS (SELECT FROM pg_extension
		WHERE extname = m[1] AND pg_extension_version_satisfies(extversion, coalesce(m[2], '>= 0')))
UNION ALL
	SELECT 'no row in pg_depend: ' || name || ' ' || m[1] FROM extman.snapshot,
		regexp_matches(depends, '(\w+)(?: \(([^)]*)\))?', 'g') AS m
	WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_extension'::regclass AND refclassid = classid
		AND objid = (SELECT oid FROM pg_extension WHERE extname = name)
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = m[1]))
UNION ALL
	SELECT 'conflict' WHERE 2 = (SELECT count(*) FROM pg_extension WHERE extname IN ('soak_rival', 'soak_side'))
UNION ALL
	SELECT 'policy or setting of nothing: ' || name
	FROM (SELECT name FROM extman.policy UNION SELECT package FROM extman.setting) AS p
	WHERE name NOT IN (SELECT extname FROM pg_extension)
UNION ALL
	SELECT 'members: ' || name || ' ' || found FROM (
		SELECT name, count(*) AS found FROM extman.snapshot JOIN pg_extension ON extname = name
		JOIN pg_depend ON refobjid = pg_extension.oid AND refclassid = 'pg_extension'::regclass AND deptype = 'e'
			AND classid = 'pg_proc'::regclass GROUP BY name) AS functions
	WHERE found <> 6
UNION ALL
	SELECT 'history: ' || name || ' is ' || coalesce(extversion, 'not there') || ', its last step made '
		|| coalesce(new_version, 'nothing')
	FROM (SELECT DISTINCT ON (name) * FROM numbered ORDER BY name, n DESC) AS last
	LEFT JOIN pg_extension ON extname = name WHERE extversion IS DISTINCT FROM new_version
UNION ALL
	SELECT 'history: ' || name || ' went from ' || coalesce(old_version, 'nothing') || ', the step before made '
		|| coalesce(made, 'nothing')
	FROM (SELECT *, lag(new_version) OVER (PARTITION BY name ORDER BY n) AS made FROM numbered) AS h
	WHERE old_version IS DISTINCT FROM made
) AS problems
END_OF_SQL

# The steps as they were committed: a request takes its time when it has the lock that
# serialises changes.
my $numbered = 'WITH numbered AS (SELECT *, row_number() OVER (ORDER BY at, step) AS n FROM extman.history)';
$node->safe_psql('postgres', "CREATE FUNCTION problems() RETURNS SETOF text LANGUAGE sql AS \$\$ $numbered $problems \$\$");

# ---------- what sessions do ----------

my @commands = (
	"SELECT FROM pg_extension_install('soak_top')", "SELECT FROM pg_extension_install('soak_top (= 1.0)')",
	"SELECT FROM pg_extension_install('soak_rival')", "SELECT FROM pg_extension_install('soak_mid (= 1.0), soak_base (= 1.0)')",
	("SELECT FROM pg_extension_install('soak_side, soak_base (= 1.1)')") x 2, ("SELECT FROM pg_extension_install('soak_base (= 1.0)')") x 2,
	('SELECT FROM pg_extension_upgrade()') x 3, "SELECT FROM pg_extension_upgrade('soak_base')",
	"SELECT FROM pg_extension_uninstall('soak_top')", "SELECT FROM pg_extension_uninstall('soak_side', true)",
	"SELECT FROM pg_extension_uninstall('soak_mid', true)", "SELECT FROM pg_extension_uninstall('soak_base', true)",
	'SELECT FROM pg_extension_autoremove()',
	"SELECT FROM pg_extension_apply('soak_rival', 'soak_side', NULL)",
	'CREATE EXTENSION soak_base', "CREATE EXTENSION IF NOT EXISTS soak_mid CASCADE", 'CREATE EXTENSION soak_top CASCADE',
	"CREATE EXTENSION soak_base VERSION '1.0'", 'ALTER EXTENSION soak_base UPDATE', "ALTER EXTENSION soak_mid UPDATE TO '2.0'",
	'DROP EXTENSION soak_top', 'DROP EXTENSION IF EXISTS soak_mid CASCADE', 'DROP EXTENSION IF EXISTS soak_side, soak_rival',
	'DROP EXTENSION soak_base CASCADE');
my @reads = ('SELECT count(*) FROM soak_base.soak_base_1', 'SELECT count(*) FROM soak_mid.soak_mid_1',
	'SELECT FROM pg_extension_installed()', "SELECT FROM pg_extension_plan('soak_top')", 'SELECT FROM pg_extension_check()');
my @levels = ('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE');

my ($transactions, $looks, $round) = (0, 0, 0);

# One that reads what a package has made, and changes packages then, has its locks in an
# order of its own, and so has pg_dump; they may draw in whoever waits in the queue with
# them.  So every other round does without, and must do without deadlocks.
sub with_readers { return $round % 2 == 1 }

# A transaction, its kind first.
sub transaction
{
	my $level = pick(@levels);
	my $begin = "BEGIN ISOLATION LEVEL $level";
	my $end = rand() < 0.8 ? 'COMMIT' : 'ROLLBACK';

	return ([ "single, $level", "SET default_transaction_isolation = '$level'", pick(@commands) ],
		[ "several, $level", $begin, pick(@commands), pick(@commands), $end ],
		[ "read first, $level", $begin, pick(@reads), pick(@commands), $end ],
		[ 'looks', 'SELECT * FROM problems()' ])[ pick(0, 0, 0, 1, 1, 3, with_readers() ? 2 : 0) ];
}

# Through files, so that no session waits until somebody reads what it says.
my $scratch = PostgreSQL::Test::Utils::tempdir;

sub start_session
{
	my ($number) = @_;
	my %session = map { $_ => "$scratch/$number.$_" } qw(in out err);
	my $in = "SET client_min_messages = error; SET statement_timeout = '200s';\n";

	for (1 .. 6)
	{
		my ($kind, @statements) = @{ transaction() };
		$in .= join '', "\\warn kind $kind\n", map { "\\warn command $_\n$_;\n" } @statements;
	}
	unlink $session{in};
	append_to_file($session{in}, $in);
	$session{run} = IPC::Run::start(
		[ $node->installed_command('psql'), '-XAtq', '-v', 'VERBOSITY=verbose', '-d', $node->connstr('postgres'),
			'-f', $session{in} ],
		'>', $session{out}, '2>', $session{err}, IPC::Run::timeout(300));
	return \%session;
}

my (%errors, %steps, @wrong, %dumped);

sub take_in
{
	my ($session) = @_;
	my ($kind, $command) = ('', '');
	my $out = read_file($session->{out});
	push @wrong, $1 while $out =~ /^PROBLEM (.*)/gm;
	for my $line (split /\n/, read_file($session->{err}))
	{
		if ($line =~ /^kind (.*)/) { $kind = $1; $transactions++; $looks++ if $kind eq 'looks' }
		elsif ($line =~ /^command (.*)/) { $command = $1 }
		elsif ($line =~ /(?:ERROR|FATAL|PANIC):  (\w{5}): (.*)/)
		{
			$errors{$1}{$kind}++;
			push @wrong, "$kind: $command: $line" if !$allowed{$1}
			  || $1 eq '40001' && $kind =~ /READ COMMITTED/
			  || $1 eq '40P01' && !with_readers();
		}
		elsif ($line =~ /server closed|connection to server was lost/) { push @wrong, "$command: $line" }
	}
	return;
}

# ---------- dumps while they work ----------

sub start_dump
{
	my ($number) = @_;
	my %dump = (out => '', err => '', file => PostgreSQL::Test::Utils::tempdir_short . "/$number.sql");
	$dump{run} = IPC::Run::start([ $node->installed_command('pg_dump'), '-f', $dump{file}, '-d', $node->connstr('postgres') ],
		'<', \undef, '>', \$dump{out}, '2>', \$dump{err}, IPC::Run::timeout(300));
	return \%dump;
}

# One that is told that something went away failed, as with any DDL; one that is not
# must be of one moment.
sub take_dump
{
	my ($dump) = @_;
	if (!$dump->{run}->finish)
	{
		$dumped{failed}++;
		push @wrong, "pg_dump: $dump->{err}" if $dump->{err} !~ /does not exist|could not open relation with OID|cache lookup failed|deadlock detected/;
		return;
	}
	$dumped{whole}++;
	$node->safe_psql('postgres', 'CREATE DATABASE soak_restored TEMPLATE template0');
	my ($stdout, $stderr) = ('', '');
	$node->psql('soak_restored', read_file($dump->{file}), stderr => \$stderr);
	push @wrong, "a dump is not restored: $stderr" if $stderr =~ /ERROR/;
	# Its history is what it was, with the steps of the restore behind it.
	push @wrong, map { "restored: $_" } grep { !/history/ } split /\n/, $node->safe_psql('soak_restored', 'SELECT * FROM problems()');
	$node->safe_psql('postgres', 'DROP DATABASE soak_restored');
	return;
}

# ---------- the rounds ----------

my $end = time + $seconds;
while ((time < $end || $round < 2) && !@wrong)
{
	$round++;
	my @dumps = map { start_dump($_) } 1 .. (with_readers() ? $dumps : 0);
	my @running = map { start_session($_) } 1 .. $sessions - @dumps;

	for my $session (@running)
	{
		push @wrong, "a session hangs: " . substr read_file($session->{err}), -500
		  if !eval { $session->{run}->finish; 1 };
		take_in($session);
	}
	take_dump($_) foreach @dumps;

	push @wrong, split /\n/, $node->safe_psql('postgres', 'SELECT * FROM problems()');
	push @wrong, split /\n/, $node->safe_psql('postgres', "SELECT name || ' ' || problem || ' ' || detail FROM pg_extension_check()");
	push @wrong, grep { /^dangling/ } split /\n/, state_of($node);
	push @wrong, map { "lock left: $_" } split /\n/, $node->safe_psql('postgres',
		"SELECT mode FROM pg_locks WHERE locktype = 'object' AND pid <> pg_backend_pid()");
}

%steps = map { my ($count, $action) = split /\|/; ($action => $count) } split /\n/,
  $node->safe_psql('postgres', 'SELECT count(*), action FROM extman.history GROUP BY action');
note("$round rounds of $sessions sessions, $transactions transactions, $looks looks in between");
tell_counts('steps', \%steps);
tell_counts('dumps', \%dumped);
tell_counts("errors $_", $errors{$_}) foreach sort keys %errors;
is(join("\n", @wrong > 10 ? @wrong[ 0 .. 9 ] : @wrong), '', 'everything holds, and errors are those that may be')
  or diag((slurp_file($node->logfile) =~ /.*(^[^\n]*deadlock detected.*?STATEMENT.*?)$/ms)[0] // '');
my $long = defined $ENV{SOAK_AMOUNT};
cmp_ok($steps{$_} // 0, '>', 0, "there was: $_") foreach 'install', 'uninstall', $long ? 'upgrade' : ();
cmp_ok(($dumped{whole} // 0) + ($long ? 0 : $dumped{failed} // 0), '>', 0, 'there were dumps');
unlike(slurp_file($node->logfile), qr/PANIC|terminated by signal/, 'the server went on');

$node->stop;
done_testing();
