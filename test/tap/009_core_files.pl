# Core's own folder of extensions: what lies there makes packages by core's rules,
# what is broken hides nothing else, and changes are seen by the next call of the
# same backend.
use strict;
use warnings;

use File::Basename qw(dirname);
use File::Path qw(make_path);
use FindBin;
use lib "$FindBin::RealBin/lib";
use POSIX qw(mkfifo);

use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# ---------- a server whose folder may be written to ----------

# The server finds its folders relative to its program, so that a copy will do.
my $copy = PostgreSQL::Test::Utils::tempdir;

sub copy_folder
{
	my ($option) = @_;
	my $folder = `pg_config --$option`;

	chomp $folder;
	make_path($copy . dirname($folder));
	system_or_bail('cp', '-a', $folder, $copy . dirname($folder));
	return "$copy$folder";
}

my $bin = copy_folder('bindir');
copy_folder('pkglibdir');
my $core = copy_folder('sharedir') . '/extension';

sub write_core
{
	my ($file, $text, $folder) = @_;
	my $path = ($folder // $core) . "/$file";

	make_path(dirname($path));
	unlink $path;
	append_to_file($path, $text);
	return;
}

# ---------- by core's rules ----------

my $control = "comment = 'one of core'\nrelocatable = true\nsuperuser = false\n";

write_core('t_need.control', "${control}default_version = '1.0'\n");
write_core('t_need--1.0.sql', '');

# Versions reached by updates; a parameter of one version; a version that is none.
write_core('t_core.control', "${control}default_version = '1.2'\n");
write_core('t_core--1.2.control', "requires = 't_need'\ncomment = 'not shown'\n");
write_core('t_core--1.0.sql', "CREATE TABLE t_core (x integer);\n");
write_core('t_core--1.0--1.1.sql', "ALTER TABLE t_core ADD COLUMN y integer;\n");
write_core('t_core--1.1--1.2.sql', "ALTER TABLE t_core ADD COLUMN z integer;\n");
write_core("t_core--$_--ANY.sql", '') for ('1.1', '1.2');
write_core('t_core--ANY--2.0.sql', "ALTER TABLE t_core ADD COLUMN w integer;\n");
write_core('t_core--2.0--1.2.sql', "ALTER TABLE t_core DROP COLUMN w;\n");

# Equally short ways, of which core takes certain ones.
write_core('t_ways.control', "${control}default_version = '3'\n");
write_core("t_ways--$_.sql", '') for ('1', '1a', '2b');
write_core("t_ways--$_.sql", '')
  for ('1--2', '1a--2', '1--2a', '2--3', '2a--3', '2b--3a', '3a--3', '2b--4', '3--4', '4--4');
write_core('t_ways--1a.control', "schema = 'pg_catalog'\nrelocatable = false\n");

# Its scripts lie elsewhere.
write_core('t_apart.control', "${control}default_version = '1'\ndirectory = 't_apart'\n");
write_core('t_apart--7.sql', '');
write_core('../t_apart/t_apart--1.sql', "CREATE TABLE t_apart (x integer);\n");
write_core('../t_apart/t_apart--1--2.sql', '');

# What is no package, and no mistake.
write_core('t_unpackaged.control', $control);
write_core('t_unpackaged--unpackaged--1.0.sql', '');
write_core('t_core--1.0--1.1--1.2.sql', '');
write_core('t_core--.sql', '');
write_core('t_core---1.sql', '');

my $node = PostgreSQL::Test::Cluster->new('core', install_path => dirname($bin));
$node->init;
use_packages($node);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION pg_extman');

# Core reads no folder with a broken file in it; so this comes first.  It lists
# versions that it would not install, for their names.
my $columns = 'name, version, installed, superuser, trusted, relocatable, schema, comment';
my $theirs = "SELECT $columns, array_to_string(requires, ', ')"
  . " FROM pg_available_extension_versions"
  . " WHERE name <> 'pg_extman' AND version <> '' AND version NOT LIKE '-%'";
my $ours = "SELECT $columns, depends FROM pg_extension_available() WHERE source LIKE '%.control'";
is($node->safe_psql('postgres', "$theirs EXCEPT $ours"), '', 'no version of core is missing');
is($node->safe_psql('postgres', "$ours EXCEPT $theirs"), '', 'and none that core does not have');

sub available
{
	my ($name) = @_;
	return "SELECT string_agg(version, ' ' ORDER BY version) FROM pg_extension_available()"
	  . " WHERE name = '$name';\n";
}

is($node->safe_psql('postgres', available('t_core')), '1.0 1.1 1.2 2.0 ANY', 'all versions');
is($node->safe_psql('postgres', available('t_apart')), '1 2', 'scripts in another folder');
is($node->safe_psql('postgres', available('t_unpackaged')), '', 'never from unpackaged');

# ---------- installs ----------

my $done = 'SELECT action, name, new_version FROM';

is( $node->safe_psql('postgres', "$done pg_extension_install('t_core')"),
	"install|t_need|1.0\ninstall|t_core|1.2",
	'the recommended version, not what is ahead');
is( $node->safe_psql('postgres', "$done pg_extension_apply(NULL, NULL, 't_core (= 2.0)')"),
	'upgrade|t_core|2.0', 'what is ahead when it is asked for, through a version that is none');
is( $node->safe_psql('postgres', "$done pg_extension_apply(NULL, NULL, 't_core (= 1.2)')"),
	'upgrade|t_core|1.2', 'back by a script that says so');
is( $node->safe_psql('postgres',
		"SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute"
		  . " WHERE attrelid = 't_core'::regclass AND attnum > 0 AND NOT attisdropped"),
	'x y z', 'all scripts ran');
$node->safe_psql('postgres', "SELECT pg_extension_uninstall('t_need', cascade => true)");

is( $node->safe_psql('postgres', "$done pg_extension_install('t_apart (= 2)')"),
	'install|t_apart|2', 'from another folder');
my $ways = "$done pg_extension_install('t_ways (= %s)');\n"
  . "SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace"
  . " WHERE extname = 't_ways';\n"
  . "SELECT name FROM pg_extension_uninstall('t_ways');\n";
is( $node->safe_psql('postgres', sprintf($ways, '2') . sprintf($ways, '4')),
	"install|t_ways|2\npg_catalog\nt_ways\ninstall|t_ways|4\npublic\nt_ways",
	'the schema of the version that core starts from');

# ---------- an extension moves that a package, or one of core's, needs ----------

my $major = int(($node->config_data('--version') =~ /^PostgreSQL (\d+)/)[0]);

write_package('base', '1.0',
	control => "relocatable = true\n",
	install => "CREATE FUNCTION base() RETURNS text LANGUAGE sql AS 'SELECT ''base''::text';\n");
write_package('upon', '1.0', control => "depends = base\n", install => "CREATE TABLE upon (x integer);\n");
write_core('t_fixed.control',
	"${control}default_version = '1'\nrequires = 'base'\n" . ($major >= 16 ? "no_relocate = 'base'\n" : ''));
write_core('t_fixed--1.sql', $major >= 16
	? "CREATE FUNCTION t_fixed() RETURNS text LANGUAGE sql AS 'SELECT \@extschema:base\@.base()';\n"
	: "CREATE FUNCTION t_fixed() RETURNS text LANGUAGE sql AS 'SELECT ''base''::text';\n");
$node->safe_psql('postgres', "CREATE SCHEMA there; SELECT pg_extension_install('upon')");

my $base = <<'END';
SELECT e.extnamespace::regnamespace, r.extname FROM pg_extension e
JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'n'
JOIN pg_extension r ON d.classid = 'pg_extension'::regclass AND d.objid = r.oid
WHERE e.extname = 'base' ORDER BY 2
END
foreach my $protocol ('simple', 'extended', 'prepared')
{
	# The library is loaded by the first statement, and there for the others.
	my $script = PostgreSQL::Test::Utils::tempdir . '/move.sql';
	append_to_file($script, <<'END');
ALTER EXTENSION base SET SCHEMA there;
ALTER EXTENSION base SET SCHEMA public;
ALTER EXTENSION base SET SCHEMA there;
END
	$node->command_ok([ 'pgbench', '-n', '-t', '1', '-M', $protocol, '-f', $script, $node->connstr('postgres') ],
		"$protocol protocol: SET SCHEMA");
	is($node->safe_psql('postgres', $base), 'there|upon', 'it is there, and needed as before');
	$node->safe_psql('postgres', 'ALTER EXTENSION base SET SCHEMA public');
}
is($node->safe_psql('postgres', 'SELECT * FROM pg_extension_check()'), '', 'nothing to complain of');

# What fails changes nothing.
$node->safe_psql('postgres', 'CREATE ROLE other; GRANT ALL ON SCHEMA there TO other');
my @failures = (
	[ 'to a schema that is not there', 'ALTER EXTENSION base SET SCHEMA nowhere',
		qr/schema "nowhere" does not exist/ ],
	[ 'by another user', 'SET SESSION AUTHORIZATION other; ALTER EXTENSION base SET SCHEMA there',
		qr/must be owner of extension base/ ],
	[ 'with an event trigger that drops it', 'ALTER EXTENSION base SET SCHEMA there', qr/ERROR/ ]);
foreach my $failure (@failures)
{
	my ($what, $sql, $message) = @$failure;

	$node->safe_psql('postgres', <<'END') if $what =~ /event trigger/;
CREATE FUNCTION dropper() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN DROP EXTENSION base; END';
CREATE EVENT TRIGGER dropper ON ddl_command_end WHEN TAG IN ('ALTER EXTENSION') EXECUTE FUNCTION dropper();
END
	foreach my $load ('', "LOAD 'pg_extman'; ")
	{
		$node->psql('postgres', $load . $sql, stderr => \my $stderr);
		like($stderr, $message, "$load$what");
		is($node->safe_psql('postgres', $base), 'public|upon', 'all is as it was');
	}
}
$node->safe_psql('postgres', 'DROP EVENT TRIGGER dropper; DROP FUNCTION dropper()');

$node->safe_psql('postgres', 'CREATE EXTENSION t_fixed');
is($node->safe_psql('postgres', 'SELECT t_fixed()'), 'base', 'one of core\'s that needs a package');
foreach my $load ('', "LOAD 'pg_extman'; ")
{
	$node->psql('postgres', "${load}ALTER EXTENSION base SET SCHEMA there", stderr => \my $stderr);
	if ($major >= 16)
	{
		like($stderr, qr/cannot SET SCHEMA of extension "base" because other extensions prevent it/,
			"${load}its no_relocate is heeded");
		is($node->safe_psql('postgres', $base), "public|t_fixed\npublic|upon", 'all is as it was');
	}
	else
	{
		is($node->safe_psql('postgres', $base), "there|t_fixed\nthere|upon", "${load}there is no no_relocate");
		$node->safe_psql('postgres', 'ALTER EXTENSION base SET SCHEMA public');
	}
}
$node->safe_psql('postgres', "SELECT pg_extension_uninstall('base', cascade => true)");

# ---------- core's path, from PostgreSQL 18 on ----------

if ($major >= 18)
{
	my $apart = PostgreSQL::Test::Utils::tempdir;
	my $reverse = "SET extension_control_path = '\$system:$apart';\n";
	my $set = "SET extension_control_path = '$apart:\$system';\n";

	write_core($_->[0], $_->[1], "$apart/extension")
	  for ([ 't_path.control', "${control}default_version = '1.1'\n" ],
		[ 't_path--1.0.sql', "CREATE TABLE t_path (x integer);\n" ],
		[ 't_path--1.0--1.1.sql', "ALTER TABLE t_path ADD COLUMN y integer;\n" ],
		[ 't_need.control', "${control}default_version = '9'\n" ],
		[ 't_need--9.sql', '' ],
		[ 't_bad.control', "${control}default_version = '1'\n" ],
		[ 't_bad--1.sql', "SELECT 1;\nSELECT 1/0;\n" ]);
	write_package('on_path', '1.0', control => "depends = t_path (>= 1.1)\n");

	is( $node->safe_psql('postgres', available('t_path') . $set . available('t_path')
			  . "RESET extension_control_path;\n" . available('t_path')),
		"\n1.0 1.1\n", 'what lies there is seen, as soon as the path leads there');
	is( $node->safe_psql('postgres', $set . available('t_need') . $reverse . available('t_need')),
		"9\n1.0", 'the first folder wins');
	is($node->safe_psql('postgres', "$set$theirs EXCEPT $ours"), '', 'no version of core is missing');
	is($node->safe_psql('postgres', "$set$ours EXCEPT $theirs"), '', 'and none that core does not have');
	is( $node->safe_psql('postgres',
			"${set}SELECT source FROM pg_extension_available() WHERE name = 't_path' AND version = '1.1'"),
		"$apart/extension/t_path.control", 'where it comes from');

	is( $node->safe_psql('postgres', "$set$done pg_extension_install('t_path (= 1.0)')"),
		'install|t_path|1.0', 'an install from there');
	is( $node->safe_psql('postgres', "$set$done pg_extension_install('on_path')"),
		"upgrade|t_path|1.1\ninstall|on_path|1.0", 'and an upgrade, for a package that needs it');
	is($node->safe_psql('postgres', 'SELECT x, y FROM t_path'), '', 'the scripts ran');
	is( $node->safe_psql('postgres', "${set}SELECT name FROM pg_extension_uninstall('t_path', cascade => true)"),
		"on_path\nt_path", 'an uninstall');
	$node->psql('postgres', "${set}SELECT pg_extension_install('t_bad')", stderr => \my $stderr);
	like($stderr, qr/division by zero.*t_bad--1\.sql", near line 2/s, 'an error in a script of core names the line');
}

# ---------- what changes ----------

my $settle = "SELECT pg_sleep(3);\n";
my $list = available('t_core') . available('t_new') . available('t_apart');

is( $node->safe_psql('postgres',
		$settle . $list . $list
		  . "\\! rm $core/t_core--ANY--2.0.sql\n"
		  . "\\! cp $core/t_need.control $core/t_new.control\n"
		  . "\\! cp $core/t_need--1.0.sql $core/t_new--5.sql\n"
		  . "\\! touch $copy/x && cp $copy/x $core/../t_apart/t_apart--3.sql\n"
		  . $list . $settle . $list
		  . "\\! sed -i -e s/t_need/t_none/ $core/t_core--1.2.control\n"
		  . "\\! rm $core/t_new.control\n"
		  . $list
		  . "SELECT depends FROM pg_extension_available() WHERE name = 't_core' AND version = '1.2'"),
	"\n"
	  . ("1.0 1.1 1.2 2.0 ANY\n\n1 2\n" x 2)
	  . "1.0 1.1 1.2 ANY\n5\n1 2 3\n\n"
	  . "1.0 1.1 1.2 ANY\n5\n1 2 3\n"
	  . "1.0 1.1 1.2 ANY\n\n1 2 3\n"
	  . 't_none',
	'scripts and control files that come, change and go');

# ---------- what is broken ----------

write_core('t_syntax.control', "comment = 'unterminated\n");
write_core('t_parameter.control', "${control}depends = 't_core'\n");
write_core('t_boolean.control', "trusted = perhaps\n");
write_core('t_names.control', "\n\nrequires = 'a b c,,'\n");
write_core('t_both.control', "relocatable = true\nschema = pg_catalog\n");
write_core('t_latin1.control', "schema = 'sch\xF6n'\n");
write_core('t_core--1.2.control', "default_version = '2.0'\n");
mkfifo("$core/t_fifo.control", 0600) or die;
mkdir("$core/t_folder.control") or die;

is( $node->safe_psql('postgres',
		q{SELECT regexp_replace(file, '.*/', ''), line, message FROM pg_extension_broken() ORDER BY file}),
	join("\n",
		't_boolean.control|1|parameter "trusted" requires a Boolean value',
		't_both.control||parameter "schema" cannot be specified when "relocatable" is true',
		't_core--1.2.control|1|parameter "default_version" cannot be set in a secondary extension control file',
		't_fifo.control||control file is not a regular file',
		't_folder.control||control file is not a regular file',
		't_latin1.control|1|parameter "schema" is not valid in the encoding of this database',
		't_names.control|3|parameter "requires" must be a list of extension names',
		't_parameter.control|4|unrecognized parameter "depends"',
		't_syntax.control|1|syntax error'),
	'each broken file, and what is wrong with it');
is($node->safe_psql('postgres', $list),
	"1.0 1.1 ANY\n\n1 2 3", 'a version whose control file is broken cannot be installed');
is($node->safe_psql('postgres', available('hstore')), '1.4 1.5 1.6 1.7 1.8', 'the others can');

my ($code, $out, $err) = $node->psql('postgres', "SELECT pg_extension_install('t_syntax')");
like($err, qr/extension "t_syntax" is not available/, 'one that is broken is not there');
like($err, qr/HINT:  .*t_syntax\.control.*pg_extension_broken\(\)/, 'and the hint tells why');

$node->stop;
done_testing();
