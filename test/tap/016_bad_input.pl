# Control files and requests with something wrong, through the functions: no crash, no
# long wait, always a message that says where.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";
use Time::HiRes qw(time);

use Extman;
use PostgreSQL::Test::Utils;
use Test::More;

my $count = 300;
srand(20100521);

# One to three bytes changed, put in, or taken out with what follows.
sub mutate
{
	my ($text) = @_;
	my @special = ("=", "#", "'", "\n", " ", "\t", ",", "|", "(", ")", "<", "-", "~", "\xC3", "\xFF", "\0");

	for (1 .. 1 + int(rand(3)))
	{
		my $at = int(rand(length $text));
		my $kind = int(rand(3));
		substr($text, $at, $kind == 0 ? 1 : $kind == 1 ? 0 : 1 + int(rand(10))) =
		  $kind == 2 ? '' : $special[ int(rand(@special)) ];
	}
	return $text;
}

my $original = <<'END';
depends = bar (>= 1.1, << 2), spatial | geometry
conflicts = bla (< 0.8)
provides = shape (= 3.0)
custom_variable_classes = 'shape'
comment = 'it''s # a comment'
relocatable = false
trusted = true
END
for my $i (1 .. $count)
{
	my $folder = write_package("package_$i", '1.0');
	my $control = "$folder/control";
	my $text = mutate("name = package_$i\nversion = 1.0\n" . $original);
	open(my $file, '>:raw', $control) or die "$control: $!";
	print $file $text;
	close $file;
}
write_package('good', '1.0');

my $node = start_node('bad_input');
my $begin = time;
my ($broken, $nowhere, $available) = split /\|/, $node->safe_psql('postgres', <<'END');
SELECT count(*) FILTER (WHERE message <> ''),
	count(*) FILTER (WHERE (line IS NULL OR "column" IS NULL) AND message !~ '^folder |missing'),
	(SELECT count(*) FROM pg_extension_available() WHERE name = 'good' OR name LIKE 'package\_%')
FROM pg_extension_broken() WHERE file LIKE '%/package\_%'
END
cmp_ok(time - $begin, '<', 10, 'broken control files are read soon');
note("$count control files: $broken broken, $available packages available");
cmp_ok($broken, '>', $count / 3, 'many are broken');
cmp_ok($available, '>', 1, 'some are not');
is($nowhere, 0, 'each message has a place, but of what is missing and of the name of the folder');

# Requests, in one session.
my @requests = map { my $text = mutate('good (>= 1.0, << 2), spatial | good'); $text =~ s/[\0\xC3\xFF]/%/g; $text } 1 .. $count;
my $sql = "\\set VERBOSITY verbose\nSET statement_timeout = '1s';\n";
$sql .= "SELECT count(*) FROM pg_extension_plan(\$request\$$_\$request\$);\n" foreach @requests;
my ($stdout, $stderr) = ('', '');
$node->psql('postgres', "$sql SELECT 'alive';", stdout => \$stdout, stderr => \$stderr, on_error_stop => 0);
like($stdout, qr/^alive$/m, 'the session lived to the end');
my %states;
$states{$1}++ while $stderr =~ /(?:ERROR|FATAL|PANIC):  (\w{5}):/g;
note("$count requests: " . join(', ', map { "$states{$_} times $_" } sort keys %states));
is(join(' ', grep { !/^(42601|42704|55000)$/ } keys %states), '', 'nothing else goes wrong');
cmp_ok($states{42601}, '>', 10, 'many are no requests');
my $placed = () = $stderr =~ /ERROR:  42601: .* at (?:line \d+, )?character \d+: /g;
is($placed, $states{42601}, 'each of them names the place');

$node->stop;
done_testing();
