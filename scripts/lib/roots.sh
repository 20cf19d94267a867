# shellcheck shell=bash
# Small installations of Debian's other suites below build/roots, each with another
# PostgreSQL, and what runs in them.  Sourced by scripts/matrix, after common.sh,
# archive.sh and packages.sh.
#
# A command in a root has a mount and a process namespace of its own.  However it
# ends, its mounts and its processes end with it; nothing of the machine's is
# mounted in a root.

ROOTS_DIR=$BUILD_DIR/roots
ROOT_SUITES=(trixie forky sid experimental)    # the first that has the version is taken
PACKAGES_ROOT=(g++ make cmake gettext libboost-dev libgtest-dev libpq-dev libssl-dev perl)   # in each
ROOT_STAMP=.complete                           # written last of all: the packages
ROOT_SOURCE=/srv/pg_extman                     # the checkout, in a root
ROOT_OLD=/srv/old                              # an older PostgreSQL, in a root

# root_suite MAJOR: prints the suite that has this PostgreSQL.  Status 3: none has.
root_suite() {
  local major=$1 suite
  for suite in "${ROOT_SUITES[@]}"; do
    if [ -e "$ROOTS_DIR/$suite-$major/$ROOT_STAMP" ]; then
      printf '%s\n' "$suite"
      return
    fi
  done
  for suite in "${ROOT_SUITES[@]}"; do
    root_lists "$suite" || return 1
    if root_suite_has "$suite" "postgresql-server-dev-$major"; then
      printf '%s\n' "$suite"
      return
    fi
  done
  return 3
}

# The package lists of the suite.  apt ends well also when it got none.
root_lists() {
  local dir=$ARCHIVE_DIR/$1
  root_has_lists "$dir" || { archive_fetch "$1" >&2 && root_has_lists "$dir"; } || {
    warn "there are no package lists of $1"
    return 1
  }
}

root_has_lists() {
  [ -d "$1/state/lists" ] && [ -n "$(find "$1/state/lists" -name '*_Packages*' -size +0 -print -quit)" ]
}

# Of what apt knows, these are only the names that the suite itself has: the status
# file of the machine's dpkg is left out.
root_suite_has() {
  local suite=$1 name=$2
  apt-cache -c "$ARCHIVE_DIR/$suite/apt.conf" -o Dir::State::status=/dev/null pkgnames "$name" |
    grep -qx -- "$name"
}

# root_packages SUITE MAJOR: what the suites of tests need, and of the real extensions
# those that the suite has.
root_packages() {
  local suite=$1 major=$2 name
  printf '%s\n' "${PACKAGES_ROOT[@]}" "postgresql-$major" "postgresql-server-dev-$major"
  for name in "${PACKAGES_TAP[@]}" "${PACKAGES_REAL[@]}"; do
    name=${name/postgresql-$PG_MAJOR-/postgresql-$major-}
    if root_suite_has "$suite" "$name" ||
      { [ "$suite" = experimental ] && root_suite_has sid "$name"; }; then
      printf '%s\n' "$name"
    fi
  done
}

# root_make SUITE MAJOR: makes the root, unless there is a whole one with these packages.
root_make() {
  local suite=$1 major=$2 root=$ROOTS_DIR/$1-$2 line packages
  local -a options=() sources=()
  root_lists "$suite" || return 1
  packages=$(root_packages "$suite" "$major" | sort -u | paste -sd,) || return 1
  [ ! -e "$root/$ROOT_STAMP" ] || [ "$(<"$root/$ROOT_STAMP")" != "$packages" ] || return 0
  root_remove "$root"
  mkdir -p "$ROOTS_DIR"
  say "making a root of $suite with PostgreSQL $major"

  # How the machine's apt reaches its mirror: also by a proxy.
  while IFS= read -r line; do
    options+=("--aptopt=$line")
  done < <(apt-config dump | grep -iE '^Acquire::(http|https|ftp)::.')
  sources=("deb [signed-by=$ARCHIVE_KEYRING] $(archive_mirror) ${suite/experimental/sid} main")
  if [ "$suite" = experimental ]; then
    sources+=("deb [signed-by=$ARCHIVE_KEYRING] $(archive_mirror) experimental main")
    # Only what is asked for, and what that needs, comes from there.
    printf 'Package: postgresql*%s* libpq*\nPin: release a=experimental\nPin-Priority: 990\n' \
      "$major" >"$SCRATCH/preferences"
    options+=("--setup-hook=copy-in $SCRATCH/preferences /etc/apt/")
  fi
  # shellcheck disable=SC2016 # $1 is for the shell of mmdebstrap
  quietly "$BUILD_DIR/log/root-$suite-$major" mmdebstrap --mode=root --variant=minbase \
    --hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr \
    --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Languages "none"' \
    "${options[@]}" \
    --essential-hook='mkdir -p "$1/etc/postgresql-common/createcluster.d"' \
    --essential-hook='echo "create_main_cluster = false" >"$1/etc/postgresql-common/createcluster.d/none.conf"' \
    --include="$packages" "${suite/experimental/sid}" "$root" "${sources[@]}" || return 1
  printf '%s\n' "$packages" >"$root/$ROOT_STAMP"
}

# Never across a mount, though none should be there.
root_remove() {
  case $1 in
    "$ROOTS_DIR"/*-[0-9]*) rm -rf --one-file-system "$1" ;;
    *) die "this is no root: $1" ;;
  esac
}

# root_run ROOT COMMAND...
root_run() {
  local root=$1
  shift
  # shellcheck disable=SC2016 # for the shell in the namespaces
  unshare --mount --pid --fork --kill-child -- sh -euc '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mkdir -p "$root/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"
  ' sh "$root" "$@"
}

# A copy of the checkout as it is, without what git ignores.  What was built there
# before stays: make sees by the times of the files what is new.
root_copy_source() {
  local target=$1$ROOT_SOURCE
  mkdir -p "$target/build"
  find "$target" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
  (cd "$SOURCE_DIR" &&
    git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do
      [ ! -e "$file" ] || printf '%s\0' "$file"
    done | tar -c --null -T - --owner=0 --group=0) | tar -x -C "$target"
}

# root_can_upgrade ROOT MAJOR: whether its pg_upgrade takes any cluster of the
# machine's server.  The releases of November 2026 write an option, pg_attver, for each
# column, which a later PostgreSQL's earlier releases do not know and refuse.
root_can_upgrade() {
  local old=${PG_CONFIG%/pg_config}/postgres new=$1/usr/lib/postgresql/$2/bin/postgres
  ! grep -q pg_attver "$old" || grep -q pg_attver "$new"
}

# root_copy_old ROOT SERVER_ROOT: another installation with its programs, from which
# pg_upgrade can start.  The libraries that they need and the root lacks go to its own
# lib folder, where only its own programs look for them.
root_copy_old() {
  local root=$1 old=$2 lib file name
  rm -rf "${root:?}$ROOT_OLD"
  mkdir -p "$root$ROOT_OLD"
  cp -a "$old/." "$root$ROOT_OLD/"
  lib=$root$ROOT_OLD$("$PG_CONFIG" --pkglibdir)
  # ldd complains of scripts.
  { find "$old" -type f \( -perm -100 -o -name '*.so' \) -exec ldd {} + 2>/dev/null || true; } |
    sed -n 's/^[[:space:]]*\([^ ]*\) => \(\/[^ ]*\) .*/\1 \2/p' | sort -u |
    while read -r name file; do
      [ -n "$(find "$root/lib" "$root/usr/lib" -name "$name" -print -quit)" ] ||
        cp -L "$file" "$lib/$name" || return 1
    done
}
