# On a standby, plans and explanations work; changes are refused, by whatever name
# they are asked for, and so they are in a read-only transaction.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

write_package('below', '1.0',
	install => 'CREATE TABLE below_table (id integer PRIMARY KEY);');
write_package('above', '1.0',
	control => "depends = below\n",
	install => 'CREATE TABLE above_table (id integer PRIMARY KEY);');
write_package('other', '1.0',
	install => 'CREATE TABLE other_table (id integer PRIMARY KEY);');
my $newer = write_package('other', '1.1',
	install => 'CREATE TABLE other_table (id integer PRIMARY KEY);');
append_to_file("$newer/upgrade--1.0--1.1.sql", 'INSERT INTO other_table VALUES (11);');

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
	qr/^can install above\n.*install below 1\.0/s, 'it explains them');
like($standby->safe_psql('postgres', "SELECT pg_extension_explain('above (> 7)')"),
	qr/^cannot install above \(> 7\)\n/, 'and why there is none');
my $available = <<'END';
SELECT name, version, installed FROM pg_extension_available()
WHERE name IN ('above', 'below', 'other') ORDER BY name, version
END
is($standby->safe_psql('postgres', $available),
	"above|1.0|f\nbelow|1.0|f\nother|1.0|f\nother|1.1|f", 'it lists what is available');
is( $standby->safe_psql('postgres', "SELECT name FROM pg_extension_installed() ORDER BY name"),
	"pg_extman\nplpgsql", 'and what is installed');
is($standby->safe_psql('postgres', 'SELECT count(*) FROM pg_extension_broken()'), 0, 'nothing is broken');

# Transactions on a standby are read-only ones, and core says just that of its own
# commands.
my $read_only = qr/ERROR:  25006: cannot execute pg_extension_\w+\(\) in a read-only transaction/;
refused($standby, "SELECT * FROM pg_extension_install('above')", $read_only, 'it installs nothing');
refused($standby, "SELECT * FROM pg_extension_apply('above', NULL, NULL)", $read_only, 'nor by apply');
refused($standby, 'SELECT * FROM pg_extension_upgrade()', $read_only, 'it upgrades nothing');
refused($standby, "SELECT * FROM pg_extension_install('pg_extman')",
	$read_only, 'even if there is nothing to do');
refused($standby, 'CREATE EXTENSION above',
	qr/ERROR:  25006: cannot execute CREATE EXTENSION in a read-only transaction/,
	'nor by a command of core\'s');
refused($standby, "SELECT * FROM pg_extension_install('no_such_thing')",
	$read_only, 'or nothing of that name');

# What the primary does arrives, with what is recorded about it.
$primary->safe_psql('postgres', "SELECT * FROM pg_extension_install('above')");
$primary->wait_for_catchup($standby);
is( $standby->safe_psql('postgres',
		"SELECT name, version, automatic FROM pg_extension_installed()"
		  . " WHERE name IN ('above', 'below') ORDER BY name"),
	"above|1.0|f\nbelow|1.0|t",
	'the standby sees what the primary installed');
is($standby->safe_psql('postgres', $plan), '', 'and has nothing left to plan');
is($standby->safe_psql('postgres', $available),
	"above|1.0|t\nbelow|1.0|t\nother|1.0|f\nother|1.1|f", 'it lists it as installed');
is( $standby->safe_psql('postgres', "SELECT name, request FROM extman.history ORDER BY step"),
	"below|above\nabove|above", 'it knows the history');
is( $standby->safe_psql('postgres', "SELECT action, name FROM pg_extension_plan(uninstall => 'above, below')"),
	"uninstall|above\nuninstall|below", 'and plans from there');
is($standby->safe_psql('postgres', "SELECT pg_extension_manifest()"), 'above (= 1.0)', 'it tells what is wanted');
like($standby->safe_psql('postgres', "SELECT pg_extension_why('below')"),
	qr/above 1\.0 depends on below/, 'for whose sake the rest is there');
is($standby->safe_psql('postgres', 'SELECT count(*) FROM pg_extension_check()'), 0, 'and that all is well');
refused($standby, "SELECT pg_extension_$_", $read_only, "no $_")
  for ("hold('above')", "unhold('above')", "mark('above', true)", 'autoremove()');
like($standby->safe_psql('postgres', "SELECT pg_extension_explain('above')"),
	qr/keep above 1\.0: installed already/, 'it explains that, too');
refused($standby, "SELECT * FROM pg_extension_uninstall('above')", $read_only,
	'it uninstalls nothing');
refused($standby, "SELECT pg_extension_hold('above')", $read_only, 'it holds nothing');
refused($standby, "SELECT pg_extension_mark('above', true)", $read_only, 'it marks nothing');
refused($standby, 'SELECT * FROM pg_extension_autoremove()', $read_only, 'nothing is removed');
is($standby->safe_psql('postgres', "SELECT pg_extension_why('below')"),
	'above 1.0 depends on below', 'it knows why something is there');
is($standby->safe_psql('postgres', 'SELECT pg_extension_manifest()'), 'above (= 1.0)',
	'and what was asked for');
is($standby->safe_psql('postgres', 'SELECT * FROM pg_extension_check()'), '',
	'and that nothing is wrong');

# An upgrade and an uninstall arrive as well, also in a session that has seen what
# was before.
$primary->safe_psql('postgres', "SELECT * FROM pg_extension_install('other (= 1.0)')");
$primary->wait_for_catchup($standby);
my $session = $standby->background_psql('postgres', on_error_stop => 1);
my $versions = "SELECT string_agg(name || ' ' || version, ', ' ORDER BY name) FROM pg_extension_installed()"
  . " WHERE name IN ('above', 'below', 'other');";
is($session->query_safe($versions), 'above 1.0, below 1.0, other 1.0', 'a session that stays looks');
$primary->safe_psql('postgres', "SELECT * FROM pg_extension_upgrade('other')");
$primary->safe_psql('postgres', "SELECT * FROM pg_extension_uninstall('above')");
$primary->wait_for_catchup($standby);
is($session->query_safe($versions), 'below 1.0, other 1.1', 'and looks again');

refused($primary,
	"BEGIN READ ONLY; SELECT * FROM pg_extension_install('other')",
	$read_only,
	'a read-only transaction installs nothing');

# A standby that is promoted goes on, also in a session from before.
$primary->safe_psql('postgres', "SELECT * FROM pg_extension_uninstall('other')");
$primary->wait_for_catchup($standby);
$standby->promote;
is( $session->query_safe("SELECT name FROM pg_extension_install('other (= 1.0)');"),
	'other', 'after its promotion it installs');
$session->quit;
is( $standby->safe_psql('postgres', "SELECT action, name, new_version FROM pg_extension_upgrade()"),
	'upgrade|other|1.1', 'upgrades');
is($standby->safe_psql('postgres', 'TABLE other_table'), 11, 'by the scripts');
is( $standby->safe_psql('postgres', "SELECT action, name FROM pg_extension_uninstall('other, below')"),
	"uninstall|below\nuninstall|other", 'and uninstalls');

$standby->stop;
$primary->stop;
done_testing();
