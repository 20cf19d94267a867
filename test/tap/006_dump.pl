# A dump brings everything back: the same packages at the same versions in the same
# schemas, their owners, the data of their tables of configuration, what depends on
# them, the policies and the history.
use strict;
use warnings;

use File::Path qw(remove_tree);
use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# ---------- packages ----------

my $settings = <<'END';
CREATE TABLE settings (name text PRIMARY KEY, builtin boolean NOT NULL DEFAULT false);
CREATE SEQUENCE settings_seq;
INSERT INTO settings VALUES ('shipped', true);
SELECT pg_catalog.pg_extension_config_dump('settings', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('settings_seq', '');
END

# Named so that the order of names is not that of the dependencies.
sub write_packages
{
	my %folder;

	for my $version ('1.0', '1.1', '2.0')
	{
		$folder{"zlib $version"} = write_package('zlib', $version,
			control => "superuser = false\nschema = zlib_home\n",
			install => $settings
			  . "CREATE FUNCTION zlib_version() RETURNS text LANGUAGE sql AS 'SELECT ''$version''::text';\n");
		$folder{"app $version"} = write_package('app', $version,
			control => "superuser = false\ndepends = zlib (< 2), middle\n",
			install => "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');\n"
			  . "CREATE FUNCTION app_version() RETURNS text LANGUAGE sql AS 'SELECT ''$version''::text';\n",
			uninstall => "DO \$\$BEGIN RAISE WARNING 'app $version says goodbye'; END\$\$;\n");
	}
	write_package('withcore', '1.0',
		control => "superuser = false\ndepends = hstore (>= 1.5, < 1.8)\n",
		install => "CREATE TABLE pairs (h hstore);\nSELECT pg_catalog.pg_extension_config_dump('pairs', '');\n");
	write_package('middle', '1.0',
		control => "superuser = false\ndepends = zlib\n",
		install => 'CREATE VIEW middle_settings AS SELECT name FROM @extschema:zlib@.settings;');
	$folder{"trusty $_"} = write_package('trusty', $_,
		control => "trusted = true\nrelocatable = true\n",
		install => 'CREATE TABLE trusty_table (x integer);')
	  for ('1.0', '1.1');
	append_to_file("$folder{'app 2.0'}/upgrade--1.1--2.0.sql",
		"ALTER TYPE mood ADD VALUE 'better';\nCREATE OR REPLACE FUNCTION app_version()"
		  . " RETURNS text LANGUAGE sql AS 'SELECT ''2.0, upgraded''::text';\n");
	return %folder;
}

my %folder = write_packages();

# ---------- the database ----------

my $node = start_node('dump');
$node->safe_psql('postgres', <<'END');
CREATE ROLE owner LOGIN;
CREATE DATABASE source;
GRANT CREATE ON DATABASE source TO owner;
END
$node->safe_psql('source', <<'END');
CREATE EXTENSION pg_extman;
CREATE SCHEMA "App; schema";
CREATE SCHEMA owned AUTHORIZATION owner;
SELECT pg_extension_install('zlib (= 1.0)');
SELECT pg_extension_install('app (= 1.1)', schema => 'App; schema');
SELECT pg_extension_install('withcore');
SELECT pg_extension_mark('zlib', true);
SELECT pg_extension_hold('app');
SET SESSION AUTHORIZATION owner;
SELECT pg_extension_install('trusty (= 1.0)', schema => 'owned');
RESET SESSION AUTHORIZATION;
COMMENT ON EXTENSION trusty IS 'ours';
INSERT INTO zlib_home.settings VALUES ('added', false), ('another', false);
SELECT nextval('zlib_home.settings_seq') FROM generate_series(1, 41);
CREATE TABLE people (name text, mood "App; schema".mood DEFAULT 'ok',
	version text DEFAULT "App; schema".app_version());
INSERT INTO people VALUES ('a', 'happy'), ('b', DEFAULT);
INSERT INTO pairs VALUES ('a=>1');
CREATE TABLE hers (h hstore DEFAULT 'b=>2');
CREATE VIEW moods AS SELECT mood, m.name FROM people, "App; schema".middle_settings m;
END

# All that is to be the same.  Not the owner of an extension: core gives it to
# whoever restores.
my $state = <<'END';
SELECT 'installed', i.name, version, i.schema, automatic, held, extrelocatable,
	obj_description(e.oid, 'pg_extension')
FROM pg_extension_installed() i JOIN pg_extension e ON extname = i.name ORDER BY i.name;
SELECT 'requires', e.extname, r.extname FROM pg_depend d
JOIN pg_extension e ON d.classid = 'pg_extension'::regclass AND d.objid = e.oid
JOIN pg_extension r ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = r.oid
WHERE d.deptype = 'n' ORDER BY 2, 3;
SELECT 'members', e.extname, count(*) FROM pg_depend d JOIN pg_extension e ON d.refobjid = e.oid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' GROUP BY 2 ORDER BY 2;
SELECT 'recorded', name, version, depends, schema, md5(control),
	md5(install_script), md5(uninstall_script) FROM extman.snapshot ORDER BY name;
SELECT 'settings', s.* FROM zlib_home.settings s ORDER BY name;
SELECT 'sequence', last_value FROM zlib_home.settings_seq;
SELECT 'people', p.* FROM people p ORDER BY name;
SELECT 'moods', m.* FROM moods m ORDER BY 1, 2, 3;
SELECT 'pairs', count(*) FROM pairs;
SELECT 'manifest', pg_extension_manifest();
SELECT 'language', lanpltrusted, lanacl, d.deptype FROM pg_language l JOIN pg_depend d ON d.objid = l.oid
	AND d.classid = 'pg_language'::regclass AND d.refclassid = 'pg_extension'::regclass WHERE lanname = 'extman';
END

my $history = <<'END';
SELECT at, by_role, kind, request, step, action, name, new_version
FROM extman.history ORDER BY at, step
END

# The language belongs to the extension; what is changed about it is dumped.
$node->safe_psql('source', 'REVOKE USAGE ON LANGUAGE extman FROM PUBLIC; GRANT USAGE ON LANGUAGE extman TO owner');

my $before = $node->safe_psql('source', $state);
my $happened = $node->safe_psql('source', $history);
like($before, qr/^installed\|zlib\|1\.0\|zlib_home\|t\|f/m, 'there is a package at an old version');
like($before, qr/^installed\|hstore\|1\.7\|public\|t\|f/m, 'one of core, not at its default version');
like($before, qr/^installed\|app\|1\.1\|App; schema\|f\|t/m, 'one that is held, in a schema to be quoted');
like($before, qr/^installed\|trusty\|1\.0\|owned\|f\|f\|t\|ours$/m, 'and one with a comment');
is(scalar(split /\n/, $happened), 6, 'the history has six steps');

# ---------- restores ----------

my $folder = PostgreSQL::Test::Utils::tempdir;

# Whether the database is as it was, and what was dumped of the history is there.
sub same
{
	my ($server, $database, $how) = @_;
	is($server->safe_psql($database, $state), $before, "$how: everything is as it was");
	my $restored = $server->safe_psql($database, $history);
	my %there = map { $_ => 1 } split /\n/, $restored;
	is_deeply([ grep { !$there{$_} } split /\n/, $happened ], [], "$how: with its history");
	return;
}

# Runs a program of PostgreSQL's on the node; its messages are returned.
sub run_on
{
	my ($server, @command) = @_;
	my ($stdout, $stderr);
	local $ENV{PGHOST} = $server->host;
	local $ENV{PGPORT} = $server->port;
	my $ok = IPC::Run::run(\@command, '>', \$stdout, '2>', \$stderr);
	ok($ok, "$command[0] ends well") or diag($stderr);
	return $stderr;
}

sub new_database
{
	my ($name) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $name");
	return $name;
}

run_on($node, 'pg_dump', '-f', "$folder/plain.sql", 'source');
my $text = slurp_file("$folder/plain.sql");
unlike($text, qr/CREATE (TABLE|TYPE|FUNCTION|VIEW) [^\n]*(settings|mood |app_version)/,
	'members are not dumped one by one');

run_on($node, 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$folder/plain.sql", new_database('plain'));
same($node, 'plain', 'plain');
run_on($node, 'psql', '-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-f', "$folder/plain.sql", new_database('plain_1'));
same($node, 'plain_1', 'plain, in one transaction');

run_on($node, 'pg_dump', '-Fc', '-f', "$folder/custom", 'source');
run_on($node, 'pg_restore', '-e', '-d', new_database('custom'), "$folder/custom");
same($node, 'custom', 'custom');
run_on($node, 'pg_restore', '-e', '-1', '-d', new_database('custom_1'), "$folder/custom");
same($node, 'custom_1', 'custom, in one transaction');
run_on($node, 'pg_restore', '-e', '-j4', '-d', new_database('custom_4'), "$folder/custom");
same($node, 'custom_4', 'custom, with four jobs');

run_on($node, 'pg_dump', '-Fd', '-j2', '-f', "$folder/directory", 'source');
run_on($node, 'pg_restore', '-e', '-j4', '-d', new_database('directory'), "$folder/directory");
same($node, 'directory', 'directory, with jobs on both sides');

# A dump of what was restored is the same dump.
run_on($node, 'pg_dump', '-f', "$folder/again.sql", 'plain');
my ($first, $second) = map { [ grep { /^(CREATE|ALTER|COMMENT|DROP)/ } split /\n/ ] }
  ($text, slurp_file("$folder/again.sql"));
is_deeply($second, $first, 'a dump of what was restored has the same commands');

# Over a database that has it all; what is held would stay.
$node->safe_psql('custom', "SELECT pg_extension_unhold('app')");
run_on($node, 'pg_restore', '-e', '--clean', '--if-exists', '-d', 'custom', "$folder/custom");
same($node, 'custom', 'over what was there');

# All databases, into another cluster, which may preload the library or not.
run_on($node, 'pg_dumpall', '--no-sync', '-f', "$folder/all.sql");
for my $preload ('', 'pg_extman')
{
	my $how = $preload ? 'another cluster that preloads the library' : 'another cluster';
	my $other = PostgreSQL::Test::Cluster->new($preload ? 'preloads' : 'other');
	$other->init;
	use_packages($other);
	$other->append_conf('postgresql.conf', "shared_preload_libraries = '$preload'");
	$other->start;
	run_on($other, 'psql', '-X', '-q', '-f', "$folder/all.sql", 'postgres');
	same($other, 'source', $how);
	same($other, 'custom_4', "$how, a restored database");
	$other->stop;
}

# What was restored works on.
is( $node->safe_psql('plain', 'SELECT action, name, old_version, new_version FROM pg_extension_upgrade()'),
	'', 'what is held stays in an upgrade');
$node->safe_psql('plain', 'DO LANGUAGE extman $$ UNHOLD EXTENSION app $$');
is( $node->safe_psql('plain', 'SELECT action, name, old_version, new_version FROM pg_extension_upgrade()'),
	'upgrade|app|1.1|2.0', 'the rest is upgraded');
is( $node->safe_psql('plain', "INSERT INTO people VALUES ('c', 'better'); SELECT version FROM people WHERE name = 'c'"),
	'2.0, upgraded', 'by its scripts');
is($node->safe_psql('plain', 'SELECT * FROM pg_extension_check()'), '', 'there is nothing to complain of');
$node->safe_psql('plain', 'DROP TABLE people CASCADE');
my ($stdout, $stderr);
$node->psql('plain', "SELECT action, name, old_version FROM pg_extension_uninstall('app')",
	stdout => \$stdout, stderr => \$stderr);
is($stdout, 'uninstall|app|2.0', 'it is uninstalled');
like($stderr, qr/WARNING:  app 2\.0 says goodbye/, 'by the script that was recorded');
is( $node->safe_psql('plain', "SELECT name FROM pg_extension_autoremove()"),
	"middle\nzlib", 'and what came along is not needed any more');

# ---------- versions that are gone from disk ----------

# The newest one comes instead, and the restore goes on.  (pg_restore shows warnings
# only if asked to, so they are looked for in the server's log.)
remove_tree($folder{'trusty 1.0'}, $folder{'app 1.1'});
for my $how ('plain', 'custom')
{
	my $database = new_database("gone_$how");
	my $log_start = -s $node->logfile;
	$how eq 'plain' ?
	  run_on($node, 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$folder/plain.sql", $database) :
	  run_on($node, 'pg_restore', '-e', '-j4', '-d', $database, "$folder/custom");
	my $log = slurp_file($node->logfile, $log_start);
	like($log, qr/WARNING:  version "1\.0" of extension "trusty" cannot be brought back/, "$how: a warning");
	like($log, qr/WARNING:  version "1\.1" of extension "app" cannot be brought back/, "$how: and another");
	is( $node->safe_psql($database, "SELECT name, version, held FROM pg_extension_installed()"
			  . " WHERE name NOT LIKE 'p%' ORDER BY name"),
		"app|2.0|t\nhstore|1.7|f\nmiddle|1.0|f\ntrusty|1.1|f\nwithcore|1.0|f\nzlib|1.0|f",
		"$how: the newest instead, the others as they were");
	is($node->safe_psql($database, 'SELECT version FROM people ORDER BY name'), "1.1\n1.1", "$how: with the data");
	is($node->safe_psql($database, "INSERT INTO people VALUES ('c'); SELECT version FROM people WHERE name = 'c'"),
		'2.0', "$how: on the newest version");
	is( $node->safe_psql($database, "SELECT split_part(obj_description(oid, 'pg_extension'), E'\n', 2)"
			  . " FROM pg_extension WHERE extname = 'pg_extman'"),
		'manifest: app (= 2.0), hstore (= 1.7), middle (= 1.0), trusty (= 1.1), withcore (= 1.0), zlib (= 1.0)',
		"$how: which is in the manifest from there on");
}

# What others need comes first, and comes at a version that they can live with: the
# newest zlib is none.
remove_tree($folder{'zlib 1.0'});
run_on($node, 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$folder/plain.sql", new_database('gone_below'));
is( $node->safe_psql('gone_below', "SELECT name, version FROM pg_extension_installed()"
		  . " WHERE name NOT LIKE 'p%' ORDER BY name"),
	"app|2.0\nhstore|1.7\nmiddle|1.0\ntrusty|1.1\nwithcore|1.0\nzlib|1.1",
	'the newest version that goes together with the others');

$node->stop;
done_testing();
