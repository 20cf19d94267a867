# Which files pg_execute_from_file() reads, and what it says of those that it does
# not.  Nothing waits, and nobody learns what he may not read.
use strict;
use warnings;

use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use POSIX qw(mkfifo);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = start_node('paths');
my $data = $node->data_dir;
my $folder = abs_path(PostgreSQL::Test::Utils::tempdir);

$node->safe_psql('postgres', <<'END');
CREATE ROLE reader LOGIN;
GRANT pg_read_server_files TO reader;
CREATE ROLE nobody LOGIN;
GRANT EXECUTE ON FUNCTION pg_execute_from_file TO nobody;
CREATE TABLE done (what text);
GRANT INSERT ON done TO reader;
-- Not reader's, and of the rights of its owner.
CREATE FUNCTION by_owner(file text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public
	AS $$ SELECT pg_execute_from_file(file) $$;
END

sub write_file
{
	my ($path, $content) = @_;
	unlink $path;
	append_to_file($path, $content);
	return $path;
}

sub literal
{
	my ($text) = @_;
	$text =~ s/'/''/g;
	return "'$text'";
}

# What a role gets: the number of statements, or the message.
sub execute_as
{
	my ($role, $path, $function) = @_;
	my ($stdout, $stderr);

	$function //= 'pg_execute_from_file';
	$node->psql('postgres', "SET statement_timeout = '30s'; SELECT $function(" . literal($path) . ')',
		stdout => \$stdout, stderr => \$stderr, extra_params => [ '-U', $role ],
		on_error_stop => 0);
	$stderr =~ s/^psql:<stdin>:\d+: //mg;
	return $stderr || $stdout;
}

sub execute { return execute_as(scalar getpwuid($<), @_) }

my $plain = "INSERT INTO public.done VALUES ('it');\n";

# ---------- what is read ----------

write_file("$data/inside.sql", $plain);
is(execute('inside.sql'), '1', 'a relative path is below the data directory');
is(execute('./base/../inside.sql'), '1', 'with dots in it');
write_file("$folder/outside.sql", $plain);
is(execute("$folder/outside.sql"), '1', 'an absolute path');
my ($last) = $folder =~ m{([^/]+)$};
is(execute("$folder/../$last/outside.sql"), '1', 'with dots in it, too');
is(execute_as('reader', "$folder/outside.sql"), '1', 'by one who may read files');
is(execute_as('reader', 'base/../inside.sql'), '1', 'with dots');
my $up = '../' x ($data =~ tr{/}{});
is(execute_as('reader', "$up$folder/outside.sql"), '1', 'above the data directory');

symlink("$folder/outside.sql", "$folder/link.sql") or die;
is(execute("$folder/link.sql"), '1', 'a symbolic link is followed');
symlink('nowhere', "$folder/broken.sql") or die;
is(execute("$folder/broken.sql"), qq{ERROR:  could not open file "$folder/broken.sql" for reading: No such file or directory},
	'one that leads nowhere is not');
symlink('loop.sql', "$folder/loop.sql") or die;
like(execute("$folder/loop.sql"), qr/^ERROR:  could not open file .*: Too many levels of symbolic links$/, 'nor one to itself');

is(execute(write_file("$folder/empty.sql", '')), '0', 'an empty file');
is(execute(write_file("$folder/line\nbreak.sql", $plain)), '1', 'a line break in a path');
is(execute(write_file("$folder/it's \"größer\" \\ \$x.sql", $plain)), '1', 'other odd characters');
like(execute("$folder/größer"), qr/^ERROR:  could not open file "\Q$folder\E\/größer" for reading: No such file/, 'shown as they are');
is(execute(write_file("$folder/bom.sql", "\xEF\xBB\xBF$plain")), '1', 'a byte order mark');
is(execute(write_file("$folder/bom_only.sql", "\xEF\xBB\xBF")), '0', 'and nothing else');
is(execute(write_file("$folder/bom_cut.sql", "\xEF\xBB")),
	"ERROR:  invalid byte sequence for encoding \"UTF8\": 0xef 0xbb\nCONTEXT:  file \"$folder/bom_cut.sql\", line 1", 'half of one');

# ---------- what is not ----------

is(execute("$folder/none.sql"), qq{ERROR:  could not open file "$folder/none.sql" for reading: No such file or directory}, 'no file');
is(execute($folder), qq{ERROR:  "$folder" is not a regular file}, 'a folder');
is(execute("$folder/outside.sql/x"), qq{ERROR:  could not open file "$folder/outside.sql/x" for reading: Not a directory}, 'below a file');
mkfifo("$folder/fifo", 0600) or die;
is(execute("$folder/fifo"), qq{ERROR:  "$folder/fifo" is not a regular file}, 'a FIFO is not waited for');
is(execute('/dev/zero'), 'ERROR:  "/dev/zero" is not a regular file', 'a device without an end');
is(execute('/dev/null'), 'ERROR:  "/dev/null" is not a regular file', 'one without a start');
is(execute($node->host . '/.s.PGSQL.' . $node->port),
	'ERROR:  could not open file "' . $node->host . '/.s.PGSQL.' . $node->port . '" for reading: No such device or address', 'a socket');
is(execute(''), 'ERROR:  path must not be empty', 'nothing');
like(execute('x' x 300), qr/^ERROR:  could not open file "x{300}" for reading: File name too long$/, 'a long name');
like(execute('/x' x 5000), qr/^ERROR:  could not open file "(\/x){5000}" for reading: File name too long$/, 'a long path');
like(execute('/proc/self/environ'), qr/^ERROR:  invalid byte sequence for encoding "UTF8": 0x00\nCONTEXT:  file "\/proc\/self\/environ", line 1$/,
	'a file of the kernel that is no text');
like(execute('/proc/self/status'), qr/^ERROR:  syntax error at or near "Name"/, 'one that is text, but has no size');
like(execute('/proc/self/mem'), qr/^ERROR:  could not read file "\/proc\/self\/mem": Input\/output error$/, 'one that cannot be read');

# None of them is an internal error.
my $sqlstates = join ', ', map { literal($_) } "$folder/loop.sql", $node->host . '/.s.PGSQL.' . $node->port, 'x' x 300, $folder, "$folder/none.sql";
is( $node->safe_psql('postgres', <<"END"), '42809 42809 42622 42809 58P01', 'their SQLSTATEs');
CREATE FUNCTION sqlstate_of(path text) RETURNS text LANGUAGE plpgsql AS \$\$
BEGIN
	PERFORM pg_execute_from_file(path);
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	RETURN sqlstate;
END \$\$;
SELECT string_agg(sqlstate_of(path), ' ' ORDER BY n) FROM unnest(ARRAY[$sqlstates]) WITH ORDINALITY AS paths(path, n);
END

SKIP:
{
	write_file("$folder/secret.sql", $plain);
	chmod 0000, "$folder/secret.sql";
	skip 'root may read everything', 1 if $< == 0;
	is(execute("$folder/secret.sql"), qq{ERROR:  could not open file "$folder/secret.sql" for reading: Permission denied}, 'not readable');
}

# ---------- while it is executed ----------

write_file("$folder/vanishes.sql", "$plain COPY done FROM PROGRAM 'rm $folder/vanishes.sql';\n$plain" . "-- a comment to fill a slice\n" x 10000 . $plain);
is(execute("$folder/vanishes.sql"), '4', 'a file that is removed');
ok(!-e "$folder/vanishes.sql", 'it is gone');
write_file("$folder/grows.sql", "COPY done FROM PROGRAM 'for i in 1 2 3; do echo \"SELECT 1;\" >>$folder/grows.sql; done';\n" . "-- a comment to fill a slice\n" x 10000);
is(execute("$folder/grows.sql"), '4', 'one that grows');
write_file("$folder/shrinks.sql", "COPY done FROM PROGRAM 'head -c 100000 /dev/null >$folder/shrinks.sql';\n" . "SELECT 'a statement to fill a slice';\n" x 10000);
like(execute("$folder/shrinks.sql"), qr/^(1\d\d\d|ERROR:  (unterminated|syntax))/, 'one that shrinks ends where it ends by then');
write_file("$folder/itself.sql", "SELECT pg_execute_from_file('$folder/itself.sql');\n");
like(execute("$folder/itself.sql"), qr/^ERROR:  (stack depth limit exceeded|exceeded maxAllocatedDescs)/, 'one that executes itself');

# No file stays open, also when the error is caught.
is( $node->safe_psql('postgres', <<"END"), '0', 'files are closed');
SELECT count(*) FROM generate_series(1, 2000) WHERE pg_execute_from_file('$folder/empty.sql') <> 0;
DO \$\$
DECLARE
	before int := (SELECT count(*) FROM pg_ls_dir('/proc/self/fd'));
	later int;
BEGIN
	FOR i IN 1 .. 2000 LOOP
		BEGIN
			PERFORM pg_execute_from_file(CASE i % 4 WHEN 0 THEN '$folder/bom_cut.sql' WHEN 1 THEN '/proc/self/status'
				WHEN 2 THEN '$folder' ELSE '/proc/self/mem' END);
		EXCEPTION WHEN OTHERS THEN
			NULL;
		END;
	END LOOP;
	later := (SELECT count(*) FROM pg_ls_dir('/proc/self/fd'));
	IF later > before + 5 THEN
		RAISE EXCEPTION '% before, % later', before, later;
	END IF;
END \$\$;
END

# ---------- who learns what ----------

# One who may not read files gets the same answer, whatever there is.
my $denied = "ERROR:  permission denied to execute a file on the server\n"
  . 'DETAIL:  Only superusers and members of role pg_read_server_files may do so.';
is(execute_as('nobody', $_), $denied, 'denied: ' . substr($_, 0, 40))
  foreach ('inside.sql', 'none.sql', $folder, "$folder/none.sql", "$folder/fifo", '/dev/zero', '/' x 3000);

# One who may runs it with his own rights, not with those of the server.
write_file("$folder/alter.sql", "ALTER ROLE reader SUPERUSER;\n");
like(execute_as('reader', "$folder/alter.sql"),
	qr/^ERROR:  (must be superuser|permission denied) to alter .*\n(DETAIL: .*\n)?CONTEXT:  SQL statement "ALTER ROLE reader SUPERUSER"\nSQL file "\Q$folder\E\/alter\.sql", near line 1$/,
	'a reader of files gains nothing by it');
write_file("$folder/role.sql", "SET ROLE nobody;\n$plain");
like(execute_as('reader', "$folder/role.sql"), qr/^ERROR:  permission denied to set role "nobody"/, 'nor by SET ROLE');

# Lent by a function of somebody else's, it is that one's rights; the file cannot
# break out of them.
is(execute_as('nobody', 'inside.sql', 'by_owner'), '1', 'it can be lent by a function');
write_file("$data/breaks.sql", "SET SESSION AUTHORIZATION DEFAULT;\n");
like(execute_as('nobody', 'breaks.sql', 'by_owner'),
	qr/^ERROR:  cannot set parameter "session_authorization" within security-definer function/, 'which holds');

# What the file sets is not the caller's, although the function is not either.
write_file("$data/sets.sql", "SET search_path = pg_temp; SET work_mem = '1MB';\n");
is( $node->safe_psql('postgres',
		"SELECT by_owner('sets.sql'); SELECT current_setting('search_path'), current_setting('work_mem') = '1MB', current_user = session_user"),
	"2\n\"\$user\", public|f|t", 'what it set there ends with it');

$node->stop;
done_testing();
