# pg_upgrade takes a cluster with packages to another one, from which on everything
# works as before: what is recorded came along with the tables.
#
# EXTMAN_OLD_SERVER names the installation from which to upgrade, which may be of an
# older PostgreSQL (scripts/matrix gives one); it has bin and lib folders, and
# pg_extman is installed in it.  Else the cluster stays with its version.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

write_package('below', '1.0',
	control => "schema = below_home\ncustom_variable_classes = below\n",
	conf => "below.kept = 1\nbelow.changed = 1\nbelow.removed = 1\n",
	install => <<'END');
CREATE TABLE settings (name text);
SELECT pg_catalog.pg_extension_config_dump('settings', '');
INSERT INTO settings VALUES ('shipped');
CREATE FUNCTION below() RETURNS text LANGUAGE sql AS 'SELECT ''below''::text';
END
my %above = (
	control => "depends = below, hstore (>= 1.5, < 1.8)\n",
	install => "CREATE TYPE mood AS ENUM ('sad', 'happy');\nCREATE TABLE above_table (m mood);\n",
	uninstall => "DO \$\$BEGIN RAISE WARNING 'goodbye'; END\$\$;\n");
write_package('above', '1.0', %above);
my $newer = write_package('above', '1.1', %above);
append_to_file("$newer/upgrade--1.0--1.1.sql", "ALTER TABLE above_table ADD COLUMN n integer DEFAULT 11;\n");
write_package('trusty', '1.0',
	control => "trusted = true\nrelocatable = true\n",
	install => 'CREATE TABLE trusty_table (x integer);',
	uninstall => "INSERT INTO trusty_table SELECT 1;\n");

write_package('plain', '1.0',
	control => "superuser = false\n",
	install => "CREATE FUNCTION plain() RETURNS text LANGUAGE sql AS 'SELECT ''as it was''::text';\n",
	uninstall => "DO \$\$BEGIN RAISE WARNING 'plain() says: %', plain(); END\$\$;\n");

my $old_path = $ENV{EXTMAN_OLD_SERVER};
my $old = start_node('old', $old_path ? (install_path => $old_path) : ());
$old->safe_psql('postgres', <<'END');
CREATE ROLE owner LOGIN;
GRANT CREATE ON DATABASE postgres TO owner;
CREATE SCHEMA owned AUTHORIZATION owner;
SELECT pg_extension_install('above (= 1.0)');
SELECT pg_extension_hold('above');
INSERT INTO below_home.settings VALUES ('added');
INSERT INTO above_table VALUES ('happy');
ALTER DATABASE postgres SET below.changed = 2;
ALTER DATABASE postgres RESET below.removed;
CREATE TABLE mine (m mood DEFAULT 'sad');
INSERT INTO mine VALUES (DEFAULT);
SET SESSION AUTHORIZATION owner;
SELECT pg_extension_install('trusty, plain', schema => 'owned');
CREATE OR REPLACE FUNCTION owned.plain() RETURNS text LANGUAGE sql AS 'SELECT ''as '' || current_user';
END

my $state = <<'END';
SELECT 'installed', * FROM pg_extension_installed() ORDER BY name;
SELECT 'comment', extname, extrelocatable, obj_description(oid, 'pg_extension') FROM pg_extension ORDER BY extname;
SELECT 'recorded', s.* FROM extman.snapshot s ORDER BY name;
SELECT 'policy', p.* FROM extman.policy p ORDER BY name;
SELECT 'history', h.* FROM extman.history h ORDER BY at, step;
SELECT 'requires', e.extname, r.extname FROM pg_depend d
JOIN pg_extension e ON d.classid = 'pg_extension'::regclass AND d.objid = e.oid
JOIN pg_extension r ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = r.oid
WHERE d.deptype = 'n' ORDER BY 2, 3;
SELECT 'member', e.extname, pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE d.deptype = 'e'
-- Without the types that come along with others: members of their own only from PostgreSQL 17 on.
AND (d.classid <> 'pg_type'::regclass OR EXISTS (SELECT FROM pg_type t WHERE t.oid = d.objid AND t.typelem = 0
	AND (t.typrelid = 0 OR t.typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c'))))
ORDER BY 2, 3;
SELECT 'config', extname, c::regclass FROM pg_extension, unnest(extconfig) AS c ORDER BY 2, 3;
SELECT 'settings', s.* FROM below_home.settings s ORDER BY name;
SELECT 'mine', m.*, a.* FROM mine m, above_table a;
SELECT 'brought', s.* FROM extman.settings s ORDER BY setting;
END
my $before = $old->safe_psql('postgres', $state);
like($before, qr/^installed\|hstore\|1\.7\|1\.8\|/m, 'one of core is not at its default version');
like($before, qr/^installed\|above\|1\.0\|1\.1\|public\|f\|t/m, 'there is a package that is held at an old version');
$old->stop;

# From PostgreSQL 18 on, a cluster has checksums, unless it is told not to.
my $new = PostgreSQL::Test::Cluster->new('new');
my $major = int(($new->config_data('--version') =~ /^PostgreSQL (\d+)/)[0]);
note("from ", $old_path // 'the same', " to PostgreSQL $major");
$new->init(!$old_path || $major < 18 ? () : (extra => ['--no-data-checksums']));
use_packages($new);
my $bindir = $new->config_data('--bindir');
my $work = PostgreSQL::Test::Utils::tempdir;
my $sockets = PostgreSQL::Test::Utils::tempdir_short;
chdir $work or die "could not enter $work: $!";
my $said;
my $old_bindir = $old_path ? "$old_path/bin" : $bindir;
# Where the programs of the old one find the libraries that only they need.
local $ENV{LD_LIBRARY_PATH} = "$old_path/lib" if $old_path;
my $user = $ENV{PGUSER} // getpwuid($<);
ok(IPC::Run::run(
		[
			"$bindir/pg_upgrade", '--no-sync', '-b', $old_bindir, '-B', $bindir,
			'-d', $old->data_dir, '-D', $new->data_dir, '-s', $sockets, '-U', $user,
			'-p', $old->port, '-P', $new->port
		], '>&', \$said), 'pg_upgrade runs') or diag($said);
$new->start;

is($new->safe_psql('postgres', $state), $before, 'everything is as it was');

is( $new->safe_psql('postgres', 'SELECT name, problem, detail FROM pg_extension_check()'),
	qq(below|setting|below.changed is "2" for this database, but below brought "1"\n)
	  . qq(below|setting|below.removed is not set for this database, but below brought "1"),
	'there is nothing to complain of but what was changed by hand');

# And it works on.
is($new->safe_psql('postgres', "SELECT count(*) FROM pg_extension_install('above')"), 0, 'it counts as installed');
is($new->safe_psql('postgres', 'SELECT count(*) FROM pg_extension_upgrade()'), 0, 'what is held stays');
$new->safe_psql('postgres', "SELECT pg_extension_unhold('above')");
is( $new->safe_psql('postgres', 'SELECT action, name, old_version, new_version FROM pg_extension_upgrade()'),
	'upgrade|above|1.0|1.1', 'an upgrade');
is($new->safe_psql('postgres', 'TABLE above_table'), 'happy|11', 'changes what came along');
$new->safe_psql('postgres', "ALTER EXTENSION trusty SET SCHEMA public");
is( $new->safe_psql('postgres', "SELECT action, name FROM pg_extension_plan(uninstall => 'hstore, above')"),
	"uninstall|above\nuninstall|hstore", 'core\'s extension is known as one that is needed');
my ($stdout, $stderr);
$new->psql('postgres', "DROP TABLE mine; SELECT action, name FROM pg_extension_uninstall('below', cascade => true)",
	stdout => \$stdout, stderr => \$stderr);
is($stdout, "uninstall|above\nuninstall|below", 'an uninstall');
like($stderr, qr/WARNING:  goodbye/, 'runs the script that was recorded before');

# A superuser owns all extensions now, as of core's.  But the members of one that a
# user installed are still that user's, and don't run with more rights.
my $owner = "SELECT extowner::regrole <> 'owner'::regrole FROM pg_extension WHERE extname";
is($new->safe_psql('postgres', "$owner IN ('trusty', 'plain')"), "t\nt", 'extensions have another owner');
is($new->safe_psql('postgres', "SELECT proowner::regrole FROM pg_proc WHERE proname = 'plain'"),
	'owner', 'functions have not');
$new->psql('postgres', "SELECT pg_extension_uninstall('plain')", stdout => \$stdout, stderr => \$stderr);
like($stderr,
	qr/script of extension "plain" must not use function plain\(\).*HINT:  Make a superuser its owner first/s,
	'such a function is not called by a superuser');
$new->safe_psql('postgres', 'REASSIGN OWNED BY owner TO CURRENT_USER');
is( $new->safe_psql('postgres', "SELECT name FROM pg_extension_uninstall('plain, trusty') ORDER BY name"),
	"plain\ntrusty", 'who owns them can uninstall them');
is( $new->safe_psql('postgres', 'SELECT name FROM pg_extension_installed() ORDER BY name'),
	"hstore\npg_extman\nplpgsql", 'which leaves what came along');
is($new->safe_psql('postgres', 'SELECT name FROM pg_extension_autoremove()'), 'hstore', 'until that goes, too');

$new->stop;
done_testing();
