# Files that change while plans are made and run: what was solved is what is run, what
# is run is what is recorded; else an error that says what is wrong with a file.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";
use Time::HiRes qw(time usleep);

use Extman;
use Changes;
use IPC::Run ();
use PostgreSQL::Test::Utils;
use Soak;
use Test::More;

my $seed = seed();
my $seconds = $ENV{SOAK_AMOUNT} ? 60 * $ENV{SOAK_AMOUNT} : 5;
my $sessions = 3;

# What may go wrong when files do.
my %allowed = (
	'0A000' => 'CREATE EXTENSION: there is no such extension',
	'22021' => 'bytes that are no text',
	'2BP01' => 'still needed',
	'42501' => 'no permission to read it',
	'42601' => 'a script that ends in the middle of a statement',
	'42P13' => 'or of one that could end there, but for the body of a function',
	'42704' => 'no such package',
	'42710' => 'CREATE EXTENSION: it is there already',
	'42809' => 'not a regular file, or not a folder',
	'55000' => 'no plan',
	'55006' => 'changed while it was read',
	'58P01' => 'no such file',
	'42723' => 'pg_execute_from_file(): the package is installed, and has the function',
	'F0000' => 'a malformed control or conf file');

my $folder = changes_begin();
my $node = start_node('soak_files');

# ---------- the checks, in the database ----------

my $checks = <<'END_OF_SQL';
CREATE TABLE said (id serial PRIMARY KEY, package text, what text, generation integer);
CREATE TABLE seen (last_id integer, last_at timestamptz);
INSERT INTO seen VALUES (0, '-infinity');
CREATE TABLE before AS SELECT * FROM extman.snapshot;

-- What a script that was run as a whole has said.  It may have been cut before its last semicolon.
CREATE FUNCTION would_say(script text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(string_agg(concat_ws(' ', m[1], m[2], m[3]), ', ' ORDER BY n), '')
	FROM regexp_matches(script, $r$VALUES \('(\w+)','([\w.]+)',(\d+)\)$r$, 'g') WITH ORDINALITY AS r(m, n)
$$;
CREATE FUNCTION has_said(of_package text, of_what text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(string_agg(concat_ws(' ', package, what, generation), ', ' ORDER BY id), '')
	FROM said, seen WHERE id > last_id AND package = of_package AND what ~ ('^' || of_what)
$$;

-- What is wrong after a command, a line each.
CREATE FUNCTION problems() RETURNS SETOF text LANGUAGE sql AS $$
	SELECT 'no record: ' || extname || ' ' || extversion FROM pg_extension
	WHERE extname ~ '^shift' AND (extname::text, extversion) NOT IN (SELECT name, version FROM extman.snapshot)
UNION ALL
	SELECT 'record of nothing: ' || name || ' ' || version FROM extman.snapshot
	WHERE (name::text, version) NOT IN (SELECT extname, extversion FROM pg_extension)
UNION ALL
	SELECT 'another control file: ' || name || ' ' || version || ': ' || control FROM extman.snapshot
	WHERE substring(control, '(?n)^version = (\S+)$') IS DISTINCT FROM version
		OR substring(control, '(?n)^name = (\S+)$') IS DISTINCT FROM name
		OR (control ~ '(?n)^depends = shift_a$') IS DISTINCT FROM (depends IS NOT NULL)
UNION ALL
	SELECT 'hash of another text: ' || name FROM extman.snapshot
	WHERE install_sha256 <> sha256(convert_to(install_script, 'UTF8'))
		OR uninstall_sha256 IS DISTINCT FROM sha256(convert_to(uninstall_script, 'UTF8'))
UNION ALL
	SELECT 'ran another install.sql: ' || s.name || ': ' || has_said(s.name, 'install') || ', recorded: ' || would_say(install_script)
	FROM extman.snapshot s JOIN extman.history h ON h.name = s.name AND h.action = 'install' AND h.at > (SELECT last_at FROM seen)
	WHERE has_said(s.name, 'install') <> would_say(install_script)
UNION ALL
	SELECT 'ran another uninstall.sql: ' || b.name || ': ' || has_said(b.name, 'uninstall') || ', recorded: ' || would_say(uninstall_script)
	FROM before b JOIN extman.history h ON h.name = b.name AND h.action = 'uninstall' AND h.at > (SELECT last_at FROM seen)
	WHERE has_said(b.name, 'uninstall') <> would_say(coalesce(uninstall_script, ''))
UNION ALL
	SELECT 'said without a step in the history: ' || package || ' ' || what
	FROM said, seen WHERE id > last_id AND NOT EXISTS (SELECT FROM extman.history WHERE at > last_at
		AND name = package AND what IN (action, 'upgrade_' || old_version || '_' || new_version,
			'upgrade_' || old_version || '_2.0', 'upgrade_2.0_' || new_version))
UNION ALL
	SELECT 'function of another install: ' || name FROM extman.snapshot s
	WHERE EXISTS (SELECT FROM extman.history h WHERE h.name = s.name AND h.action = 'install' AND h.at > (SELECT last_at FROM seen))
		AND substring(install_script, 'RETURN (\d+)') IS DISTINCT FROM
			(SELECT substring(pg_get_functiondef(oid), 'RETURN (\d+)') FROM pg_proc WHERE proname = name || '_generation')
UNION ALL
	SELECT 'left behind: ' || proname FROM pg_proc
	WHERE proname ~ '^shift' AND substring(proname, '(\w+)_generation') NOT IN (SELECT extname FROM pg_extension)
UNION ALL
	SELECT 'no dependency' FROM extman.snapshot WHERE depends = 'shift_a' AND NOT EXISTS (
		SELECT FROM pg_depend WHERE objid = (SELECT oid FROM pg_extension WHERE extname = 'shift_b')
			AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'shift_a'))
UNION ALL
	SELECT 'check: ' || name || ' ' || problem || ' ' || detail FROM pg_extension_check() WHERE problem <> 'script'
$$;
CREATE FUNCTION look() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT 'PROBLEM ' || p FROM problems() p;
	RETURN QUERY SELECT 'DONE ' || action FROM extman.history WHERE at > (SELECT last_at FROM seen);
	UPDATE seen SET last_id = coalesce((SELECT max(id) FROM said), 0),
		last_at = coalesce((SELECT max(at) FROM extman.history), '-infinity');
	DELETE FROM before;
	INSERT INTO before SELECT * FROM extman.snapshot;
END
$$;
END_OF_SQL

# An uninstall.sql that was broken when it was recorded keeps what it is to uninstall,
# until it is dropped by core alone.
my $drop_without_script =
  'SET pg_extman.native_commands = off; DROP EXTENSION IF EXISTS shift_a, shift_b CASCADE; RESET pg_extman.native_commands';
my @commands = (
	("SELECT FROM pg_extension_install('shift_b')") x 3,
	("SELECT FROM pg_extension_install('shift_a')") x 2,
	("SELECT FROM pg_extension_upgrade()") x 3,
	("SELECT FROM pg_extension_uninstall('shift_a', true)") x 3,
	"SELECT FROM pg_extension_uninstall('shift_b')",
	'CREATE EXTENSION shift_b CASCADE', 'CREATE EXTENSION IF NOT EXISTS shift_a',
	'ALTER EXTENSION shift_a UPDATE', 'DROP EXTENSION IF EXISTS shift_a CASCADE',
	'SELECT FROM pg_extension_available()', 'SELECT FROM pg_extension_broken()',
	"SELECT FROM pg_extension_plan('shift_b')", "SELECT FROM pg_extension_plan(upgrade => 'shift_a')",
	"SELECT FROM pg_extension_explain('shift_b')", 'SELECT FROM pg_extension_installed()',
	$drop_without_script,
	"BEGIN; SELECT pg_execute_from_file('$folder/shift_a/install.sql'); ROLLBACK;");

# ---------- sessions that use the files ----------

# A psql that runs so many commands, and looks after each.
sub start_session
{
	my ($number) = @_;
	my %session = (number => $number, err => '', out => '', begin => time);
	$session{in} = join '', "SET statement_timeout = '20s'; SET client_min_messages = error;\n",
	  map { my $command = pick(@commands); "\\warn command $command\n$command;\nSELECT look();\n" } 1 .. 60;
	$session{in} .= "\\q\n";
	$session{run} = IPC::Run::start(
		[ $node->installed_command('psql'), '-XAtq', '-v', 'VERBOSITY=verbose',
			'-d', $node->connstr("soak_$number") ],
		'<', \$session{in}, '>', \$session{out}, '2>', \$session{err}, IPC::Run::timeout(60));
	return \%session;
}

for my $number (1 .. $sessions)
{
	$node->safe_psql('postgres', "CREATE DATABASE soak_$number");
	$node->safe_psql("soak_$number", "CREATE EXTENSION pg_extman; $checks");
}

my $changer = changes_start($seed);
my @running = map { start_session($_) } 1 .. $sessions;
my (%errors, %done, @problems);
my ($commands, $hangs, $lost) = (0, 0, 0);
my $end = time + $seconds;

while (@running)
{
	my @still;
	for my $session (@running)
	{
		my $goes_on = eval { $session->{run}->pump_nb; $session->{run}->pumpable };
		if ($@)
		{
			$hangs++;
			push @problems, "session $session->{number} hangs: " . substr($session->{err}, -500);
			$session->{run}->kill_kill;
			next;
		}
		if ($goes_on) { push @still, $session; next }
		$session->{run}->finish;
		take_in($session);
		push @still, start_session($session->{number}) if time < $end && !@problems;
	}
	@running = @still;
	usleep(20_000);
}
changes_stop($changer);

sub take_in
{
	my ($session) = @_;
	my $command = '';
	$done{$1}++ while $session->{out} =~ /^DONE (.*)/gm;
	push @problems, $1 while $session->{out} =~ /^PROBLEM (.*)/gm;
	for my $line (split /\n/, $session->{err})
	{
		if ($line =~ /^command (.*)/) { $command = $1; $commands++ }
		elsif ($line =~ /^(?:psql:\S* )?(?:ERROR|FATAL|PANIC):  (\w{5}): (.*)/)
		{
			$errors{$1}++;
			push @problems, "$command: $line" if !$allowed{$1};
		}
		elsif ($line =~ /server closed the connection|connection to server was lost/) { $lost++ }
	}
	return;
}

note("$commands commands in $seconds seconds, while files changed " . changes_count() . ' times');
tell_counts('steps', \%done);
tell_counts('errors', \%errors);
is(join("\n", @problems > 10 ? @problems[ 0 .. 9 ] : @problems), '', 'installs are of one piece, errors are those of files');
is($hangs, 0, 'no session hangs');
is($lost, 0, 'no session is lost');
cmp_ok($done{$_} // 0, '>', 0, "there were plans with: $_")
  foreach 'install', 'uninstall', $ENV{SOAK_AMOUNT} ? 'upgrade' : ();
cmp_ok(keys %errors, '>', 3, 'there were errors of several kinds');

# With whole files, everything is as always.
changes_heal();
for my $number (1 .. $sessions)
{
	my $database = "soak_$number";
	my $quiet = 'SET client_min_messages = warning';
	$node->safe_psql($database, "$quiet; $drop_without_script; SELECT look()");
	is($node->safe_psql($database, "$quiet; SELECT FROM pg_extension_install('shift_b'); SELECT look()"),
		"DONE install\nDONE install", "$database: an install in the end");
}

$node->stop;
done_testing();
