# A backend that is killed in the middle of an install leaves nothing behind, and
# the next install works.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Utils;
use Test::More;

my $rounds = 20;

write_package('needed', '1.0',
	install => 'CREATE TABLE needed_table (id integer PRIMARY KEY);');
write_package('slow', '1.0',
	control => "depends = needed\n",
	install => slow_script('slow', $rounds));

my $node = start_node('crash');

# Each round kills at another place: from the first statements of the script to
# its last.
for my $round (1 .. $rounds)
{
	my $session = start_install($node, "SELECT * FROM pg_extension_install('slow')", $round);
	my $pid = wait_for_step($node, $round);

	my $log_end = -s $node->logfile;

	kill 'KILL', $pid or die "could not kill process $pid: $!";
	finish($session);
	# It may go on answering for a moment, until it knows of the crash.
	wait_until(
		sub {
			substr(slurp_file($node->logfile), $log_end) =~ /ready to accept connections/;
		}) or die 'the server did not come back';
	nothing_left($node, "killed at step $round of $rounds", 'needed', 'slow');
}

is( $node->safe_psql(
		'postgres', "SELECT step, name, new_version FROM pg_extension_install('slow')"),
	"1|needed|1.0\n2|slow|1.0",
	'the next install works');
is( $node->safe_psql(
		'postgres', "SELECT count(*), sum(slow_function_$rounds()) FROM slow_table_$rounds"),
	'100|' . 100 * $rounds,
	'its objects are whole');
is( $node->safe_psql(
		'postgres', "SELECT name, action FROM extman.history ORDER BY name"),
	"needed|install\nslow|install",
	'only what happened is in the history');
like(slurp_file($node->logfile), qr/was terminated by signal 9/, 'the kills were real');

$node->stop;
done_testing();
