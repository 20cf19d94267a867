# A base backup over SQL: of a server at work, with tablespaces, by a role without
# superuser, with files that vanish, with damaged pages; and what is refused.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Basebackup;
use Extman;
use IPC::Run ();
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $rounds = $ENV{EXTMAN_BASEBACKUP_ROUNDS} // 1;
my $node = start_source('source');
my $connstr = $node->connstr('postgres');
my $scratch = PostgreSQL::Test::Utils::tempdir;

# ---------- what is refused ----------

backup_fails([], qr/error: no connection string and no directory given\n.*hint: Try "basebackup --help"/,
	'no arguments');
backup_fails([ $connstr, "$scratch/no", '--unknown' ], qr/unrecognized option "--unknown"/, 'an unknown option');
backup_fails([ $connstr, "$scratch/no", '-T', 'a=b' ], qr/"a" in a tablespace mapping is not an absolute path/,
	'a mapping of relative paths');
backup_fails([ "$connstr dbname=nowhere", "$scratch/no" ], qr/database "nowhere" does not exist/, 'no database');
backup_fails([ $node->connstr('template1'), "$scratch/no" ],
	qr/package basebackup is not installed in database "template1"\n.*hint: .*pg_extension_install\('basebackup'\)/,
	'no package');
append_to_file("$scratch/file", "mine\n");
backup_fails([ $connstr, $scratch ], qr/directory "\Q$scratch\E" exists but is not empty/, 'a folder in use');
backup_fails([ '--resume', $connstr, $scratch ], qr/There is no interrupted backup in it/, 'nothing to resume');
backup_fails([ $connstr, "$scratch/file" ], qr/exists but is not a directory/, 'a file in its place');
backup_fails([ $connstr, "$scratch/no", '-c', 'fast', '-T', '/nowhere=/x' ],
	qr/there is no tablespace in "\/nowhere"/, 'a mapping of nothing');
ok(!-e "$scratch/no", 'nothing was made by all that');
is(slurp_file("$scratch/file"), "mine\n", 'and nothing lost');

# ---------- at work, with a tablespace ----------

my $place = PostgreSQL::Test::Utils::tempdir;
mkdir "$place/a=b" or die;
$node->safe_psql('postgres', "CREATE TABLESPACE elsewhere LOCATION '$place/a=b'");
$node->safe_psql('postgres', <<'END');
CREATE TABLE moved TABLESPACE elsewhere AS SELECT i, repeat('x', 1000) AS content FROM generate_series(1, 3000) i;
CREATE INDEX ON moved (i);
CREATE UNLOGGED TABLE fleeting AS SELECT generate_series(1, 10000) AS i;
CHECKPOINT;
END
$node->append_conf('postgresql.auto.conf', "# the last line\n");
backup_fails([ $connstr, "$scratch/no", '-c', 'fast' ],
	qr/directory "\Q$place\E\/a=b" of a tablespace exists but is not empty\n.*hint: .*--tablespace-mapping/,
	'a tablespace on top of its original');

for my $round (1 .. $rounds)
{
	my $load = start_load($node);
	my $copy = new_copy("busy$round");
	my $jobs = $round % 4 + 1;
	my $said = take_backup($node, $copy, "of a server at work, over $jobs connections",
		'-j', $jobs, '-T', "$place/a\\=b=$place/copy$round", ($round == 1 ? '--sync' : ()));
	stop_load($load);
	like($said, qr/^\[#+\] 100%  \d+ of \d+ MB, [\d.]+ MB\/s, took \d:\d\d\n/m, 'it shows progress');
	verify($copy, 'pg_verifybackup accepts it');

	my $data = $copy->data_dir;
	my $unlogged = $node->safe_psql('postgres', "SELECT pg_relation_filepath('fleeting')");
	ok(-e "$data/${unlogged}_init" && !-e "$data/$unlogged", 'of an unlogged table only the init fork');
	ok(!-e "$data/postmaster.pid" && !-e "$data/basebackup.journal", 'no files of processes');
	ok(-d "$data/pg_replslot" && -d "$data/pg_notify" && -d "$data/pg_wal/archive_status", 'empty folders');
	is(slurp_file("$data/postgresql.auto.conf"), slurp_file($node->data_dir . '/postgresql.auto.conf'),
		'settings are copied whole');
	is((stat($data))[2] & 07777, 0700, 'its owner alone may read it');
	my ($oid) = map { m{/(\d+)$} } glob("$data/pg_tblspc/*");
	is(readlink("$data/pg_tblspc/$oid"), "$place/copy$round", 'the tablespace is where it was to go');
	like(slurp_file("$data/backup_label"),
		qr/\ASTART WAL LOCATION: .*^LABEL: basebackup\nSTART TIMELINE: 1\n\z/ms, 'with its label');
	is(slurp_file("$data/tablespace_map"), "$oid $place/copy$round\n", 'also for the server');

	start_copy($copy);
	is(balances($copy), 'the same', 'the copy is consistent');
	$copy->command_ok([ 'pg_amcheck', '--heapallindexed', '--install-missing', 'postgres' ], 'and sound');
	is($copy->safe_psql('postgres', 'SELECT count(*), sum(length(content)) FROM moved'),
		'3000|3000000', 'with the tablespace');
	is($copy->safe_psql('postgres', 'SELECT count(*) FROM fleeting'), 0, 'an unlogged table is empty');
	is($copy->safe_psql('postgres', 'SELECT count(*) FROM pg_extension_check()'), 0, 'all packages are there');
	$copy->stop;
}

# ---------- by a role that is no superuser ----------

my $as_role = "$connstr user=carrier";
$node->safe_psql('postgres', 'CREATE ROLE carrier LOGIN');
backup_fails([ $as_role, "$scratch/no" ], qr/permission denied for schema basebackup\n.*hint: .*basebackup\.grant_to\(\)/,
	'without rights');
$node->safe_psql('postgres', q{SELECT basebackup.grant_to('carrier')});
my ($ret, $out, $err) = $node->psql('postgres', q{SELECT basebackup.grant_to('carrier')},
	extra_params => [ '-U', 'carrier' ]);
like($err, qr/permission denied for function grant_to/, 'rights are not passed on');
$node->safe_psql('postgres', q{ALTER DATABASE postgres SET basebackup.checkpoint = fast;
	ALTER DATABASE postgres SET basebackup.max_jobs = 2});
backup_fails([ '-j', 3, $as_role, "$scratch/no" ], qr/the server allows 2 jobs, not 3\n/, 'more than the server allows');
$node->command_ok([ client(), '-j', 2, '--no-sync', '--manifest-checksums=SHA256', '-T', "$place/a\\=b=$place/role",
		$as_role, "$scratch/role" ], 'with rights');
$node->command_ok([ 'pg_verifybackup', '-q', "$scratch/role" ], 'it is good, by SHA-256');
like(slurp_file("$scratch/role/backup_manifest"), qr/"SHA256"/, 'the manifest says so');
my ($checkpoint) = slurp_file($node->logfile) =~ /.*checkpoint starting: ([^\n]*)/s;
like($checkpoint, qr/^(immediate|fast) /, 'the server has hurried, by its setting');
$node->safe_psql('postgres', q{ALTER DATABASE postgres SET basebackup.checkpoint = spread;
	ALTER DATABASE postgres SET basebackup.max_jobs = 16});

# The server removes WAL early, but for who may have a slot.
for my $role (qw(carrier postgres))
{
	$node->safe_psql('postgres', 'CHECKPOINT');
	dirty_pages($node);
	my $held = start_held($node, '-T', "$place/a\\=b=$place/held_$role", "$connstr user=$role", "$scratch/held_$role");
	$node->safe_psql('postgres', "SELECT pg_switch_wal(); CHECKPOINT") for 1 .. 3;
	my ($status, $said) = finish_held($held);
	if ($role eq 'carrier')
	{
		like($said, qr/error: WAL file "\*[0-9A-F]{16}" is gone from the server.*\n.*hint: Give the role REPLICATION/,
			'WAL that is gone is missed');
		is($status, 1, 'and the backup fails');
	}
	else
	{
		is($status, 0, 'what has a slot has all WAL') or diag($said);
		$node->command_ok([ 'pg_verifybackup', '-q', "$scratch/held_$role" ], 'and is good');
	}
}

$node->safe_psql('postgres', 'ALTER ROLE carrier RENAME TO porter');
$node->safe_psql('postgres', q{SELECT pg_extension_uninstall('basebackup')});
is($node->safe_psql('postgres', q{SELECT has_function_privilege('porter', 'pg_read_binary_file(text, bigint, bigint, boolean)', 'EXECUTE')}),
	'f', 'the rights go with the package');
$node->safe_psql('postgres', q{SELECT pg_extension_install('basebackup')});

# ---------- files that vanish ----------

my $churn = IPC::Run::start(
	[ $node->installed_command('psql'), '-X', '-q', '-d', $connstr, '-c', <<'SQL' ], '>&', \my $ignored);
DO $$
BEGIN
	FOR round IN 1 .. 100000 LOOP
		FOR i IN 1 .. 50 LOOP
			EXECUTE format('CREATE TABLE vanishing_%s AS SELECT generate_series(1, 100) AS i', i);
		END LOOP;
		COMMIT;
		FOR i IN 1 .. 50 LOOP
			EXECUTE format('DROP TABLE vanishing_%s', i);
		END LOOP;
		COMMIT;
		CHECKPOINT;
	END LOOP;
END
$$;
SQL
my ($vanished, $tries) = (0, 0);
my $last;
until ($vanished || $tries == 20)
{
	$last = new_copy('churned' . ++$tries);
	$vanished = take_backup($node, $last, "while tables come and go, $tries", '-T', "$place/a\\=b=$place/churned$tries") =~
	  /left out (\d+) files that the server removed meanwhile/;
}
$churn->kill_kill;
ok($vanished, 'files vanished on the way');
verify($last, 'without harm');
start_copy($last);
is(balances($last), 'the same', 'the copy starts');
$last->stop;

# ---------- damaged pages ----------

my $file = $node->safe_psql('postgres', q{CREATE TABLE damaged AS SELECT generate_series(1, 10000) AS i;
	CHECKPOINT; SELECT pg_relation_filepath('damaged')});
$node->stop;
open(my $handle, '+<', $node->data_dir . "/$file") or die "$file: $!";
seek($handle, 2 * 8192 + 4000, 0);
print $handle 'damage';
close($handle);
$node->start;
my @arguments = ($connstr, '-c', 'fast', '--no-sync', '-T', "$place/a\\=b=$place/damaged");
backup_fails([ @arguments, "$scratch/damaged" ],
	qr/warning: checksum verification failed in file "\Q$file\E", block 2: calculated \w+ but expected \w+\n.*error: 1 page\(s\) of the server have a wrong checksum/s,
	'a damaged page is found');
$node->command_ok([ 'pg_verifybackup', '-q', "$scratch/damaged" ], 'the copy is whole all the same');
$arguments[-1] .= '2';
$node->command_ok([ client(), @arguments, '--no-verify-checksums', '--no-manifest', "$scratch/unchecked" ],
	'but not looked for when it is not wanted');
ok(!-e "$scratch/unchecked/backup_manifest", 'nor is a manifest written');

$node->stop;
done_testing();
