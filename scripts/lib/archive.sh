# shellcheck shell=bash
# The indexes of Debian's archive: those that apt has on this machine, and those of
# other suites, which an apt of our own fetches.  Sourced by scripts/test,
# scripts/bench and scripts/matrix, after common.sh.

ARCHIVE_DIR=$BUILD_DIR/archive
ARCHIVE_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# archive_known FIELD SUITE [APT OPTION...]: what apt knows of the suite's main.
archive_known() {
  local field=$1 suite=$2
  shift 2
  apt-get "$@" indextargets --format "\$($field)" 'Created-By: Packages' "Codename: $suite" \
    'Component: main' 'Architecture: amd64'
}

# archive_index SUITE: prints the name of the suite's Packages file, which may be
# compressed.  The machine's own lists are used where they have it.
archive_index() {
  local suite=$1 file
  for file in $(archive_known FILENAME "$suite"); do
    if [ -s "$file" ]; then
      printf '%s\n' "$file"
      return
    fi
  done
  archive_fetch "$suite" >&2 || return 1
  for file in $(archive_known FILENAME "$suite" -c "$ARCHIVE_DIR/$suite/apt.conf"); do
    if [ -s "$file" ]; then
      printf '%s\n' "$file"
      return
    fi
  done
  warn "apt has no Packages file of $suite"
  return 1
}

# archive_fetch SUITE: by apt, with a configuration, state and cache below build/.
# Nothing of the system's is changed.
archive_fetch() {
  local suite=$1 dir=$ARCHIVE_DIR/$1
  say "fetching the package lists of $suite"
  mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial" "$dir/sources"
  cat >"$dir/sources/$suite.sources" <<END
Types: deb
URIs: $(archive_mirror)
Suites: $suite
Components: main
Architectures: amd64
Signed-By: $ARCHIVE_KEYRING
END
  # Given by -c, it is read after the system's, whose hooks are not for this.
  cat >"$dir/apt.conf" <<END
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Sandbox::User "root";
Dir::State "$dir/state";
Dir::Cache "$dir/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$dir/sources";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
END
  quietly "$BUILD_DIR/log/archive-$suite" apt-get -q -c "$dir/apt.conf" update
}

# The mirror that the machine itself uses.
archive_mirror() {
  local mirror codename
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  mirror=$(archive_known REPO_URI "$codename" | head -n 1)
  printf '%s\n' "${mirror:-http://deb.debian.org/debian}"
}

# archive_text SUITE: the same as plain text, so that a benchmark measures no
# decompression.  Prints the name of a file.
archive_text() {
  local suite=$1 index text=$ARCHIVE_DIR/$1.Packages
  index=$(archive_index "$suite") || return 1
  mkdir -p "$ARCHIVE_DIR"
  if [ ! -s "$text" ] || [ "$index" -nt "$text" ]; then
    /usr/lib/apt/apt-helper cat-file "$index" >"$text.new" && mv "$text.new" "$text" || return 1
  fi
  printf '%s\n' "$text"
}
