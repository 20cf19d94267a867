# What the groups of the soak share: packages that depend on each other, the state of
# a database as text, the seed, and counts of what came of the rounds.
package Soak;

use strict;
use warnings;

use Exporter qw(import);
use Extman;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(seed amount pick step_script write_family prepare_database ways_from walk_of_all state_of history_of kinds same_state
  read_file check_restore tell_counts);

# What the packages say in the server's log at each step of a script.
use constant STEP => 'soak step';

# By the same seed the same choices are made; only the machine's timing differs.
sub seed
{
	my $seed = $ENV{SOAK_SEED} // (time ^ ($$ << 8)) & 0x7fffffff;
	srand $seed;
	note("seed $seed");
	return $seed;
}

# How long to go on: of the long command, else of the short slice.
sub amount
{
	my ($short) = @_;
	return $ENV{SOAK_AMOUNT} || $short;
}

sub pick { return $_[ int rand @_ ] }

sub read_file { return slurp_file($_[0]) }

# A script of so many steps, each of which changes something, logs that it did, and
# takes a few milliseconds.  %s stands for the number of the step.
sub step_script
{
	my ($steps, $sql) = @_;
	my $step = STEP;
	return join '', map {
		(my $text = $sql) =~ s/%s/$_/g;
		"$text\nDO \$\$BEGIN RAISE LOG '$step'; PERFORM pg_sleep(0.003); END\$\$;\n"
	} 1 .. $steps;
}

# What a version adds to the ones before it.
sub addition
{
	my ($name, $version) = @_;
	my $generation = $version =~ tr/.//dr;
	return "ALTER TABLE ${name}_%s ADD v$generation integer DEFAULT $generation;\n"
	  . "CREATE TABLE ${name}_v${generation}_%s (id integer PRIMARY KEY);\n";
}

# With before => [VERSION...], those that it is upgraded from, one after the other: an
# upgrade makes what an install makes, or else dumps would not restore.
sub family_member
{
	my ($name, $version, %more) = @_;
	my @before = @{ $more{before} // [] };
	my @later = @before ? (@before[ 1 .. $#before ], $version) : ();
	my %upgrade;

	$upgrade{"upgrade--$before[-1]--$version.sql"} = step_script(6, addition($name, $version)) if @before;
	write_package($name, $version,
		control => "schema = $name\ncustom_variable_classes = $name\n" . ($more{control} // ''),
		install => step_script(6,
			"CREATE TABLE ${name}_%s (id serial PRIMARY KEY, content text);\n"
			  . join('', map { addition($name, $_) } @later)
			  . "INSERT INTO ${name}_%s (content) SELECT repeat('row ' || i, 20) FROM generate_series(1, 50) i;\n"
			  . "CREATE FUNCTION ${name}_function_%s() RETURNS text LANGUAGE sql RETURN '$name';\n"
			  . "SELECT pg_extension_config_dump('${name}_%s', 'WHERE id > 50');"),
		uninstall => step_script(4, "DELETE FROM ${name}_%s;"),
		conf => "$name.level = version $version\n",
		upgrade => \%upgrade);
	return;
}

# soak_top needs soak_mid and soak_side, all need soak_base, and soak_rival excludes
# soak_side.
sub write_family
{
	family_member('soak_base', '1.0');
	family_member('soak_base', '1.1', before => ['1.0']);
	family_member('soak_base', '2.0', before => [ '1.0', '1.1' ]);
	family_member('soak_mid', '1.0', control => "depends = soak_base\n");
	family_member('soak_mid', '2.0', control => "depends = soak_base (>= 1.1)\n", before => ['1.0']);
	family_member('soak_side', '1.0', control => "depends = soak_base (< 3)\n");
	family_member('soak_top', '1.0', control => "depends = soak_mid, soak_side\n");
	family_member('soak_top', '2.0', control => "depends = soak_mid (>= 2), soak_side\n",
		before => ['1.0']);
	family_member('soak_rival', '1.0', control => "depends = soak_base\nconflicts = soak_side\n");
	return;
}

# The schemas would stay behind when the packages go, as with core's extensions: they
# are there from the beginning.
sub prepare_database
{
	my ($node, $database) = @_;
	$node->safe_psql($database // 'postgres',
		join ' ', map { "CREATE SCHEMA soak_$_;" } qw(base mid side top rival));
	return;
}

# ---------- ways between states ----------

# Where two lead to the same state, both must make the same.
my $old = 'soak_top (= 1.0), soak_mid (= 1.0), soak_side, soak_base (= 1.0)';
my @ways = map { { from => $_->[0], to => $_->[1], sql => $_->[2] } } (
	[ 'empty', 'old', "SELECT FROM pg_extension_install('$old')" ],
	[ 'old', 'new', 'SELECT FROM pg_extension_upgrade()' ],
	[ 'new', 'empty', "SELECT FROM pg_extension_uninstall('soak_base', true)" ],
	[ 'old', 'updated', 'ALTER EXTENSION soak_base UPDATE' ],
	[ 'updated', 'new', 'SELECT FROM pg_extension_upgrade()' ],
	[ 'old', 'mixed', "SELECT FROM pg_extension_apply('soak_rival', 'soak_top, soak_side', 'soak_base, soak_mid')" ],
	[ 'mixed', 'empty', 'DROP EXTENSION soak_base CASCADE' ],
	[ 'empty', 'created', 'CREATE EXTENSION soak_top CASCADE' ],
	[ 'created', 'empty', 'DROP EXTENSION soak_top, soak_mid, soak_side, soak_base' ]);

sub ways_from
{
	my ($state) = @_;
	return grep { $_->{from} eq $state } @ways;
}

# All of them, one after the other, from the empty state back to it; some are walked
# more than once.
sub walk_of_all
{
	my @stops = qw(empty old new empty old updated new empty old mixed empty created empty);
	return map { my $to = $stops[ $_ + 1 ]; grep { $_->{to} eq $to } ways_from($stops[$_]) } 0 .. $#stops - 1;
}

# ---------- the state of a database ----------

# A line for each thing that a plan may change, without OIDs and times.
my $state = <<'END_OF_SQL';
SET search_path = pg_catalog;
WITH ours AS (
	SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
SELECT 'extension ' || e.extname || ' ' || extversion || ' ' || nspname || ' ' || extrelocatable::text || ' '
	|| coalesce((SELECT string_agg(i.identity, ',' ORDER BY i.identity) FROM unnest(extconfig) c,
		pg_identify_object('pg_class'::regclass, c, 0) i), '') || ' ' || coalesce(extcondition::text, '') AS line
FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace
UNION ALL
SELECT 'member ' || e.extname || ' ' || i.type || ' ' || i.identity
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid,
	pg_identify_object(d.classid, d.objid, d.objsubid) i
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
UNION ALL
SELECT 'need ' || e.extname || ' ' || r.extname || ' ' || d.deptype::text || ' ' || count(*)
FROM pg_depend d JOIN pg_extension e ON e.oid = d.objid JOIN pg_extension r ON r.oid = d.refobjid
WHERE d.classid = 'pg_extension'::regclass AND d.refclassid = 'pg_extension'::regclass
GROUP BY e.extname, r.extname, d.deptype
UNION ALL
SELECT 'dangling ' || d::text FROM pg_depend d
WHERE d.classid = 'pg_extension'::regclass AND NOT EXISTS (SELECT FROM pg_extension WHERE oid = d.objid)
	OR d.refclassid = 'pg_extension'::regclass AND NOT EXISTS (SELECT FROM pg_extension WHERE oid = d.refobjid)
UNION ALL
SELECT 'schema ' || nspname FROM ours
UNION ALL
SELECT 'relation ' || nspname || '.' || relname || ' ' || relkind::text || ' ' || coalesce(relacl::text, '') || ' '
	|| (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0)
FROM pg_class c JOIN ours n ON n.oid = relnamespace
UNION ALL
SELECT 'rows ' || nspname || '.' || relname || ' '
	|| md5(query_to_xml(format('SELECT * FROM %I.%I ORDER BY 1', nspname, relname), true, false, '')::text)
FROM pg_class c JOIN ours n ON n.oid = relnamespace
WHERE relkind = 'r' AND nspname ~ '^soak'
UNION ALL
SELECT 'function ' || i.identity || ' ' || md5(pg_get_functiondef(p.oid))
FROM pg_proc p JOIN ours n ON n.oid = pronamespace, pg_identify_object('pg_proc'::regclass, p.oid, 0) i
UNION ALL
SELECT 'snapshot ' || (to_jsonb(s) - 'installed_at' - 'members')::text || md5(s.members::text) FROM extman.snapshot s
UNION ALL
SELECT 'policy ' || p::text FROM extman.policy p
UNION ALL
SELECT 'setting ' || s::text FROM extman.setting s
UNION ALL
SELECT 'database ' || unnest(setconfig) FROM pg_db_role_setting
WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'manifest ' || coalesce(obj_description(oid, 'pg_extension'), '') FROM pg_extension WHERE extname = 'pg_extman'
UNION ALL
SELECT 'wrong ' || name || ' ' || problem || ' ' || detail FROM pg_extension_check()
ORDER BY 1
END_OF_SQL

sub state_of
{
	my ($node, $database) = @_;
	return $node->safe_psql($database // 'postgres', $state);
}

# The history, a line for each step.
sub history_of
{
	my ($node, $database) = @_;
	return $node->safe_psql($database // 'postgres',
		"SELECT concat_ws(' ', kind, quote_literal(request), step, action, name, old_version, new_version, schema) "
		  . 'FROM extman.history ORDER BY at, step');
}

# Of a state, the lines of some kinds.
sub kinds
{
	my ($text, @kinds) = @_;
	my $pattern = join '|', @kinds;
	return join "\n", grep { /^(?:$pattern) / } split /\n/, $text;
}

# The lines in which two states differ, as a short text; empty if none.
sub same_state
{
	my ($is, $should) = @_;
	my %is = map { $_ => 1 } split /\n/, $is;
	my %should = map { $_ => 1 } split /\n/, $should;
	my @lines = ((map { "+ $_" } grep { !$should{$_} } sort keys %is),
		(map { "- $_" } grep { !$is{$_} } sort keys %should));

	push @lines, 'lines are there twice' if !@lines && $is ne $should;
	return join "\n", map { substr $_, 0, 200 } @lines[ 0 .. ($#lines < 9 ? $#lines : 9) ];
}

# ---------- dumps ----------

# Restores a dump into a database of its own; returns the lines in which what it
# holds differs from a state.  What a dump keeps is compared.
sub check_restore
{
	my ($node, $file, $state) = @_;
	my @kept = qw(extension member need relation rows function policy setting dangling wrong);
	my ($stdout, $stderr) = ('', '');

	$node->safe_psql('postgres', 'CREATE DATABASE soak_restored TEMPLATE template0');
	my $status = $node->psql('soak_restored', read_file($file), stdout => \$stdout, stderr => \$stderr);
	my $differs = $status != 0 ? "the restore failed: $stderr"
	  : same_state(kinds(state_of($node, 'soak_restored'), @kept), kinds($state, @kept));
	$node->safe_psql('postgres', 'DROP DATABASE soak_restored');
	return $differs;
}

# ---------- what came of it ----------

sub tell_counts
{
	my ($title, $counts) = @_;
	note("$title: " . join ', ', map { "$counts->{$_} $_" } sort keys %$counts);
	return;
}

1;
