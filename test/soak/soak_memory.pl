# One session that installs, fails, is refused, is cancelled and uninstalls, again and
# again: its memory stays what it is.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";
use List::Util qw(max);

use Extman;
use PostgreSQL::Test::Utils;
use Soak;
use Test::More;

seed();
my $rounds = amount(200);
my $samples = 20;

# A request whose refutation is too long for any timeout (see 003_cancel.pl).
my $holes = 9;

write_package('base', '1.0',
	control => "superuser = false\n",
	install => 'CREATE TABLE base_table (id integer PRIMARY KEY, content text);',
	uninstall => 'SELECT count(*) FROM base_table;',
	upgrade => { 'upgrade--1.0--1.1.sql' => 'ALTER TABLE base_table ADD COLUMN more text;' });
write_package('base', '1.1',
	control => "superuser = false\n",
	install => 'CREATE TABLE base_table (id integer PRIMARY KEY, content text, more text);');
write_package('top', '1.0',
	control => "depends = base (>= 1.0)\n",
	install => "CREATE FUNCTION top_function() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM base_table';\n"
	  . "COPY base_table (id, content) FROM stdin;\n1\tone\n2\ttwo\n\\.\n");
write_package('broken_script', '1.0',
	control => "depends = base\n",
	install => "CREATE TABLE broken_table (id integer);\nSELECT 1 / 0;\n");
write_package('rival', '1.0', control => "conflicts = base\ndepends = base\n");
write_package('slow', '1.0',
	control => "depends = base\n",
	install => join '', map { "CREATE TABLE slow_$_ (id integer);\nSELECT pg_sleep(0.002);\n" } 1 .. 8);
for my $pigeon (1 .. $holes + 1)
{
	write_package("pigeon_$pigeon", '1.0',
		control => 'depends = ' . join(' | ', map { "hole_${_}_of_$pigeon" } 1 .. $holes) . "\n");
	for my $hole (1 .. $holes)
	{
		write_package("hole_${hole}_of_$pigeon", '1.0',
			control => 'conflicts = '
			  . join(', ', map { "hole_${hole}_of_$_" } grep { $_ != $pigeon } 1 .. $holes + 1)
			  . "\n");
	}
}
my $hard = join ', ', map { "pigeon_$_" } 1 .. $holes + 1;

# What a round does, and what it says when it fails as it should.
my @kinds = (
	{ name => 'install and uninstall',
		sql => "SELECT * FROM pg_extension_install('top');\n"
		  . "SELECT * FROM pg_extension_why('base');\nSELECT * FROM pg_extension_check();\n" },
	{ name => 'upgrade',
		sql => "SELECT * FROM pg_extension_install('base (= 1.0)');\n"
		  . "SELECT * FROM pg_extension_upgrade('base');\n" },
	{ name => 'native commands',
		sql => "CREATE EXTENSION top CASCADE;\nDROP EXTENSION base CASCADE;\n" },
	{ name => 'script error', sql => "SELECT * FROM pg_extension_install('broken_script');\n",
		error => qr/22012/ },
	{ name => 'no plan', sql => "SELECT * FROM pg_extension_install('rival');\n", error => qr/55000/ },
	{ name => 'unknown package', sql => "SELECT * FROM pg_extension_install('tip');\n",
		error => qr/42704/ },
	{ name => 'bad request', sql => "SELECT * FROM pg_extension_plan('top (>= ');\n",
		error => qr/42601/ },
	{ name => 'refused rights',
		sql => "SET ROLE nobody;\nSELECT * FROM pg_extension_install('top');\nRESET ROLE;\n",
		error => qr/42501/ },
	{ name => 'explanation',
		sql => "SELECT pg_extension_explain('rival, top');\nSELECT pg_extension_explain('top');\n"
		  . "SELECT count(*) FROM pg_extension_available();\n" },
	{ name => 'cancelled script', timeout => 20,
		sql => "SELECT * FROM pg_extension_install('slow');\n", error => qr/57014/ },
	{ name => 'cancelled search', timeout => 10,
		sql => "SELECT * FROM pg_extension_plan('$hard');\n", error => qr/57014/ });

# What psql is given: the rounds, and samples of the memory.  The caches of the system
# catalogs are left out: they remember also what is not there, by OID, and so grow by a
# kilobyte with each table that is created and dropped, with this module or without.
my $script = <<"END";
\\set VERBOSITY verbose
\\pset format unaligned
\\pset tuples_only on
\\o /dev/null
END
$script .= <<'END';
\set clean 'SELECT format(''SELECT * FROM pg_extension_uninstall(%L, true)'', extname) FROM pg_extension WHERE extname IN (''base'', ''top'', ''slow'') ORDER BY extname LIMIT 1'
\set sample 'SELECT ''sample'', (regexp_match(pg_read_file(''/proc/self/status''), ''RssAnon:\\s+(\\d+)''))[1]::bigint - sum(used_bytes) FILTER (WHERE name = ''CacheMemoryContext'')::bigint / 1024, sum(total_bytes) FILTER (WHERE name <> ''CacheMemoryContext'')::bigint / 1024 FROM pg_backend_memory_contexts'
END
my %count;
for my $round (1 .. $rounds)
{
	my $kind = $kinds[ int(rand(@kinds)) ];
	$count{ $kind->{name} }++;
	# The end of a transaction takes its timeout along, also when it comes too late.
	$script .= "BEGIN;\nSET LOCAL statement_timeout = " . (1 + int(rand($kind->{timeout}))) . ";\n"
	  if $kind->{timeout};
	$script .= $kind->{sql};
	$script .= "COMMIT;\n" if $kind->{timeout};
	$script .= ":clean \\gexec\n";
	if ($round % max(1, int($rounds / $samples)) == 0)
	{
		$script .= "\\o\n:sample;\n\\o /dev/null\n";
	}
}

$script .= <<'END';
\o
SELECT 'context', name, count(*), sum(total_bytes)::bigint / 1024 FROM pg_backend_memory_contexts
	GROUP BY name ORDER BY sum(total_bytes) DESC LIMIT 12;
END

my $node = start_node('memory');
$node->safe_psql('postgres',
	'CREATE ROLE nobody; ALTER DATABASE postgres SET client_min_messages = warning');
my ($stdout, $stderr) = ('', '');
my $begin = time;
$node->psql('postgres', $script, stdout => \$stdout, stderr => \$stderr, on_error_stop => 0,
	timeout => 3600);
note("$rounds rounds in " . (time - $begin) . ' s');
note("$count{$_}  $_") foreach sort keys %count;

# Every failure is one of those that were meant.
my %states;
$states{$1}++ while $stderr =~ /^(?:psql:\S+ )?(?:ERROR|FATAL|PANIC):  (\S+):/mg;
my @expected = map { $_->{error} // () } @kinds;
my @unexpected = grep { my $state = $_; !grep { $state =~ $_ } @expected } keys %states;
is("@unexpected", '', 'nothing fails but what should');
note($stderr =~ /^(.*$_:.*)$/m) foreach @unexpected;
note("$states{$_}  $_") foreach sort keys %states;
foreach my $kind (grep { $_->{error} } @kinds)
{
	ok(scalar(grep { $_ =~ $kind->{error} } keys %states), "$kind->{name}: it failed");
}

# And what should not fail happened: so many steps are in the history.
my $steps = 4 * $count{'install and uninstall'} + 3 * $count{upgrade} + 4 * $count{'native commands'};
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM extman.history'), '>=', $steps,
	'installs, upgrades and uninstalls happened');
is($node->safe_psql('postgres', 'SELECT string_agg(extname, \', \') FROM pg_extension'),
	'plpgsql, pg_extman', 'nothing is left');

# From the first quarter on, no more than a sixteenth and 256 kB are added.
my @memory = map { [ split /\|/ ] } grep { /^sample\|/ } split /\n/, $stdout;
cmp_ok(scalar @memory, '>=', $samples, 'the session lived to the end');
note("kB anonymous, kB in memory contexts: @$_[1, 2]") foreach @memory;
note("kB in contexts of the name $$_[1]: $$_[3] (of $$_[2])")
  foreach map { [ split /\|/ ] } grep { /^context\|/ } split /\n/, $stdout;
my $warm = int(@memory / 4);
for my $what ([ 1, 'anonymous memory' ], [ 2, 'memory contexts' ])
{
	my ($column, $name) = @$what;
	my $before = max(map { $_->[$column] } @memory[ 0 .. $warm ]);
	my $after = max(map { $_->[$column] } @memory[ $warm + 1 .. $#memory ]);
	cmp_ok($after, '<=', $before * 17 / 16 + 256, "$name: no more than before");
}

$node->stop;
done_testing();
