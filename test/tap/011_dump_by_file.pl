# What pg_dump writes as plain SQL is loaded by pg_execute_from_file() into an empty
# database, and a dump of that is the same, byte by byte.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('dumped');
$node->init;
$node->start;
$node->safe_psql('postgres', "CREATE ROLE dump_owner; CREATE ROLE dump_reader");

my $folder = PostgreSQL::Test::Utils::tempdir;
chmod 0755, $folder;

# An empty database with pg_extman, whose own traces a dump must not show: the
# dumped one has it, too.
sub new_database
{
	my ($name, $options) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $name TEMPLATE template0 " . ($options // ''));
	$node->safe_psql($name, "CREATE EXTENSION pg_extman; GRANT CREATE ON DATABASE $name TO dump_owner");
	return $name;
}

# The lines that keep psql from obeying commands in the data hold a random word.
my $knows_key = `pg_dump --help` =~ /--restrict-key/;

sub dump_text
{
	my ($database, @options) = @_;
	my $file = "$folder/$database.sql";

	push @options, '--restrict-key=extman' if $knows_key;
	$node->command_ok([ 'pg_dump', '-f', $file, @options, $database ], "pg_dump @options $database");
	chmod 0644, $file;
	return slurp_file($file);
}

# The dump without the extension pg_extman, which is in the target already.
sub write_text
{
	my ($name, $text) = @_;
	my $file = "$folder/$name";

	unlink $file;
	append_to_file($file, $text);
	chmod 0644, $file;
	return $file;
}

# One test: the same text, or the first lines that differ.
sub same_text
{
	my ($got, $expected, $name) = @_;
	return pass($name) if $got eq $expected;

	my @got = split /^/, $got;
	my @expected = split /^/, $expected;
	my $line = 0;
	$line++ while $line < @got && $line < @expected && $got[$line] eq $expected[$line];
	fail($name);
	diag("line ${\($line + 1)}\ngot:      ", $got[$line] // "(end)\n", 'expected: ', $expected[$line] // "(end)\n");
	return 0;
}

# Dumps a database, loads the dump, dumps what came of it.
sub round_trip
{
	my ($source, $target, %how) = @_;
	my @options = @{ $how{options} // [] };
	my $text = dump_text($source, @options);
	my $file = "$folder/$source.sql";
	my $encoding = $how{encoding} ? ", '$how{encoding}'" : '';
	my $name = join ' ', $source, @options;

	if ($how{change})
	{
		(my $changed = $text) =~ s/$how{change}//g;
		$file = write_text("changed.sql", $changed);
	}
	new_database($target, $how{create});
	my ($stdout, $stderr);
	my $code = $node->psql($target, "SELECT pg_execute_from_file('$file'$encoding) > 10",
		stdout => \$stdout, stderr => \$stderr);
	is("$code $stdout", '0 t', "$name: loaded") or diag($stderr);
	same_text(dump_text($target, @options), $text, "$name: dumped again, the same");
	return $text;
}

# ---------- all sorts of objects ----------

new_database('source');
$node->safe_psql('source', <<'END');
CREATE SCHEMA "Odd; ""schema""";
CREATE SCHEMA app AUTHORIZATION dump_owner;
SET search_path = app;

CREATE TYPE mood AS ENUM ('ok', 'it''s; fine', E'back\\slash', 'größer');
CREATE TYPE pair AS (a int, "B; c" text);
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE DOMAIN positive AS int DEFAULT 1 CHECK (VALUE > 0);
CREATE DOMAIN label AS text COLLATE "C" CONSTRAINT "no; semicolon" CHECK (VALUE !~ ';');
CREATE COLLATION mine (provider = libc, locale = 'C');

CREATE SEQUENCE counter AS smallint INCREMENT 3 MINVALUE -5 START 7 CACHE 2 CYCLE;
SELECT nextval('counter'), nextval('counter');

CREATE FUNCTION tag(x text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS $_$ SELECT '$1;' || $1 || $a$ ; $a$ -- a comment; '
	$_$;
CREATE FUNCTION total(first int, VARIADIC rest int[] DEFAULT '{}') RETURNS bigint LANGUAGE sql
BEGIN ATOMIC
	SELECT CASE WHEN first IS NULL THEN 0 ELSE first END + coalesce((SELECT sum(r) FROM unnest(rest) AS r), 0);
END;
CREATE PROCEDURE bump(INOUT n int DEFAULT 1) BEGIN ATOMIC
	SELECT n + 1;
END;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $body$
BEGIN
	NEW.note := coalesce(NEW.note, '') || $$ stamped; $$;
	RETURN NEW;
END;
$body$;
CREATE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE AGGREGATE longest(text) (SFUNC = textcat, STYPE = text, INITCOND = '; ''');
CREATE OPERATOR ### (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
CREATE CAST (pair AS text) WITH INOUT;

CREATE TABLE person (
	id int GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 10) PRIMARY KEY,
	serial serial UNIQUE,
	name label NOT NULL DEFAULT E'o''nei\\l',
	feeling mood DEFAULT 'it''s; fine',
	spans span, pairs pair[], size positive,
	twice int GENERATED ALWAYS AS (id * 2) STORED,
	note text, raw bytea, doc jsonb, at timestamptz, sum numeric(30, 10), f float8,
	CONSTRAINT "odd; name" CHECK (note <> ';' OR name IS NULL)
);
CREATE TABLE "Odd; ""schema"""."Tab;le" ("col;umn" text DEFAULT ';''"', person int REFERENCES person DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE child (extra int) INHERITS (person);
CREATE TABLE measure (at date NOT NULL, kind text, value real) PARTITION BY RANGE (at);
CREATE TABLE measure_2020 PARTITION OF measure FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE measure_2021 PARTITION OF measure FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (kind);
CREATE TABLE measure_2021_a PARTITION OF measure_2021 FOR VALUES IN ('a;', 'b''');
CREATE TABLE measure_rest PARTITION OF measure DEFAULT;
CREATE UNLOGGED TABLE fleeting (x int);
CREATE TABLE no_columns ();
INSERT INTO no_columns DEFAULT VALUES;

CREATE INDEX ON person (lower(name)) WHERE note <> ';';
CREATE INDEX ON measure (at DESC NULLS LAST) INCLUDE (value);
CREATE UNIQUE INDEX odd ON "Odd; ""schema"""."Tab;le" ((tag("col;umn")));
CREATE STATISTICS stat ON name, note FROM person;
ALTER TABLE person ADD EXCLUDE USING gist (spans WITH &&);
ALTER TABLE person ALTER raw SET STORAGE EXTERNAL;

CREATE TRIGGER stamping BEFORE INSERT ON person FOR EACH ROW WHEN (NEW.note IS DISTINCT FROM ';') EXECUTE FUNCTION stamp();
ALTER TABLE person DISABLE TRIGGER stamping;
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('CREATE CAST') EXECUTE FUNCTION noticed();
CREATE VIEW people AS SELECT name, $$;'$$ AS odd, (tag(note)) FROM person WITH CASCADED CHECK OPTION;
CREATE RULE divert AS ON INSERT TO people DO INSTEAD (INSERT INTO fleeting VALUES (1); NOTIFY "a;b");
CREATE MATERIALIZED VIEW counted AS SELECT feeling, count(*) FROM person GROUP BY feeling;
CREATE VIEW needs_later AS SELECT id, note FROM person GROUP BY id;
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON person FOR SELECT TO dump_reader USING (note <> ';');
CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple, accept = false);
CREATE TEXT SEARCH CONFIGURATION conf (COPY = english);
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER far FOREIGN DATA WRAPPER wrapper OPTIONS (host 'a;b''c');
CREATE FOREIGN TABLE remote (x int OPTIONS (col 'a;')) SERVER far;
CREATE PUBLICATION all_of_it FOR TABLE person, measure;

GRANT SELECT (name, id), UPDATE (note) ON person TO dump_reader;
GRANT USAGE ON SCHEMA app TO PUBLIC;
REVOKE EXECUTE ON FUNCTION tag FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO dump_reader;
ALTER TABLE measure OWNER TO dump_owner;

COMMENT ON TABLE person IS E'a comment; with ''quotes'', $$dollars$$, -- dashes, /* stars\n\\. and lines\n\\connect nowhere\n\\restrict no';
COMMENT ON COLUMN person.name IS E'back\\slash; größer';
COMMENT ON FUNCTION tag IS ';';
COMMENT ON SCHEMA "Odd; ""schema""" IS '"';

-- Everything that COPY has an escape for, and what looks like an end of the data.
INSERT INTO person (name, note, raw, doc, at, sum, f, feeling, pairs, spans) VALUES
	('plain', 'x', '\x00ff5c', '{"a": "b;\"\\c"}', '2020-01-01 00:00:00.123456Z', 1.5, 'NaN', 'ok', ARRAY[ROW(1, 'a;,"')::pair, NULL], '[0,1)'),
	('', '', '', 'null', 'infinity', 'NaN', '-1', E'back\\slash', '{}', 'empty'),
	('null', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('text null', E'\\N', 'x', '1', 'epoch', 0, 1e300, 'größer', NULL, NULL),
	('end', E'\\.', 'x', '1', 'epoch', 0, 'Infinity', NULL, NULL, NULL),
	('lines', E'\n\\.\n\r\n\t\b\f\v\\\\x41', E'\\x0d0a', '1', 'epoch', 0, 0.1, NULL, NULL, NULL),
	('SQL', E'\'; DROP TABLE person; --\n\\q\n\\! id', 'x', '1', 'epoch', 0, 0, NULL, NULL, NULL),
	('wide', 'äöü €uro 日本語 🐘 e' || U&'\0301', 'x', '"🐘"', 'epoch', 0, 0, NULL, NULL, NULL);
INSERT INTO person (name, note) SELECT 'name ' || i, repeat('größer ' || i || E'\\\t', i % 50) FROM generate_series(1, 20000) i;
INSERT INTO person (name, note) VALUES ('long', repeat('0123456789ö', 300000));
INSERT INTO person (name, note) SELECT repeat('🐘', i), repeat(E'\n', i) FROM generate_series(1, 70) i;
INSERT INTO "Odd; ""schema"""."Tab;le" SELECT name || id, id FROM person WHERE id < 200;
INSERT INTO child (id, name, extra) VALUES (1, 'young', 1);
INSERT INTO measure SELECT date '2020-06-01' + i, CASE WHEN i % 2 = 0 THEN 'a;' ELSE 'b''' END, i / 3.0 FROM generate_series(1, 570) i;
INSERT INTO fleeting VALUES (1);
REFRESH MATERIALIZED VIEW counted;
END

my $text = round_trip('source', 'by_copy');
like($text, qr/^COPY app\.person .* FROM stdin;$/m, 'the data is in COPY');
like($text, qr/^ *BEGIN ATOMIC$/m, 'there is a body of SQL');
SKIP:
{
	skip 'pg_dump does not write such lines', 1 unless $knows_key;
	like($text, qr/^\\restrict extman\n.*^\\unrestrict extman$/ms, 'there are the lines for psql');
}
round_trip('source', 'by_insert', options => ['--inserts']);
round_trip('source', 'by_columns', options => [ '--column-inserts', '--rows-per-insert=50' ]);
round_trip('source', 'quoted', options => [ '--quote-all-identifiers', '--disable-triggers' ]);
round_trip('source', 'as_owners', options => ['--use-set-session-authorization']);
is($node->safe_psql('as_owners', q{SELECT tableowner FROM pg_tables WHERE tablename = 'measure'}),
	'dump_owner', 'owners by SET SESSION AUTHORIZATION');


# Section by section, in one transaction.
my @sections = map { dump_text('source', "--section=$_"); write_text("$_.sql", slurp_file("$folder/source.sql")) }
  qw(pre-data data post-data);
new_database('sections');
$node->safe_psql('sections', join "\n", 'BEGIN;', map({ "SELECT pg_execute_from_file('$_');" } @sections), 'COMMIT;');
same_text(dump_text('sections'), $text, 'section by section, the same');

# In other encodings, which pg_dump converts to and we convert from.
new_database('western', "ENCODING 'LATIN1' LOCALE 'C'");
$node->safe_psql('western', <<'END');
SET client_encoding = 'UTF8';
CREATE TABLE t ("größe" text);
INSERT INTO t SELECT repeat('äöüß ', i % 300) || i FROM generate_series(1, 3000) i;
COMMENT ON TABLE t IS 'für; ''alle''';
END
round_trip('western', 'western_again', create => "ENCODING 'LATIN1' LOCALE 'C'");
my $western = round_trip('western', 'western_utf8', options => ['--encoding=UTF8'], encoding => 'UTF8',
	create => "ENCODING 'LATIN1' LOCALE 'C'");
new_database('unicode');
is($node->safe_psql('unicode', "SELECT pg_execute_from_file('$folder/western.sql', 'UTF8') > 1"),
	't', 'into a database of another encoding');
same_text(dump_text('unicode', '--encoding=UTF8'), $western, 'the same in UTF8');

# Where neither the caller nor the database says what the file says, it is refused:
# its text would not be what it was.
new_database('mistaken', "ENCODING 'LATIN1' LOCALE 'C'");
my ($mistake, $message);
$node->psql('mistaken', "SET client_encoding = 'UTF8'; SELECT pg_execute_from_file('$folder/western.sql')", stdout => \$mistake, stderr => \$message);
like($message, qr/ERROR:  file says that it is in encoding "UTF8", but it is read as "LATIN1"\nHINT: /,
	'the encoding that a dump says is not ignored');

# ---------- the session afterwards ----------

my $whole = write_text('whole.sql', $text);
is( $node->safe_psql('postgres', <<"END"),
CREATE DATABASE session TEMPLATE template0;
\\c session
CREATE EXTENSION pg_extman;
SET search_path = pg_temp, public;
SET client_encoding = 'LATIN1';
SET check_function_bodies = on;
SELECT pg_execute_from_file('$whole') > 10;
SELECT current_setting('search_path'), current_setting('client_encoding'), current_setting('check_function_bodies'),
	current_setting('row_security'), current_setting('statement_timeout') = '0', current_user;
END
	't' . "\n" . 'pg_temp, public|LATIN1|on|on|t|' . $node->safe_psql('postgres', 'SELECT current_user'),
	'what the dump set ends with it');

# ---------- what is refused ----------

$node->safe_psql('source', <<'END');
SELECT lo_from_bytea(16000, '\x00' || convert_to(repeat('large; ''object''', 5000), 'UTF8'));
SELECT lo_from_bytea(16001, '');
COMMENT ON LARGE OBJECT 16000 IS 'a; ''comment''';
GRANT SELECT ON LARGE OBJECT 16000 TO dump_reader;
END

# pg_dump wraps the data of large objects in a transaction of its own.
dump_text('source');
new_database('refuses');
my ($stdout, $stderr);
$node->psql('refuses', "SELECT pg_execute_from_file('$folder/source.sql')", stdout => \$stdout, stderr => \$stderr);
like($stderr, qr/ERROR:  transaction control statements are not allowed within a file\nHINT: .* -B /,
	'large objects come in a transaction, which is refused');
like($stderr, qr/^CONTEXT:  SQL statement "BEGIN"\nSQL file "\Q$folder\E\/source\.sql", near line \d+$/m, 'and pointed at');
is($node->safe_psql('refuses', q{SELECT count(*) FROM pg_namespace WHERE nspname = 'app'}), '0', 'nothing is left of it');

round_trip('source', 'without_large', options => ['-B']);

# Without those two lines, it is loaded.
round_trip('source', 'with_large', change => qr/^(BEGIN|COMMIT);\n/m);

dump_text('source', '--create', '-B');
$node->psql('refuses', "SELECT pg_execute_from_file('$folder/source.sql')", stdout => \$stdout, stderr => \$stderr);
like($stderr, qr/ERROR:  CREATE DATABASE cannot /, 'nor is a database created');
(my $connecting = slurp_file("$folder/source.sql")) =~ s/^(CREATE|ALTER) DATABASE .*\n//gm;
my $connects = write_text('connects.sql', $connecting);
$node->psql('refuses', "SELECT pg_execute_from_file('$connects')", stdout => \$stdout, stderr => \$stderr);
like($stderr, qr/ERROR:  psql command "\\connect" cannot be executed by the server\n.*\nHINT: .*--create/,
	'nor is another one connected to');

$node->stop;
done_testing();
