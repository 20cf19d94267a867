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
	my ($file, $text) = @_;

	make_path(dirname("$core/$file"));
	unlink "$core/$file";
	append_to_file("$core/$file", $text);
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
