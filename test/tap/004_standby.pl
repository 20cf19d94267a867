# On a standby, plans and explanations work; changes are refused, by whatever name
# they are asked for, and so they are in a read-only transaction.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Cluster;
use Test::More;

write_package('below', '1.0',
	install => 'CREATE TABLE below_table (id integer PRIMARY KEY);');
write_package('above', '1.0',
	control => "depends = below\n",
	install => 'CREATE TABLE above_table (id integer PRIMARY KEY);');
write_package('other', '1.0',
	install => 'CREATE TABLE other_table (id integer PRIMARY KEY);');

my $primary = start_node('primary', allows_streaming => 1);
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

sub refused
{
	my ($node, $sql, $message, $what) = @_;
	my $stderr;
	$node->psql('postgres', $sql,
		extra_params => [ '-v', 'VERBOSITY=verbose' ], stderr => \$stderr);
	return like($stderr, $message, $what);
}

my $plan = "SELECT step, action, name FROM pg_extension_plan('above')";
is($standby->safe_psql('postgres', $plan),
	"1|install|below\n2|install|above", 'a standby makes plans');
like($standby->safe_psql('postgres', "SELECT pg_extension_explain('above')"),
	qr/below/, 'it explains them');

# Transactions on a standby are read-only ones, and core says just that of its own
# commands.
my $read_only = qr/ERROR:  25006: cannot execute pg_extension_\w+\(\) in a read-only transaction/;
refused($standby, "SELECT * FROM pg_extension_install('above')", $read_only, 'it installs nothing');
refused($standby, "SELECT * FROM pg_extension_apply('above', NULL, NULL)", $read_only, 'nor by apply');

# What the primary does arrives, with what is recorded about it.
$primary->safe_psql('postgres', "SELECT * FROM pg_extension_install('above')");
$primary->wait_for_catchup($standby);
is( $standby->safe_psql('postgres',
		"SELECT name, version, automatic FROM pg_extension_installed()"
		  . " WHERE name IN ('above', 'below') ORDER BY name"),
	"above|1.0|f\nbelow|1.0|t",
	'the standby sees what the primary installed');
is($standby->safe_psql('postgres', $plan), '', 'and has nothing left to plan');
refused($standby, "SELECT * FROM pg_extension_uninstall('above')", $read_only,
	'it uninstalls nothing');

refused($primary,
	"BEGIN READ ONLY; SELECT * FROM pg_extension_install('other')",
	$read_only,
	'a read-only transaction installs nothing');

# A standby that is promoted goes on.
$standby->promote;
is($standby->safe_psql('postgres', "SELECT name FROM pg_extension_install('other')"),
	'other', 'after its promotion it installs');

$standby->stop;
$primary->stop;
done_testing();
