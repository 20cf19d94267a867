# A dump brings core's extensions back at the versions that were there, which core
# alone does not.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Utils;
use Test::More;

write_package('app', '1.0',
	control => "superuser = false\ndepends = hstore (< 1.7), earthdistance\n",
	install => 'CREATE TABLE app (pairs @extschema:hstore@.hstore);');

my $node = start_node('coredump');
my $folder = PostgreSQL::Test::Utils::tempdir;

$node->safe_psql('postgres', <<'END');
CREATE SCHEMA types;
SELECT pg_extension_install('cube (= 1.4)', 'types');
SELECT pg_extension_install('app');
SELECT pg_extension_install('citext');
CREATE TABLE points (at types.cube);
INSERT INTO points VALUES ('(1, 2)');
END

my $what = <<'END';
SELECT extname, extversion, nspname, coalesce(automatic, false)
FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
LEFT JOIN extman.policy ON name = extname
WHERE extname NOT IN ('plpgsql', 'pg_extman') ORDER BY 1;
TABLE points;
SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'pg_extman';
SELECT name, problem FROM pg_extension_check();
END
my $before = $node->safe_psql('postgres', $what);

like($before, qr/^hstore\|1\.6\|public\|t$/m, 'hstore came along at an older version');
like($before, qr/^cube\|1\.4\|types\|f$/m, 'cube was asked for at an older version');
like($before, qr/^manifest: app \(= 1\.0\), cube \(= 1\.4\), hstore \(= 1\.6\)$/m,
	'the manifest names them, and none at its default version');

$node->command_ok([ 'pg_dump', '-f', "$folder/plain", 'postgres' ], 'pg_dump');
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/custom", 'postgres' ], 'pg_dump -Fc');

$node->safe_psql('postgres', "CREATE DATABASE $_") for ('plain', 'custom');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'plain', '-f', "$folder/plain" ],
	'restored by psql');
$node->command_ok([ 'pg_restore', '-j4', '--exit-on-error', '-d', 'custom', "$folder/custom" ],
	'restored by pg_restore -j4');
is($node->safe_psql($_, $what), $before, "the same in database $_") for ('plain', 'custom');

# Dropped for good: nothing is to come any more.
$node->safe_psql('plain', 'DROP EXTENSION app; DROP EXTENSION hstore;');
like($node->safe_psql('plain', $what), qr/^manifest: cube \(= 1\.4\)$/m, 'what was dropped is forgotten');
$node->safe_psql('plain', 'CREATE EXTENSION hstore');
like($node->safe_psql('plain', $what), qr/^hstore\|1\.8\|public\|f$/m, 'and comes anew as core would have it');

$node->stop;
done_testing();
