# Messages in German: of ereport, of the core, with their contexts; in any encoding of
# the database, and in English as soon as the session wants that.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# A locale of our own: the machine may have none but C.
my $locales = PostgreSQL::Test::Utils::tempdir;
my $language = 'de_DE.UTF-8';

plan skip_all => 'this PostgreSQL was built without translations'
  if `pg_config --configure` !~ /--enable-nls/;
plan skip_all => 'there is no localedef, or no description of the locale de_DE'
  if system("localedef -i de_DE -f UTF-8 $locales/$language >$locales/log 2>&1") > 255
  or !-e "$locales/$language/LC_MESSAGES";

# Where it is set, no other place is looked at; C needs none.
local $ENV{LOCPATH} = $locales;
delete local $ENV{LANGUAGE};

write_package('foo', '1.0', control => "depends = bar (>= 1.1)\n");
write_package('bar', '1.0', install => "CREATE TABLE bar ();\nSELECT 1 / 0;\n");
write_package('baz', '1.0', control => "conflicts = qux\n");
write_package('qux', '1.0');
write_package('cut', '1.0', control => "depend = bar\n");

my $node = start_node('german', extra => [ '--locale=C', '--encoding=UTF8' ]);
my $packages = Extman::package_dir();
$node->append_conf('postgresql.conf', "pg_extman.control_path = '$packages'\n");
$node->reload;

# What a session in a language is told: results, messages, details, hints, contexts.
sub told
{
	my ($sql, %how) = @_;
	my ($stdout, $stderr) = ('', '');
	$node->psql($how{database} // 'postgres',
		"SET lc_messages = '" . ($how{language} // $language) . "';\n$sql",
		stdout => \$stdout, stderr => \$stderr);
	return $stdout . $stderr;
}

sub is_told
{
	my ($sql, $expected, $name, %how) = @_;
	my $text = told($sql, %how);
	like($text, qr/\Q$_\E/, "$name: $_") foreach ref $expected ? @$expected : $expected;
	return;
}

my $explained = q{SELECT * FROM pg_extension_install('foo')};

is_told(
	$explained,
	[
		'Anforderung nicht erfüllbar: foo installieren',
		'foo 1.0 hängt ab von bar (>= 1.1), und die einzige verfügbare Version von bar ist 1.0.',
		'Legen Sie in den Kontrollpfad: bar 1.1 oder neuer.'
	],
	'explanation');
is_told($explained, [ 'cannot install foo', 'Put bar 1.1 or later on the control path.' ],
	'in English again', language => 'C');
is_told(q{SELECT * FROM pg_extension_install('baz, qux')},
	[ 'Anforderung nicht erfüllbar: baz und qux installieren', 'baz 1.0 steht im Konflikt mit qux.' ],
	'conflict');
is_told(q{SELECT * FROM pg_extension_install('bax')},
	[ 'Erweiterung »bax« ist nicht verfügbar', 'Vielleicht meinten Sie "bar" oder "baz".' ],
	'unknown package');
is_told(
	q{SELECT * FROM pg_extension_install('bar (1.1)')},
	[
		'Syntaxfehler in der Anforderung bei Zeichen 6: ein Operator wird erwartet hinter "("',
		'Die Operatoren sind <, <<, <=, =, >=, >, >> und !=.'
	],
	'request');
is_told(q{SELECT * FROM pg_extension_install('bar')}, [ 'Erweiterungsskriptdatei »', 'bei Zeile 2' ], 'context');
is_told(q{SELECT * FROM pg_extension_install(NULL)}, 'Anforderung darf nicht NULL sein', 'error of the shims');
is_told(q{SELECT reason FROM pg_extension_plan('bar')}, 'angefordert', 'reason of a step');
is_told(q{SELECT * FROM pg_extension_explain('baz')},
	[ 'Anforderung erfüllbar: baz installieren', 'baz 1.0 installieren: angefordert' ], 'explained plan');
is_told(
	q{SELECT message, hint FROM pg_extension_broken()},
	[ 'unbekannter Schlüssel "depend"', 'Vielleicht meinten Sie "depends".' ],
	'broken control file');
# What was read before is read again in another language.
is_told(
	q{SELECT message FROM pg_extension_broken(); SET lc_messages = 'C'; SELECT message FROM pg_extension_broken()},
	[ 'unbekannter Schlüssel "depend"', 'unknown key "depend"' ],
	'two languages in a session');
is_told(q{SELECT pg_extension_version_compare('1', '2'); SET pg_extman.control_path = 'x'}, 'Das Element »x« ist weder ein absoluter Pfad noch »$system«.',
	'setting');
is_told(q{DO LANGUAGE extman 'INSTALL foo'}, 'EXTENSION wird erwartet hinter "INSTALL"', 'language');

# A trial finds the place of an error in the context, whatever its language is.
my $folder = "$packages/bar-1.0";
foreach my $in ('C', $language)
{
	like(told("SELECT file, line, message FROM pg_extension_lint('$folder', true)", language => $in),
		qr/^install\.sql\|2\|.*(division by zero|Division durch Null)/m, "place in a trial, in $in");
}

# The core speaks UTF-8, the database does not; and has perhaps no umlauts at all.
foreach my $case ([ LATIN1 => "h\xE4ngt" ], [ KOI8R => 'h\xC3\xA4ngt' ], [ SQL_ASCII => "h\xC3\xA4ngt" ])
{
	my ($encoding, $word) = @$case;
	my $database = lc $encoding;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE template0 ENCODING '$encoding' LOCALE 'C'");
	$node->safe_psql($database, 'CREATE EXTENSION pg_extman');
	local $ENV{PGCLIENTENCODING} = $encoding;
	like(told($explained, database => $database), qr/foo 1\.0 \Q$word\E ab von bar/, "explanation in $encoding");
}

# As shared_preload_libraries does it: before there is a database.
$node->append_conf('postgresql.conf', "shared_preload_libraries = 'pg_extman'\n");
$node->restart;
is_told($explained, 'foo 1.0 hängt ab von bar (>= 1.1), und', 'explanation of a preloaded library');
is_told(q{SELECT * FROM pg_extension_install(NULL)}, 'Anforderung darf nicht NULL sein',
	'error of a preloaded library');

done_testing();
