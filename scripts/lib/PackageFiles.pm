package PackageFiles;

# What the scripts that make package folders share: files, and the control files of
# PostgreSQL's own kind.
use strict;
use warnings;

use Exporter qw(import);
use File::Basename qw(basename dirname);
use File::Path qw(make_path);

our @EXPORT = qw(fail read_file write_file read_core_control quoted boolean);

# Ends the script with a message.
sub fail
{
	my ($message) = @_;
	die basename($0) . ": $message\n";
}

sub read_file
{
	my ($path) = @_;
	open my $file, '<:raw', $path or fail("could not open \"$path\": $!");
	local $/;
	my $text = <$file>;
	close $file;
	return $text;
}

# Makes the folders above it, too.
sub write_file
{
	my ($path, $text) = @_;
	make_path(dirname($path));
	open my $file, '>:raw', $path or fail("could not create \"$path\": $!");
	print $file $text;
	close $file or fail("could not write \"$path\": $!");
	return;
}

# The syntax of postgresql.conf, as guc-file.l reads it: "key = value" or "key
# value"; in quotes, '' and backslash escapes.
sub read_core_control
{
	my ($path) = @_;
	my %value;
	my $line = 0;
	for (split /\n/, read_file($path))
	{
		$line++;
		s/\r$//;
		next if /^\s*(?:#|$)/;
		if (/^\s*([A-Za-z_]\w*)(?:\s*=\s*|\s+)'((?:[^'\\]|''|\\.)*)'\s*(?:#.*)?$/)
		{
			my ($key, $text) = (lc $1, $2);
			$text =~ s/''|\\(.)/defined $1 ? unescape($1) : "'"/ge;
			$value{$key} = $text;
		}
		elsif (/^\s*([A-Za-z_]\w*)(?:\s*=\s*|\s+)([^\s'#]+)\s*(?:#.*)?$/)
		{
			$value{ lc $1 } = $2;
		}
		else
		{
			fail("$path:$line: syntax error");
		}
	}
	return \%value;
}

sub unescape
{
	my ($char) = @_;
	my %special = (n => "\n", r => "\r", t => "\t", b => "\b", f => "\f");
	return $special{$char} // $char;
}

# A value of a package's control file.
sub quoted
{
	my ($text) = @_;
	fail("a value holds a line break: \"$text\"") if $text =~ /[\r\n]/;
	return "'" . $text =~ s/'/''/gr . "'";
}

# Core accepts every spelling that parse_bool() does.
sub boolean
{
	my ($key, $text) = @_;
	return 'true' if $text =~ /^(?:t|tr|tru|true|y|ye|yes|on|1)$/i;
	return 'false' if $text =~ /^(?:f|fa|fal|fals|false|n|no|of|off|0)$/i;
	fail("$key is not a Boolean: \"$text\"");
}

1;
