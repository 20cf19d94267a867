# The install scripts of core's own extensions, run as plain files: the same comes of
# them as by psql.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('scripts');
$node->init;
$node->start;

my $folder = PostgreSQL::Test::Utils::tempdir;
chmod 0755, $folder;
chomp(my $share = `pg_config --sharedir`);

$node->safe_psql('postgres', "CREATE DATABASE $_ TEMPLATE template0") foreach ('by_file', 'by_psql');
$node->safe_psql($_, 'CREATE EXTENSION pg_extman') foreach ('by_file', 'by_psql');

my $count = 0;
for my $script (sort glob "$share/extension/*--*.sql")
{
	my ($name) = $script =~ m{/([a-z_]+)--[0-9.]+\.sql$} or next;
	my $text = slurp_file($script);

	# Only within CREATE EXTENSION, or on top of others, or not of core.
	next if $name eq 'pg_extman' || $text =~ /\@extschema|pg_extension_config_dump|\$libdir\//;
	next unless $text =~ m{^/\* (contrib|src/pl)/};
	next if `grep -l '^requires' $share/extension/$name.control`;
	$count++;

	# In a schema of its own, since some bring operators of the same name.
	(my $for_psql = $text) =~ s/^\\echo.*\\quit$//m;
	$for_psql =~ s/MODULE_PATHNAME/\$libdir\/$name/g;
	unlink "$folder/script.sql";
	append_to_file("$folder/script.sql", "CREATE SCHEMA $name; SET search_path = $name;\n$for_psql");
	my $psql = $node->psql('by_psql', '', extra_params => [ '-1', '-f', "$folder/script.sql" ]);

	unlink "$folder/file.sql";
	append_to_file("$folder/file.sql", "CREATE SCHEMA $name; SET search_path = $name;\n$text");
	chmod 0644, "$folder/file.sql";
	my ($stdout, $stderr);
	my $file = $node->psql('by_file',
		"SELECT pg_execute_from_file('$folder/file.sql', NULL, 'MODULE_PATHNAME', '\$libdir/$name') > 0",
		stdout => \$stdout, stderr => \$stderr);
	is($file, $psql, "$name: executed as by psql") or diag($stderr);
}
cmp_ok($count, '>', 15, 'there were scripts to try');

my %dump;
for my $database ('by_file', 'by_psql')
{
	$node->command_ok([ 'pg_dump', '-f', "$folder/$database.sql", $database ], "pg_dump $database");
	($dump{$database} = slurp_file("$folder/$database.sql")) =~ s/^\\(un)?restrict .*\n//mg;
}
is($dump{by_file}, $dump{by_psql}, 'the same objects');
cmp_ok(scalar(() = $dump{by_file} =~ /^CREATE FUNCTION/mg), '>', 500, 'a lot of them');

$node->stop;
done_testing();
