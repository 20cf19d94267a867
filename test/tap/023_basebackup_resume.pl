# A base backup over SQL that was interrupted goes on with what is still good.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Basebackup;
use Extman;
use File::Compare;
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $node = start_source('source');
my $connstr = $node->connstr('postgres');
my $place = PostgreSQL::Test::Utils::tempdir;

$node->safe_psql('postgres', "CREATE TABLESPACE elsewhere LOCATION '$place'");
$node->safe_psql('postgres', <<'END');
CREATE TABLE rests TABLESPACE elsewhere AS SELECT i, repeat('x', 1000) AS content FROM generate_series(1, 30000) i;
CREATE TABLE changes AS SELECT i, repeat('y', 1000) AS content FROM generate_series(1, 25000) i;
CREATE TABLE goes AS SELECT i, repeat('z', 1000) AS content FROM generate_series(1, 24000) i;
CREATE TABLE spoilt AS SELECT i, repeat('z', 1000) AS content FROM generate_series(1, 23000) i;
CHECKPOINT;
END
my ($rests, $changes, $goes, $spoilt) = map {
	$node->safe_psql('postgres', "SELECT pg_relation_filepath('$_')")
} qw(rests changes goes spoilt);

my $copy = new_copy('copy');
my $data = $copy->data_dir;
my $target = $copy->basedir . '/elsewhere';
my @options = ('-T', "$place=$target");

# Files that changed in the last seconds before a backup are copied again in any case.
sleep 3;

# The server crashes under a client that has copied the largest file.
sub crash
{
	my $log = '';
	my $run = IPC::Run::start([ client(), @options, '-c', 'fast', $connstr, $data ], '>&', \$log);

	ok(wait_until_copied($rests), 'a file has been copied') or diag($log);
	$run->signal('STOP');
	$node->stop('immediate');
	$run->signal('CONT');
	$run->finish;
	is($run->result, 1, 'without the server, it fails');
	like($log, qr/^basebackup: error: .*(lost the connection|terminating connection|closed the connection)/m,
		'and says so');
	$node->start;
	return;
}

sub write_journal
{
	my ($content) = @_;
	unlink("$data/basebackup.journal") or die;
	append_to_file("$data/basebackup.journal", $content);
	return;
}

# Kills the client when it has copied the large files.
sub interrupt
{
	my (@arguments) = @_;
	my $log = '';
	my $run = IPC::Run::start([ client(), @options, '-c', 'fast', @arguments, $connstr, $data ], '>&', \$log);
	my $done = wait_until_copied($rests, $changes, $goes, $spoilt);

	$run->kill_kill(grace => 0) if $done;
	$run->finish unless $done;
	ok($done, 'interrupted') or diag($log);
	return;
}

sub wait_until_copied
{
	my @files = @_;
	for (1 .. 20_000)
	{
		my $journal = -e "$data/basebackup.journal" ? slurp_file("$data/basebackup.journal") : '';
		return 1 unless grep { $journal !~ /^\d+ .* \Q$_\E$/m } @files;
		usleep(1000);
	}
	return 0;
}

crash();
interrupt('--resume', '-j', 2);
ok(!-e "$data/global/pg_control", 'no server starts from an interrupted backup');
ok(-e "$data/$rests", 'something was copied');
backup_fails([ @options, $connstr, $data ], qr/holds an interrupted backup\n.*hint: Complete it with --resume/,
	'it is not begun anew unasked');

# Of another cluster, by what the journal says, and with a tablespace elsewhere.
my $journal = slurp_file("$data/basebackup.journal");
my $foreign = $journal =~ s/^(basebackup journal 1 )\d+/${1}1234/r;
isnt($foreign, $journal, 'the journal names the cluster');
write_journal($foreign);
backup_fails([ '--resume', '-c', 'fast', @options, $connstr, $data ],
	qr/interrupted backup in ".*" is of another data directory/, 'it is not gone on with from another server');
ok(-e "$data/$rests", 'which leaves what is there');
write_journal($journal);
backup_fails([ '--resume', '-c', 'fast', '-T', "$place=$place-other", $connstr, $data ],
	qr/was to go to "\Q$target\E" before/, 'nor with the tablespace elsewhere');

# What happens meanwhile: changes, a table less, a new one.
$node->safe_psql('postgres', <<'END');
UPDATE changes SET content = 'new' WHERE i % 1000 = 0;
DROP TABLE goes;
CREATE TABLE comes AS SELECT generate_series(1, 1000) AS i;
END
append_to_file("$data/stranger", 'of nobody');

# And what became of a copy, while the server's file lies still.
open(my $handle, '+<', "$data/$spoilt") or die "$spoilt: $!";
seek($handle, 8192 * 5, 0);
print $handle 'damage';
close($handle);

my $inode = (stat("$data/$rests"))[1];
my $copied_at = (stat("$data/$rests"))[9];
my $said = take_backup($node, $copy, 'it goes on', '--resume', @options);
my ($kept, $megabytes) = $said =~ /^kept (\d+) files of the interrupted backup, (\d+) MB$/m;
cmp_ok($megabytes // 0, '>', 30, 'with what was copied before');
is((stat("$data/$rests"))[1], $inode, 'a file that lay still is kept');
is((stat("$data/$rests"))[9], $copied_at, 'as it is');
is(compare("$data/$spoilt", $node->data_dir . "/$spoilt"), 0, 'one that went bad is replaced');
ok(!-e "$data/stranger", 'what belongs to no backup is gone');
ok(!-e "$data/basebackup.journal", 'so is the journal');
verify($copy, 'pg_verifybackup accepts it');
start_copy($copy);
is($copy->safe_psql('postgres', "SELECT count(*) FILTER (WHERE content = 'new'), count(*) FROM changes"),
	'25|25000', 'what was changed meanwhile is in it');
is($copy->safe_psql('postgres', 'SELECT count(*) FROM comes'), 1000, 'so is what is new');
is($copy->safe_psql('postgres', "SELECT to_regclass('goes') IS NULL"), 't', 'and not what went');
is($copy->safe_psql('postgres', 'SELECT sum(length(content)) FROM rests'), 30_000_000, 'what lay still is whole');
is(balances($copy), 'the same', 'it is consistent');
$copy->command_ok([ 'pg_amcheck', '--heapallindexed', 'postgres' ], 'and sound');
$copy->stop;

# What cannot be written, as on a full disk.
$copy = new_copy('limited');
@options = ('--no-sync', '-c', 'fast', '-T', "$place=" . $copy->basedir . '/elsewhere', $connstr, $copy->data_dir);
my ($out, $err) = ('', '');
my $ok = IPC::Run::run([ 'sh', '-c', q{trap '' XFSZ; ulimit -f 10000; exec "$@"}, 'sh', client(), @options ],
	'>', \$out, '2>', \$err);
ok(!$ok, 'a file that cannot be written ends it');
like($err, qr/error: could not write file ".*": File too large/, 'and is named');
$node->command_ok([ client(), '--resume', @options ], 'with more room it goes on');
verify($copy, 'and is good');

$node->stop;
done_testing();
