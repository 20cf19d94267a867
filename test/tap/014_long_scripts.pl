# Scripts that are recorded other than short ones: their text comes back as it was
# run, with the hash of the file's bytes, and uninstalls what it installed.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Digest::SHA qw(sha256_hex sha512_hex);
use Extman;
use PostgreSQL::Test::Utils;
use Test::More;

# That much of it, with lines that can be compressed or hardly can.
sub filler
{
	my ($size, $random) = @_;
	my $text = '';
	for (my $i = 0; length $text < $size; $i++)
	{
		my $line = $random ? pack('H*', sha512_hex($i)) : "line $i of many that look alike";
		$line =~ s/[^ -~]//g;
		$text .= "-- $line\n";
	}
	return $text;
}

my $mark = "\xEF\xBB\xBF";
my $create = 'CREATE TABLE long_one (said text); INSERT INTO long_one VALUES (\'%s\');';
my %package = (
	alike => { install => filler(200_000) . sprintf($create, 'alike') },
	random => { install => filler(200_000, 1) . sprintf($create, 'random') },
	marked => { install => $mark . filler(200_000) . sprintf($create, 'marked') },
	short => { install => $mark . sprintf($create, 'short') },
	latin => { install => filler(200_000) . sprintf($create, "l\xE4tin"),
		control => "encoding = LATIN1\n" });

for my $name (sort keys %package)
{
	$package{$name}{uninstall} = filler(100_000) . "DROP TABLE long_one; -- $name\n";
	write_package($name, '1.0', %{ $package{$name} });
}

my $node = start_node('long_scripts');
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE FUNCTION digest(t text) RETURNS text '
	  . 'LANGUAGE sql AS $$ SELECT encode(sha256(convert_to(t, \'UTF8\')), \'hex\') $$');

for my $name (sort keys %package)
{
	my ($install, $uninstall) = @{ $package{$name} }{ 'install', 'uninstall' };
	(my $text = $install) =~ s/^$mark//;
	$text =~ s/\xE4/\xC3\xA4/g;

	$node->safe_psql('postgres', "SET client_min_messages = warning; SELECT pg_extension_install('$name')");
	my $recorded = $node->safe_psql('postgres',
		'SELECT digest(install_script), encode(install_sha256, \'hex\'), '
		  . 'digest(uninstall_script), encode(uninstall_sha256, \'hex\') '
		  . "FROM extman.snapshot WHERE name = '$name'");
	is($recorded, join('|', sha256_hex($text), sha256_hex($install), (sha256_hex($uninstall)) x 2),
		"$name: what was recorded");
	my $said = $node->safe_psql('postgres', 'SELECT said FROM long_one');
	is($said, $name eq 'latin' ? "l\xC3\xA4tin" : $name, "$name: what was executed");
	is($node->safe_psql('postgres', "SELECT count(*) FROM pg_extension_check() WHERE name = '$name'"),
		'0', "$name: nothing has changed");
	$node->safe_psql('postgres', "SET client_min_messages = warning; SELECT pg_extension_uninstall('$name')");
	is($node->safe_psql('postgres', "SELECT to_regclass('long_one') IS NULL"), 't', "$name: uninstalled");
}

# A large one is announced, also where it is the only one; others are not.
write_package('large', '1.0',
	install => filler(1_100_000) . 'CREATE TABLE large_one (a int);');
my (undef, undef, $notices) = $node->psql('postgres', "SELECT pg_extension_install('large')");
like($notices, qr/NOTICE:  installing extension "large" version "1\.0" \(1 of 1\)/, 'large: a notice');
(undef, undef, $notices) = $node->psql('postgres', "SELECT pg_extension_install('short')");
is($notices, '', 'short: none');

# What statements leave in the system caches doesn't pile up.
my $many = $node->data_dir . '/many.sql';
PostgreSQL::Test::Utils::append_to_file($many,
	join('', map { "CREATE FUNCTION many_$_() RETURNS int LANGUAGE sql AS 'SELECT $_';\n" } 1 .. 40_000));
my $caches = $node->safe_psql('postgres', "BEGIN; SELECT pg_execute_from_file('many.sql') > 0; "
	  . "SELECT total_bytes < 16 * 1024 * 1024 FROM pg_backend_memory_contexts WHERE name = 'CacheMemoryContext'; ROLLBACK");
is($caches, "t\nt", 'the system caches stay small');

$node->stop;
done_testing();
