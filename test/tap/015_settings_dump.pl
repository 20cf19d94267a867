# Settings that packages bring come back with the settings of the database, where a
# dump has those, and else as the packages have them.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

write_package('limits', $_,
	control => "custom_variable_classes = limits\n",
	conf => "limits.version = $_\nlimits.depth = 3\nlimits.width = 'a \"wide\" one, it''s'\n",
	install => "CREATE FUNCTION depth() RETURNS text LANGUAGE sql AS 'SELECT current_setting(''limits.depth'')';\n",
	upgrade => { 'upgrade--1.0--1.1.sql' => '' })
  for ('1.0', '1.1');

my $node = start_node('source');
$node->safe_psql('postgres', 'CREATE DATABASE source');
$node->safe_psql('source', <<'END');
CREATE EXTENSION pg_extman;
SELECT pg_extension_install('limits (= 1.0)');
ALTER DATABASE source SET limits.depth = 7;
ALTER DATABASE source SET work_mem = '5MB';
END

# Of a new session.
my $state = <<'END';
SELECT s.* FROM extman.settings s ORDER BY setting;
SELECT depth(), current_setting('limits.width'), current_setting('work_mem');
END
my $before = $node->safe_psql('source', $state);
is($before, <<'END' =~ s/\n\z//r, 'one was changed by hand');
limits|limits.depth|3|7|t
limits|limits.version|1.0|1.0|f
limits|limits.width|a "wide" one, it's|a "wide" one, it's|f
7|a "wide" one, it's|5MB
END

my $folder = PostgreSQL::Test::Utils::tempdir;

sub run_on
{
	my ($server, @command) = @_;
	my $said = '';
	local $ENV{PGHOST} = $server->host;
	local $ENV{PGPORT} = $server->port;
	ok(IPC::Run::run(\@command, '>', \my $out, '2>', \$said), "$command[0] ends well") or diag($said);
	return $said;
}

sub other_cluster
{
	my ($name, $preload) = @_;
	my $other = PostgreSQL::Test::Cluster->new($name);
	$other->init;
	use_packages($other);
	$other->append_conf('postgresql.conf', "shared_preload_libraries = '$preload'");
	$other->start;
	return $other;
}

# With the settings of the database.
run_on($node, 'pg_dump', '-C', '-f', "$folder/plain.sql", 'source');
run_on($node, 'pg_dump', '-C', '-Fc', '-f', "$folder/custom", 'source');
run_on($node, 'pg_dumpall', '--no-sync', '-f', "$folder/all.sql");
my %restore = (
	plain => [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'postgres', '-f', "$folder/plain.sql" ],
	custom => [ 'pg_restore', '-e', '-C', '-j2', '-d', 'postgres', "$folder/custom" ],
	all => [ 'psql', '-X', '-q', '-d', 'postgres', '-f', "$folder/all.sql" ]);
for my $how (sort keys %restore)
{
	my $other = other_cluster($how, $how eq 'custom' ? 'pg_extman' : '');
	my $said = run_on($other, @{ $restore{$how} });
	is($other->safe_psql('source', $state), $before, "$how: the settings are as they were");
	unlike($said, qr/limits\.(version|width)/, "$how: nothing is said of those that nobody changed");
	$other->stop;
}

# Without them, the package brings its own.
run_on($node, 'pg_dump', '-f', "$folder/without.sql", 'source');
$node->safe_psql('postgres', 'CREATE DATABASE without');
run_on($node, 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'without', '-f', "$folder/without.sql");
is($node->safe_psql('without', 'SELECT setting, database_value, changed FROM extman.settings ORDER BY setting'),
	"limits.depth|3|f\nlimits.version|1.0|f\nlimits.width|a \"wide\" one, it's|f", 'without: as the package has them');
is($node->safe_psql('without', 'SELECT * FROM pg_extension_check()'), '', 'there is nothing to complain of');

# They follow the package from there on, and go with it.
$node->safe_psql('without', "SELECT pg_extension_upgrade('limits')");
is($node->safe_psql('without', "SHOW limits.version"), '1.1', 'an upgrade changes them');
$node->safe_psql('without', "DROP EXTENSION limits");
is( $node->safe_psql('without', "SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase"
		  . " WHERE datname = 'without'"),
	0, 'and a drop removes them');
is($node->safe_psql('source', $state), $before, 'in that database alone');

$node->stop;
done_testing();
