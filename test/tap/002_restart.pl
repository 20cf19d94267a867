# What is installed stays installed over a restart and over a crash of the whole
# server, together with what is recorded about it.
use strict;
use warnings;

use File::Path qw(remove_tree);
use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use Test::More;

my $below = write_package('below', '1.1',
	install => 'CREATE TABLE below_table (id integer PRIMARY KEY);');
my $above = write_package('above', '2.0',
	control => "depends = below (>= 1.1, < 2)\n",
	install => "CREATE FUNCTION above_function() RETURNS integer LANGUAGE sql RETURN 42;\n",
	uninstall => "INSERT INTO public.witness SELECT above_function();\n");

my $node = start_node('restart');

$node->safe_psql('postgres', 'CREATE TABLE public.witness (answer integer)');
$node->safe_psql('postgres', "SELECT * FROM pg_extension_install('above')");

my $state = <<'END';
SELECT 'installed', name, version, schema, automatic::text, source, installed_at::text
FROM pg_extension_installed() WHERE name IN ('above', 'below')
UNION ALL
SELECT 'recorded', name, version, md5(s::text), '', '', '' FROM extman.snapshot s
UNION ALL
SELECT 'happened', name, action, md5(h::text), '', '', '' FROM extman.history h
ORDER BY 1, 2, 3
END
my $before = $node->safe_psql('postgres', $state);
is(scalar(split /\n/, $before), 6, 'two packages are installed, recorded, and in the history');
like($before, qr/^installed\|above\|2\.0\|public\|false\|/m, 'what was asked for is not automatic');
like($before, qr/^installed\|below\|1\.1\|public\|true\|/m, 'what came along is');

$node->restart;
is($node->safe_psql('postgres', $state), $before, 'the same after a restart');

$node->stop('immediate');
$node->start;
is($node->safe_psql('postgres', $state), $before, 'the same after a crash');

is($node->safe_psql('postgres', 'SELECT above_function()'), 42, 'its objects work');
is($node->safe_psql('postgres', "SELECT count(*) FROM pg_extension_install('above')"),
	0, 'it counts as installed');

# The scripts that were recorded are enough to uninstall it.
remove_tree($above, $below);
is( $node->safe_psql(
		'postgres', "SELECT action, name, old_version FROM pg_extension_uninstall('above')"),
	'uninstall|above|2.0',
	'it is uninstalled after its folder has vanished');
is($node->safe_psql('postgres', 'SELECT answer FROM public.witness'),
	42, 'by the script as it was recorded');
is($node->safe_psql('postgres', "SELECT extname FROM pg_extension WHERE extname = 'above'"),
	'', 'and is gone');

$node->stop;
done_testing();
