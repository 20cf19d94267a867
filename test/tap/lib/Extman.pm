# What the TAP tests share: packages made on the fly, a server that finds them,
# and sessions that are disturbed while they install one.
package Extman;

use strict;
use warnings;

use Exporter qw(import);
use File::Path qw(make_path);
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

our @EXPORT = qw(start_node use_packages write_package slow_script wait_until start_install wait_for_step finish
  nothing_left);

# The class of the advisory locks by which a slow script says how far it is.
use constant STEP_CLASS => 20100521;

# The folder of the packages.
my $package_dir;

sub package_dir
{
	$package_dir //= PostgreSQL::Test::Utils::tempdir;
	return $package_dir;
}

# Lets a server that doesn't run yet find the packages of write_package().
sub use_packages
{
	my ($node) = @_;
	my $folder = package_dir();

	$node->append_conf('postgresql.conf', "pg_extman.control_path = '$folder:\$system'\n");
	return;
}

# A running server with pg_extman in database postgres, and with the packages of
# write_package() on its control path.  What follows the name is for init(), but for
# install_path, where another PostgreSQL is, and conf, lines of postgresql.conf.
sub start_node
{
	my ($name, %init) = @_;
	my $path = delete $init{install_path};
	my $conf = delete $init{conf};
	my $node = PostgreSQL::Test::Cluster->new($name, $path ? (install_path => $path) : ());

	$node->init(%init);
	use_packages($node);
	$node->append_conf('postgresql.conf', $conf) if $conf;
	$node->append_conf('postgresql.conf', "restart_after_crash = on\n");
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION pg_extman');
	return $node;
}

# write_package(NAME, VERSION, control => LINES, install => SQL, uninstall => SQL,
#	conf => LINES, upgrade => { FILE => SQL })
sub write_package
{
	my ($name, $version, %text) = @_;
	my $folder = package_dir() . "/$name-$version";

	make_path($folder);
	append_to_file("$folder/control", "name = $name\nversion = $version\n" . ($text{control} // ''));
	append_to_file("$folder/install.sql", $text{install} // '');
	append_to_file("$folder/uninstall.sql", $text{uninstall}) if defined $text{uninstall};
	append_to_file("$folder/$name.conf", $text{conf}) if defined $text{conf};
	append_to_file("$folder/$_", $text{upgrade}{$_}) foreach keys %{ $text{upgrade} // {} };
	return $folder;
}

# A script of so many steps, each of which creates objects and says by an advisory
# lock that it is there.  It stops at the step that victim.stop_at names, until
# something ends it.
sub slow_script
{
	my ($prefix, $steps) = @_;
	my $class = STEP_CLASS;

	return join '', map { <<"END" } 1 .. $steps;
CREATE TABLE ${prefix}_table_$_ (id integer PRIMARY KEY, content text);
INSERT INTO ${prefix}_table_$_ SELECT i, 'row ' || i FROM generate_series(1, 100) i;
CREATE FUNCTION ${prefix}_function_$_() RETURNS integer LANGUAGE sql RETURN $_;
DO \$\$BEGIN
	PERFORM pg_advisory_xact_lock($class, $_);
	IF current_setting('victim.stop_at', true) = '$_' THEN
		PERFORM pg_sleep(600);
	END IF;
END\$\$;
END
}

# Whether a condition becomes true before long.
sub wait_until
{
	my ($condition) = @_;

	for (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
	{
		return 1 if $condition->();
		usleep(100_000);
	}
	return 0;
}

# Starts a statement in a session of its own, to stop at a step of its script.
sub start_install
{
	my ($node, $sql, $step) = @_;
	my $session = { stdin => '', stdout => '', stderr => '' };

	$session->{run} = IPC::Run::start(
		[
			$node->installed_command('psql'), '-X', '-A', '-t', '-q',
			'-v', 'VERBOSITY=verbose',
			'-d', $node->connstr('postgres') . ' application_name=victim',
			'-c', "SET victim.stop_at = $step",
			'-c', $sql
		],
		'<', \$session->{stdin}, '>', \$session->{stdout}, '2>', \$session->{stderr},
		IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default));
	return $session;
}

# Waits until the victim's script is at that step; returns its process ID.
sub wait_for_step
{
	my ($node, $step) = @_;
	my $class = STEP_CLASS;
	my $query = <<"END";
SELECT a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = $class AND l.objid = $step
	AND a.application_name = 'victim'
END

	$node->poll_query_until('postgres', "SELECT EXISTS ($query)")
	  or die "the script never came to step $step";
	return $node->safe_psql('postgres', $query);
}

# Waits for the end of the session; returns what it said on stderr.
sub finish
{
	my ($session) = @_;
	$session->{run}->finish;
	return $session->{stderr};
}

# One test: whether any trace of the named packages is in the database.
sub nothing_left
{
	my ($node, $what, @names) = @_;
	my $list = join ', ', map { "'$_'" } @names;
	my $prefix = join '|', @names;

	my $traces = $node->safe_psql('postgres', <<"END");
SELECT 'extension ' || extname FROM pg_extension WHERE extname IN ($list)
UNION ALL
SELECT 'relation ' || relname FROM pg_class WHERE relname ~ '^($prefix)_'
UNION ALL
SELECT 'function ' || proname FROM pg_proc WHERE proname ~ '^($prefix)_'
UNION ALL
SELECT 'snapshot ' || name FROM extman.snapshot WHERE name IN ($list)
UNION ALL
SELECT 'policy ' || name FROM extman.policy WHERE name IN ($list)
UNION ALL
SELECT 'history ' || name FROM extman.history WHERE name IN ($list)
UNION ALL
SELECT 'dependency of ' || d.objid FROM pg_depend d
WHERE d.classid = 'pg_extension'::regclass
	AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.oid = d.objid)
UNION ALL
SELECT 'lock ' || mode FROM pg_locks
WHERE locktype = 'object' AND pid <> pg_backend_pid()
END
	return is($traces, '', "$what: nothing is left behind");
}

1;
