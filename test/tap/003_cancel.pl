# A command that is cancelled stops soon, with the SQLSTATE of whatever stopped it,
# and leaves nothing behind.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";
use Time::HiRes qw(time);

use Extman;
use PostgreSQL::Test::Utils;
use Test::More;

# More pigeons than holes: a request that no plan can meet, and whose proof by
# resolution is exponential (A. Haken, 1985).
my $holes = 13;

write_package('quick', '1.0',
	install => 'CREATE TABLE quick_table (id integer PRIMARY KEY);');
write_package('slow', '1.0',
	control => "depends = quick\n",
	install => slow_script('slow', 5));
for my $pigeon (1 .. $holes + 1)
{
	write_package("pigeon_$pigeon", '1.0',
		control => 'depends = '
		  . join(' | ', map { "hole_${_}_of_$pigeon" } 1 .. $holes) . "\n");
	for my $hole (1 .. $holes)
	{
		write_package("hole_${hole}_of_$pigeon", '1.0',
			control => 'conflicts = '
			  . join(', ', map { "hole_${hole}_of_$_" } grep { $_ != $pigeon } 1 .. $holes + 1)
			  . "\n");
	}
}
my $hard = join ', ', map { "pigeon_$_" } 1 .. $holes + 1;

my $node = start_node('cancel');
my ($stdout, $stderr);

# By a timeout, in the middle of a script.
$node->psql('postgres',
	"SET victim.stop_at = 4; SET statement_timeout = '500ms';"
	  . " SELECT * FROM pg_extension_install('slow')",
	extra_params => [ '-v', 'VERBOSITY=verbose' ], stderr => \$stderr);
like($stderr, qr/ERROR:  57014: canceling statement due to statement timeout/,
	'a script ends with statement_timeout');
like($stderr, qr/install\.sql/, 'the context names the script');
nothing_left($node, 'statement_timeout', 'quick', 'slow');

# By another session.
my $session = start_install($node, "SELECT * FROM pg_extension_install('slow')", 2);
my $pid = wait_for_step($node, 2);
$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
like(finish($session), qr/ERROR:  57014: canceling statement due to user request/,
	'a script ends with pg_cancel_backend()');
nothing_left($node, 'pg_cancel_backend', 'quick', 'slow');

$session = start_install($node, "SELECT * FROM pg_extension_install('slow')", 3);
$pid = wait_for_step($node, 3);
$node->safe_psql('postgres', "SELECT pg_terminate_backend($pid)");
like(finish($session), qr/FATAL:  57P01: terminating connection due to administrator command/,
	'a script ends with pg_terminate_backend()');
nothing_left($node, 'pg_terminate_backend', 'quick', 'slow');

# While it waits for a session that installs something.
$session = start_install($node, "SELECT * FROM pg_extension_install('slow')", 1);
$pid = wait_for_step($node, 1);
$node->psql('postgres',
	"SET lock_timeout = '100ms'; SELECT * FROM pg_extension_install('quick')",
	extra_params => [ '-v', 'VERBOSITY=verbose' ], stderr => \$stderr);
like($stderr, qr/ERROR:  55P03: canceling statement due to lock timeout/,
	'a session that waits for another one ends with lock_timeout');
$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
finish($session);
nothing_left($node, 'lock_timeout', 'quick', 'slow');

# While it looks for a plan.
for my $function ('pg_extension_plan', 'pg_extension_install')
{
	my $begin = time;
	$node->psql('postgres', <<"END", extra_params => [ '-v', 'VERBOSITY=verbose' ], stderr => \$stderr);
SET pg_extman.max_solver_steps = 0;
SET pg_extman.max_solver_memory = 0;
SET statement_timeout = '500ms';
SELECT * FROM $function('$hard');
END
	my $seconds = time - $begin;
	like($stderr, qr/ERROR:  57014: canceling statement due to statement timeout/,
		"$function: the search for a plan ends with statement_timeout");
	cmp_ok($seconds, '<', 10, "$function: it does so soon");
}

$node->psql('postgres', <<"END", extra_params => [ '-v', 'VERBOSITY=verbose' ], stderr => \$stderr);
SET pg_extman.max_solver_steps = 10;
SELECT * FROM pg_extension_plan('$hard');
END
like($stderr, qr/ERROR:  54000: /, 'the search ends with max_solver_steps');

# The session that was disturbed is still good for the next command.
($stdout, $stderr) = ('', '');
$node->psql('postgres', <<"END", stdout => \$stdout, stderr => \$stderr, on_error_stop => 0);
SET pg_extman.max_solver_steps = 0;
SET victim.stop_at = 1;
SET statement_timeout = '300ms';
SELECT * FROM pg_extension_install('$hard');
SELECT * FROM pg_extension_install('slow');
RESET statement_timeout;
SHOW search_path;
SELECT name FROM pg_extension_install('quick');
SELECT count(*) FROM quick_table;
END
is(() = $stderr =~ /statement timeout/g, 2, 'a search and a script are cancelled in one session');
is($stdout, qq("\$user", public\nquick\n0), 'the session is as it was, and installs');

$node->stop;
done_testing();
