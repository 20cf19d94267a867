# What changes on the control path is seen by the next call of the same backend,
# also when nothing had changed for long enough to be remembered.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/lib";

use Extman;
use PostgreSQL::Test::Utils;
use Test::More;

# Time stamps of files count as reliable once they are two seconds old.
my $settle = 'SELECT pg_sleep(3);';
my $list = <<'END_OF_SQL';
SELECT string_agg(name || '=' || coalesce(comment, version), ' ' ORDER BY name, version)
FROM pg_extension_available() WHERE source LIKE :'folder' || '/%';
END_OF_SQL

my $node;
my $elsewhere = PostgreSQL::Test::Utils::tempdir;
my $edited = write_package('edited', '1.0', control => "comment = 'before'\n");
my $removed = write_package('removed', '1.0');
my $stripped = write_package('stripped', '1.0');
my ($parent) = $edited =~ m{^(.*)/};

$node = start_node('changes');

# One session: its lines come out in order, and so do the changes between them.
sub session
{
	my (@commands) = @_;
	return $node->safe_psql('postgres',
		join("\n", "\\set folder '$parent'", map { $_ eq 'list' ? $list : $_ } @commands));
}

sub shell { return map { "\\! $_" } @_ }

sub new_package
{
	my ($name, $folder) = @_;
	return shell(
		"mkdir -p $folder",
		"printf 'name = $name\\nversion = 1.0\\n' >$folder/control",
		"touch $folder/install.sql");
}

is( session(
		$settle, 'list', 'list',
		new_package('added', "$parent/added"),
		shell("sed -i -e s/before/after/ $edited/control",
			"rm -r $removed", "rm $stripped/install.sql"),
		'list'),
	"\n"
	  . "edited=before removed=1.0 stripped=1.0\n"
	  . "edited=before removed=1.0 stripped=1.0\n"
	  . 'added=1.0 edited=after',
	'a package that is new, one that was edited, those that are gone');

# Another entry of the folder may become a package without a change of the folder.
mkdir "$parent/empty" or die;
symlink "$elsewhere/linked", "$parent/linked" or die;
is( session(
		$settle, 'list', 'list',
		shell("touch $stripped/install.sql"),
		new_package('empty', "$parent/empty"),
		new_package('linked', "$elsewhere/linked"),
		'list', $settle, 'list',
		# In place, so that only the file itself shows that it has changed.
		shell("printf 'comment = again\\n' >>$parent/empty/control"),
		'list'),
	"\n"
	  . "added=1.0 edited=after\n"
	  . "added=1.0 edited=after\n"
	  . "added=1.0 edited=after empty=1.0 linked=1.0 stripped=1.0\n\n"
	  . "added=1.0 edited=after empty=1.0 linked=1.0 stripped=1.0\n"
	  . 'added=1.0 edited=after empty=again linked=1.0 stripped=1.0',
	'an entry that was no package, and becomes one');

# The path may change, and change back.
is( session(
		'SELECT count(*) FROM pg_extension_available() WHERE source LIKE :\'folder\' || \'/%\';',
		"SET pg_extman.control_path = '$elsewhere';",
		'SELECT name FROM pg_extension_available() WHERE source NOT LIKE \'%.control\';',
		'RESET pg_extman.control_path;',
		'SELECT count(*) FROM pg_extension_available() WHERE source LIKE :\'folder\' || \'/%\';'),
	"5\nlinked\n5",
	'another path');

$node->stop;
done_testing();
