# CREATE, ALTER and DROP EXTENSION of packages where other modules have hooks of
# their own, in both orders of loading; and by every way that a client can send
# them, in sessions that have the library and in those that have not.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

write_package('mine', '1.0',
	control => "superuser = false\n",
	install => "CREATE TABLE mine_table (id integer);\n",
	uninstall => "DO \$\$ BEGIN RAISE WARNING 'mine goes'; END \$\$;\n");
write_package('mine', '1.1',
	control => "superuser = false\n",
	install => "CREATE TABLE mine_table (id integer, more text);\n",
	upgrade => { 'upgrade--1.0--1.1.sql' => "ALTER TABLE mine_table ADD more text;\n" });
write_package('rooted', '1.0', install => "CREATE TABLE rooted_table (id integer);\n");
write_package('trusty', '1.0',
	control => "trusted = true\n",
	install => "CREATE TABLE trusty_table (id integer);\n");

# A package that has the name of an extension of core's.
write_package('pageinspect', '0.1',
	install => "CREATE TABLE pageinspect_table (id integer);\n");

my $node = start_node('native');

# One test: what a user's statement leads to: its tag, or what its error says.
sub says
{
	my ($user, $sql, $expected, $what) = @_;
	my ($stdout, $stderr);
	$node->psql('apps', $sql,
		extra_params => [ '-U', $user, '-v', 'QUIET=off' ],
		stdout => \$stdout, stderr => \$stderr);
	return like("$stdout\n$stderr", $expected, $what);
}

sub installed
{
	return $node->safe_psql('apps',
		"SELECT string_agg(extname || ' ' || extversion || ' of ' || extowner::regrole, ', ' ORDER BY extname)"
		  . " FROM pg_extension WHERE extname NOT IN ('plpgsql', 'pg_extman')");
}

# The database anew, with these libraries in each of its sessions.
sub start_over
{
	my (@libraries) = @_;
	my $list = join ', ', @libraries;
	$node->safe_psql('postgres', 'DROP DATABASE IF EXISTS apps');
	$node->safe_psql('postgres', 'CREATE DATABASE apps');
	$node->safe_psql('postgres', <<'END');
GRANT CREATE ON DATABASE apps TO joe;
ALTER DATABASE apps SET search_path = joe;
END
	$node->safe_psql('postgres',
		"ALTER DATABASE apps SET extwlist.extensions = 'tcn, dict_int, pgrowlocks, mine, rooted, pageinspect'");
	$node->safe_psql('apps',
		'CREATE EXTENSION pg_extman SCHEMA pg_catalog; CREATE SCHEMA joe AUTHORIZATION joe');
	$node->safe_psql('postgres', "ALTER DATABASE apps SET session_preload_libraries = $list")
	  if @libraries;
	return;
}

my $bootstrap = $node->safe_psql('postgres', 'SELECT rolname FROM pg_roles WHERE oid = 10');
$node->safe_psql('postgres', 'CREATE ROLE joe LOGIN');

#
# pgextwlist makes a superuser of whoever names an extension on its list
#
SKIP:
{
	my $library = $node->config_data('--pkglibdir') . '/pgextwlist.so';
	skip 'pgextwlist is not installed for this version of PostgreSQL', 16 unless -e $library;

	# The later one to be loaded is asked first.
	start_over('pgextwlist', 'pg_extman');
	says('joe', 'CREATE EXTENSION pgrowlocks', qr/^CREATE EXTENSION$/m,
		'pg_extman first: what is on the list is still created');
	is(installed(), "pgrowlocks 1.2 of $bootstrap", 'as a superuser');
	says('joe', 'CREATE EXTENSION dblink', qr/permission denied to create extension "dblink"/,
		'what is not on the list is not');
	says('joe', 'CREATE EXTENSION rooted', qr/permission denied to create extension "rooted"/,
		'the list makes no superuser of who installs a package');
	says('joe', 'CREATE EXTENSION pageinspect',
		qr/permission denied to create extension "pageinspect"/,
		'nor if core has an extension of its name');
	says('joe', "CREATE EXTENSION mine VERSION '1.0'", qr/^CREATE EXTENSION$/m,
		'a package for everybody is installed');
	says('joe', 'CREATE EXTENSION trusty', qr/^CREATE EXTENSION$/m, 'and so is a trusted one');
	is(installed(), "mine 1.0 of joe, pgrowlocks 1.2 of $bootstrap, trusty 1.0 of joe",
		'each as its control file says');
	says('joe', 'DROP EXTENSION mine', qr/mine goes.*/, 'its script runs when it goes');
	says('joe', 'DROP EXTENSION pgrowlocks', qr/^DROP EXTENSION$/m, 'what is on the list goes, too');

	start_over('pg_extman', 'pgextwlist');
	says('joe', 'CREATE EXTENSION pgrowlocks', qr/^CREATE EXTENSION$/m,
		'pgextwlist first: what is on the list is created');
	says('joe', 'CREATE EXTENSION rooted', qr/could not open extension control file/,
		'of packages it knows nothing');
	says('joe', 'CREATE EXTENSION pageinspect',
		qr/cannot use CREATE EXTENSION within security-restricted operation/,
		'a package that has the name of one on the list is not installed by a mere name');
	is(installed(), "pgrowlocks 1.2 of $bootstrap", 'so there is nothing else');
	$node->safe_psql('apps', "SET ROLE joe; SELECT count(*) FROM pg_extension_install('mine (= 1.0)')");
	says('joe', 'DROP EXTENSION mine', qr/mine goes.*/, 'a package that is there can go');
	says($bootstrap, 'CREATE EXTENSION rooted', qr/^CREATE EXTENSION$/m,
		'a superuser needs no list');
}

#
# Every way in
#
start_over();

# pgbench runs a script by each protocol; its sessions load the library by their
# first statement here, and have it by the second.
foreach my $protocol ('simple', 'extended', 'prepared')
{
	my $script = "$PostgreSQL::Test::Utils::tmp_check/way_in.sql";
	append_to_file($script, <<'END') unless -e $script;
CREATE EXTENSION mine VERSION '1.0';
ALTER EXTENSION mine UPDATE;
DROP EXTENSION IF EXISTS no_such_thing, mine;
CREATE EXTENSION mine VERSION '1.0';
END
	foreach my $first ('CREATE EXTENSION mine VERSION \'1.0\'', 'ALTER EXTENSION mine UPDATE',
		'DROP EXTENSION mine')
	{
		my $one = "$PostgreSQL::Test::Utils::tmp_check/one.sql";
		unlink $one;
		append_to_file($one, "$first;\n");
		$node->command_ok(
			[ 'pgbench', '-n', '-t', '1', '-M', $protocol, '-f', $one, $node->connstr('apps') ],
			"$protocol protocol, without the library: $first");
	}
	is(installed(), '', "$protocol protocol, without the library: as it was");
	$node->command_ok(
		[ 'pgbench', '-n', '-t', '1', '-M', $protocol, '-f', $script, $node->connstr('apps') ],
		"$protocol protocol: all of them in one session");
	is(installed(), "mine 1.0 of $bootstrap", "$protocol protocol: what is there in the end");
	$node->safe_psql('apps', 'DROP EXTENSION mine');
}
is( $node->safe_psql('apps',
		'SELECT kind, action, count(*) FROM extman.history GROUP BY 1, 2 ORDER BY 1, 2'),
	"ALTER EXTENSION|upgrade|6\nCREATE EXTENSION|install|9\nDROP EXTENSION|uninstall|9",
	'each command was carried out once');

#
# pg_stat_statements, in both orders, and the library in every process
#
foreach my $order ('pg_stat_statements, pg_extman', 'pg_extman, pg_stat_statements')
{
	start_over();
	$node->append_conf('postgresql.conf',
		"shared_preload_libraries = '$order'\npg_stat_statements.track = all");
	$node->restart;
	$node->safe_psql('apps', 'CREATE SCHEMA stat; CREATE EXTENSION pg_stat_statements SCHEMA stat');
	says($bootstrap, "CREATE EXTENSION mine VERSION '1.0'", qr/^CREATE EXTENSION$/m,
		"$order: a package is installed");
	says($bootstrap, 'ALTER EXTENSION mine UPDATE', qr/^ALTER EXTENSION$/m, 'and updated');
	says($bootstrap, 'DROP EXTENSION mine, pg_stat_statements', qr/^DROP EXTENSION$/m,
		'and dropped, together with one of core\'s');
	is(installed(), '', 'all is gone');
	$node->safe_psql('apps',
		"CREATE EXTENSION pg_stat_statements SCHEMA stat; CREATE EXTENSION mine VERSION '1.0'");
	is( $node->safe_psql('apps',
			"SELECT sum(calls) > 0 FROM stat.pg_stat_statements WHERE query ~ '^CREATE TABLE mine_table'"),
		't',
		'statements of its script are counted');
}

#
# Read-only transactions and databases without pg_extman are core's
#
says($bootstrap, 'BEGIN READ ONLY; CREATE EXTENSION mine',
	qr/cannot execute CREATE EXTENSION in a read-only transaction/, 'nothing in a read-only transaction');
$node->psql('template1', 'CREATE EXTENSION mine', stderr => \my $stderr);
like($stderr, qr/extension "mine" is not available/, 'nothing in a database without pg_extman');

$node->stop;
done_testing();
