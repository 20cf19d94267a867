# A base backup over SQL from a standby, while it replays; and across a promotion of its
# primary.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Basebackup;
use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = start_source('primary');
my $standby = new_copy('standby');

# The standby itself comes from such a backup.
take_backup($primary, $standby, 'a standby is made');
verify($standby, 'from a good backup');
$standby->append_conf('postgresql.conf', 'port = ' . $standby->port . "\n"
	  . "unix_socket_directories = '" . $standby->host . "'\n");
$standby->enable_streaming($primary);
$standby->start;
$primary->wait_for_catchup($standby);

my $load = start_load($primary);
my $copy = new_copy('copy');
my $said = take_backup($standby, $copy, 'from a standby that replays', '-j', 2);
stop_load($load);
verify($copy, 'pg_verifybackup accepts it');
like(slurp_file($copy->data_dir . '/backup_label'), qr/^BACKUP FROM: standby$/m, 'it is from the standby');
ok(-e $copy->data_dir . '/standby.signal', 'and would be one');
start_copy($copy, conf => "primary_conninfo = ''\n");
is(balances($copy), 'the same', 'it is consistent');
$copy->command_ok([ 'pg_amcheck', '--heapallindexed', 'postgres' ], 'and sound');
$copy->stop;

# Promoted meanwhile: what has been copied by then may be of neither timeline.
dirty_pages($primary);
$primary->stop;
my $held = start_held($standby, '-j', 2, $standby->connstr('postgres'), $standby->basedir . '/torn');
$standby->promote;
my ($status, $words) = finish_held($held);
is($status, 1, 'a backup ends with the promotion of its standby');
like($words, qr/error: the server says: the standby was promoted during online backup/, 'and says so');
ok(!-e $standby->basedir . '/torn/global/pg_control', 'no server starts from it');

# On a new timeline.
$standby->safe_psql('postgres', 'CHECKPOINT');
my $promoted = new_copy('promoted');
take_backup($standby, $promoted, 'after a promotion');
verify($promoted, 'it is good, too');
ok(-e $promoted->data_dir . '/pg_wal/00000002.history', 'with the history of its timeline');
start_copy($promoted);
is(balances($promoted), 'the same', 'it starts');
$promoted->stop;

$standby->stop;
done_testing();
