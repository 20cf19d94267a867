# A process that changes the files of two packages without pause: shift_b, which needs
# shift_a.  Each file says its generation, so that what was run can be told.
package Changes;

use strict;
use warnings;

use Exporter qw(import);
use Extman;
use IO::Socket::UNIX;
use POSIX ();
use PostgreSQL::Test::Utils;
use Soak;
use Time::HiRes qw(usleep);

our @EXPORT = qw(changes_begin changes_start changes_stop changes_heal changes_count);

my $parent;
my $generation = 0;
my $count_file;
my @files = qw(control install.sql uninstall.sql upgrade--1.0--2.0.sql upgrade--2.0--3.0.sql CONF);

# ---------- what the files hold ----------

sub say_statement
{
	my ($name, $what) = @_;
	return "INSERT INTO public.said (package, what, generation) VALUES ('$name','$what',$generation);\n";
}

# Now and then it is longer than what is read or recorded at once.
sub filler { return join '', map { "-- line $_ of generation $generation\n" } 1 .. pick(1, 10, 100, 5000) }

sub content
{
	my ($name, $file) = @_;
	$generation++;
	if ($file eq 'control')
	{
		my $version = pick('1.0', '2.0', '3.0');
		return "name = $name\nversion = $version\ncustom_variable_classes = $name\n"
		  . ($name eq 'shift_b' ? "depends = shift_a\n" : '')
		  . "comment = 'generation $generation'\n";
	}
	return "$name.level = $generation\n" if $file eq 'CONF';
	my ($what) = $file =~ /^(\w+)/;
	$what = "upgrade_$1_$2" if $file =~ /^upgrade--(.*)--(.*)\.sql$/;
	return say_statement($name, $what)
	  . filler()
	  . ($what eq 'install' ? "CREATE FUNCTION ${name}_generation() RETURNS integer LANGUAGE sql RETURN $generation;\n" : '')
	  . say_statement($name, $what);
}

sub path_of
{
	my ($name, $file) = @_;
	return "$parent/$name/" . ($file eq 'CONF' ? "$name.conf" : $file);
}

# ---------- ways to change a file ----------

sub write_file
{
	my ($path, $text) = @_;
	open my $handle, '>', $path or return;
	print $handle $text;
	close $handle;
	return;
}

# Whatever it is now, it goes.
sub remove
{
	my ($path) = @_;
	unlink $path or rmdir $path;
	return;
}

sub exchange
{
	my ($path, $text) = @_;
	write_file("$parent/new", $text);
	rmdir $path if -d $path && !-l $path;
	rename "$parent/new", $path;
	return;
}

my %break = (
	replace => sub { my ($path, $text) = @_; exchange($path, $text) },
	rewrite => sub {
		my ($path, $text) = @_;
		my $half = int rand length $text;
		write_file($path, substr $text, 0, $half);
		usleep(int rand 3000);
		open my $handle, '>>', $path or return;
		print $handle substr $text, $half;
		close $handle;
	},
	overwrite => sub {
		my ($path, $text) = @_;
		open my $handle, '+<', $path or return;
		syswrite $handle, $text;
		close $handle;
	},
	truncate => sub { truncate $_[0], int rand((-s $_[0] // 0) + 1) },
	empty => sub { write_file($_[0], '') },
	delete => sub { remove($_[0]) },
	unreadable => sub { chmod 0, $_[0] },
	garbage => sub { write_file($_[0], pick("\xff\xfe\0\0", "= = =\n", "\0" x 100, "SELECT 'never ends", 'x' x 3_000_000)) },
	folder => sub { remove($_[0]); mkdir $_[0] },
	fifo => sub { remove($_[0]); POSIX::mkfifo($_[0], 0600) },
	socket => sub {
		remove($_[0]);
		IO::Socket::UNIX->new(Type => SOCK_STREAM(), Local => "$parent/s", Listen => 1);
		rename "$parent/s", $_[0];
	},
	link => sub {
		my ($path, $text) = @_;
		my $target = "$parent/target-" . $path =~ s{.*/(.*)/(.*)}{$1-$2}r;
		write_file($target, $text);
		remove($path);
		symlink $target, $path;
	},
	dangling => sub { remove($_[0]); symlink "$parent/nowhere/at-all", $_[0] },
	loop => sub { remove($_[0]); symlink $_[0], $_[0] },
	zeros => sub { remove($_[0]); symlink '/dev/zero', $_[0] },
	whole_folder => sub {
		my ($folder) = $_[0] =~ m{^(.*)/};
		rename $folder, "$parent/.away" or return;
		pick(sub { }, sub { write_file($folder, 'x') }, sub { POSIX::mkfifo($folder, 0600) },
			sub { symlink $folder, $folder }, sub { symlink "$parent/.away", $folder })->();
		usleep(int rand 5000);
		remove($folder);
		rename "$parent/.away", $folder;
	},
	closed_folder => sub {
		my ($folder) = $_[0] =~ m{^(.*)/};
		chmod pick(0, 0100, 0400), $folder;
		usleep(int rand 5000);
		chmod 0755, $folder;
	});

# ---------- the process ----------

# The packages as they should be; returns their common folder.
sub changes_begin
{
	foreach my $name (qw(shift_a shift_b))
	{
		my $folder = write_package($name, '1.0');
		($parent) = $folder =~ m{^(.*)/};
		rename $folder, "$parent/$name";
	}
	$count_file = PostgreSQL::Test::Utils::tempdir() . '/count';
	changes_heal();
	return $parent;
}

sub changes_heal
{
	foreach my $name (qw(shift_a shift_b))
	{
		exchange(path_of($name, $_), content($name, $_)) foreach @files;
	}
	return;
}

# Breaks one file, and mends it, most times at once, as often as it can.
sub change_for_ever
{
	my $count = 0;
	my $stop = 0;
	local $SIG{TERM} = sub { $stop = 1 };
	local $SIG{PIPE} = 'IGNORE';

	until ($stop)
	{
		my $name = pick(qw(shift_a shift_b));
		my $file = pick(@files, 'control', 'install.sql');
		my $path = path_of($name, $file);
		$break{ pick(sort keys %break) }->($path, content($name, $file));
		usleep(int rand pick(100, 1000, 10_000));
		exchange($path, content($name, $file)) if rand() < 0.9;
		exchange(path_of($name, $_), content($name, $_)) foreach rand() < 0.1 ? @files : ();
		usleep(int rand pick(100, 1000, 30_000));
		$count++;
	}
	write_file($count_file, $count);
	return;
}

sub changes_start
{
	my ($seed) = @_;
	my $pid = fork;
	die "fork: $!" if !defined $pid;
	return $pid if $pid;

	# Nothing of the test's own runs in this process, not even its end.
	srand $seed + 1;
	eval { change_for_ever(); 1 } or write_file($count_file, 0);
	POSIX::_exit(0);
}

sub changes_stop
{
	my ($pid) = @_;
	kill 'TERM', $pid;
	waitpid $pid, 0;
	return;
}

sub changes_count { return Soak::read_file($count_file) }

1;
