# shellcheck shell=bash
# The suite authors: what makes packages, from the skeleton to the installed extension.

# Sourced by scripts/test, after results.sh and server.sh.

suite_authors() {
  local name
  server_is_up || return 1
  AUTHORS=$SERVER_WORK/authors
  rm -rf "$AUTHORS"
  mkdir -p "$AUTHORS"
  [ $# -gt 0 ] || set -- skeleton destdir upgrade module examples contrib \
    deb-fields deb-install pgxn meta ourselves
  for name in "$@"; do
    check "$name" "authors_${name//-/_}"
  done
}

# author_make FOLDER ARGUMENT...
author_make() {
  make -C "$1" PG_CONFIG="$SERVER_BIN/pg_config" with_llvm=no "${@:2}"
}

# expect WANTED COMMAND...: the command's output.
expect() {
  local wanted=$1 output
  shift
  output=$("$@") || return 1
  [ "$output" = "$wanted" ] || {
    printf 'expected of %s:\n%s\nbut got:\n%s\n' "$*" "$wanted" "$output"
    return 1
  }
}

author_sql() { psql -X -A -t -q -v ON_ERROR_STOP=1 -c "$1"; }

# What new-package makes installs, passes its own test, and goes without a trace.
authors_skeleton() {
  local folder=$AUTHORS/a_skeleton target=$SERVER_SHARE/extensions/a_skeleton-2.1~rc1
  "$SOURCE_DIR/scripts/new-package" --in="$AUTHORS" --version=2.1~rc1 a_skeleton &&
    author_make "$folder" install &&
    expect $'a_skeleton.conf\ncontrol\ninstall.sql\nuninstall.sql' ls "$target" &&
    author_make "$folder" installcheck &&
    author_make "$folder" uninstall &&
    [ ! -e "$target" ] &&
    ! "$SOURCE_DIR/scripts/new-package" --in="$AUTHORS" a_skeleton &&
    ! "$SOURCE_DIR/scripts/new-package" --in="$AUTHORS" 'A b'
}

# Below DESTDIR, and nowhere else; under the name that was asked for.
authors_destdir() {
  local folder=$AUTHORS/a_destdir root=$AUTHORS/root
  "$SOURCE_DIR/scripts/new-package" --in="$AUTHORS" a_destdir &&
    author_make "$folder" install DESTDIR="$root" EXTMAN_FOLDER=a_destdir &&
    expect $'a_destdir.conf\ncontrol\ninstall.sql\nuninstall.sql' \
      ls "$root$SERVER_SHARE/extensions/a_destdir" &&
    [ ! -e "$SERVER_SHARE/extensions/a_destdir" ] &&
    author_make "$folder" uninstall DESTDIR="$root" EXTMAN_FOLDER=a_destdir &&
    [ ! -e "$root$SERVER_SHARE/extensions/a_destdir" ]
}

# The steps that the README of a new package tells, and a file that is there no more.
authors_upgrade() {
  local folder=$AUTHORS/a_upgrade target=$SERVER_SHARE/extensions/a_upgrade-1.1
  "$SOURCE_DIR/scripts/new-package" --in="$AUTHORS" a_upgrade &&
    author_make "$folder" install || return 1
  sed -i 's/^version = 1.0/version = 1.1/' "$folder/control"
  sed -i 's/^\tgreeting text NOT NULL/&,\n\tsince date/' "$folder/install.sql"
  printf '%s\n' 'ALTER TABLE @extschema@.a_upgrade_greeting ADD COLUMN since date;' \
    >"$folder/upgrade--1.0--1.1.sql"
  author_make "$folder" install &&
    author_sql 'CREATE EXTENSION IF NOT EXISTS pg_extman' &&
    author_sql "SELECT FROM pg_extension_install('a_upgrade (= 1.0)')" &&
    expect 'upgrade|1.0|1.1' author_sql \
      "SELECT action, old_version, new_version FROM pg_extension_upgrade('a_upgrade')" &&
    author_sql "SELECT FROM pg_extension_uninstall('a_upgrade')" || return 1
  rm "$folder/uninstall.sql"
  author_make "$folder" install &&
    [ ! -e "$target/uninstall.sql" ] &&
    author_make "$folder" uninstall &&
    author_make "$folder" uninstall EXTMAN_FOLDER=a_upgrade-1.0 &&
    [ ! -e "$target" ] && [ ! -e "${target%1}0" ]
}

# A module in C, built and installed by PGXS as usual.
authors_module() {
  local folder=$AUTHORS/a_module
  mkdir -p "$folder"
  cat >"$folder/control" <<'END_FILE'
name = a_module
version = '1.0'
module_pathname = '$libdir/a_module'
END_FILE
  cat >"$folder/install.sql" <<'END_FILE'
CREATE FUNCTION a_module_add_one(int4) RETURNS int4
AS 'MODULE_PATHNAME', 'a_module_add_one' LANGUAGE C IMMUTABLE STRICT;
END_FILE
  cat >"$folder/a_module.c" <<'END_FILE'
#include "postgres.h"
#include "fmgr.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(a_module_add_one);

Datum
a_module_add_one(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_INT32(0) + 1);
}
END_FILE
  cat >"$folder/Makefile" <<'END_FILE'
EXTMAN_PACKAGE = a_module
MODULES = a_module
include $(shell $(PG_CONFIG) --sharedir)/extman/extman.mk
END_FILE
  author_make "$folder" install &&
    author_sql 'CREATE EXTENSION IF NOT EXISTS pg_extman' &&
    author_sql "SELECT FROM pg_extension_install('a_module')" &&
    expect 42 author_sql 'SELECT a_module_add_one(41)' &&
    author_sql "SELECT FROM pg_extension_uninstall('a_module')" &&
    author_make "$folder" uninstall &&
    [ ! -e "$SERVER_LIB/a_module.so" ] &&
    ! author_make "$folder" install EXTMAN_PACKAGE=another
}

# What lint says of the examples: that some have no uninstall.sql, and need none, and
# that the server has none of the extensions of some overlays.
authors_examples() {
  local folder said
  author_sql 'CREATE EXTENSION IF NOT EXISTS pg_extman' || return 1
  for folder in "$SOURCE_DIR"/control-examples/*/control "$SOURCE_DIR"/control-examples/overlays/*/control; do
    folder=${folder%/control}
    case $folder in
      */overlays/*) folder=$SERVER_SHARE/overlays/${folder##*/} ;;
      *) folder=$SERVER_SHARE/extensions/${folder##*/} ;;
    esac
    said=$(author_sql "SELECT severity, message FROM pg_extension_lint('$folder')") || return 1
    case ${folder##*/}:$said in
      *: | *':notice|there is no uninstall.sql') ;;
      pg_cron:'warning|there is no install.sql'* | pgrouting:'warning|there is no install.sql'*) ;;
      *)
        printf '%s: %s\n' "$folder" "$said"
        return 1
        ;;
    esac
  done
}

# What lint says of each of PostgreSQL's own extensions, made a package: no more and no
# less than what was looked at, one by one.  That there is no uninstall.sql is left out.
authors_contrib() {
  local folder=$AUTHORS/contrib name control found=$AUTHORS/contrib.out
  author_sql 'CREATE EXTENSION IF NOT EXISTS pg_extman' || return 1
  mkdir -p "$folder"
  : >"$found"
  for control in $(dpkg-query -L "postgresql-$PG_MAJOR" | grep '/extension/.*\.control$' | sort); do
    name=${control##*/}
    name=${name%.control}
    "$SOURCE_DIR/scripts/package-from-core" --sharedir="$("$PG_CONFIG" --sharedir)" "$name" \
      "$folder" || return 1
    author_sql "SELECT '$name/' || file, line, severity, message
      FROM pg_extension_lint('$folder/$name', false)
      WHERE message <> 'there is no uninstall.sql'" >>"$found" || return 1
  done
  diff "$SOURCE_DIR/test/authors/contrib.expected" "$found"
}

# What becomes of relations, one by one.
authors_deb_fields() {
  local folder=$AUTHORS/A_fields said=$AUTHORS/fields.out
  mkdir -p "$folder"
  cat >"$folder/control" <<'END_FILE'
name = A_fields
version = 1:1.0~rc1-2
depends = bar (>= 1.1, < 2), baz (> 1),     # strict in both
  one (!= 1.5), a (= 1) | b (>= 2, <= 3) | c,
  hstore (>= 1.4), plpgsql, postgis (>> 3)
conflicts = bla (< 0.8), old, hstore (< 1), odd (!= 2), ranged (> 1, < 2)
provides = spatial (= 3.0), geo_metry
comment = 'it''s # one'
END_FILE
  "$SOURCE_DIR/scripts/package-to-deb" --fields --map=postgis=postgresql-15-postgis-3 "$folder" \
    >"$said" 2>&1 &&
    diff "$SOURCE_DIR/test/authors/deb.expected" "$said" &&
    sed -i 's/^version.*/version = unpackaged/' "$folder/control" &&
    ! "$SOURCE_DIR/scripts/package-to-deb" --fields "$folder"
}

# dpkg installs them in a root of its own, in which PostgreSQL is there on paper only;
# what their relations forbid, it refuses.
authors_deb_install() {
  local debs=$AUTHORS/debs root=$AUTHORS/debian name
  mkdir -p "$debs" "$root"/var/lib/dpkg/{updates,info}
  for name in foo bar-1.0 bar-1.1 baz bla-0.7; do
    cp -R "$SOURCE_DIR/control-examples/$name" "$debs/" &&
      printf 'Copyright (c) 2010 the authors.\n' >"$debs/$name/LICENSE" &&
      "$SOURCE_DIR/scripts/package-to-deb" --maintainer='An Author <author@example.org>' \
        --pg-major=15 --out="$debs" "$debs/$name" || return 1
  done
  lintian --allow-root --fail-on error,warning "$debs"/*foo*.deb || return 1
  for name in postgresql-15 postgresql-15-pg-extman; do
    printf '%s\n' "Package: $name" 'Status: install ok installed' 'Architecture: all' \
      'Maintainer: nobody <nobody@example.org>' 'Version: 15.0-1' 'Description: on paper' ''
  done >"$root/var/lib/dpkg/status"
  ! author_dpkg "$root" "$debs"/postgresql-15-extman-foo_1.0_all.deb \
    "$debs"/postgresql-15-extman-{bar_1.0,baz_1.0}_all.deb &&
    author_dpkg "$root" "$debs"/postgresql-15-extman-{foo_1.0,bar_1.1,baz_1.0}_all.deb &&
    ! author_dpkg "$root" "$debs"/postgresql-15-extman-bla_0.7_all.deb &&
    expect $'control\nfoo.conf\ninstall.sql\nuninstall.sql' \
      ls "$root/usr/share/postgresql/15/extensions/foo-1.0"
}

author_dpkg() {
  local root=$1 as_root=()
  shift
  is_root || as_root=(fakeroot)
  # What lies there may be neither configured nor left half installed when it is refused.
  cp -R "$root/var/lib/dpkg" "$root/var/lib/dpkg.before"
  if PATH=$PATH:/usr/sbin:/sbin "${as_root[@]}" dpkg --root="$root" --log=/dev/null \
    --force-not-root --force-script-chrootless --force-unsafe-io -i "$@"; then
    rm -rf "$root/var/lib/dpkg.before"
  else
    rm -rf "$root/var/lib/dpkg"
    mv "$root/var/lib/dpkg.before" "$root/var/lib/dpkg"
    return 1
  fi
}

# Distributions in the shape of PGXN's, as zip files and as folders.
authors_pgxn() {
  local name folder=$AUTHORS/pgxn said=$AUTHORS/pgxn.out
  mkdir -p "$folder"
  for name in pair-0.1.2 semver-0.21.0 timeline-1.2.0-beta1; do
    (cd "$SOURCE_DIR/test/pgxn" && zip -q -r "$AUTHORS/$name.zip" "$name") &&
      "$SOURCE_DIR/scripts/package-from-pgxn" "$AUTHORS/$name.zip" "$folder" &&
      ! "$SOURCE_DIR/scripts/package-from-pgxn" "$AUTHORS/$name.zip" "$folder" &&
      "$SOURCE_DIR/scripts/package-from-pgxn" --force "$SOURCE_DIR/test/pgxn/$name" "$folder" ||
      return 1
  done
  author_sql 'CREATE EXTENSION IF NOT EXISTS pg_extman' || return 1
  (cd "$folder" && for name in */*; do
    printf '== %s\n' "$name"
    [ "${name##*/}" != control ] || cat "$name"
  done) >"$said"
  diff "$SOURCE_DIR/test/authors/pgxn.expected" "$said" || return 1
  for name in "$folder"/*; do
    expect '' author_sql "SELECT file, line, message FROM pg_extension_lint('$name', false)
      WHERE severity = 'error'" || return 1
  done
  ! "$SOURCE_DIR/scripts/package-from-pgxn" --extension=none "$SOURCE_DIR/test/pgxn/pair-0.1.2" "$folder" &&
    ! "$SOURCE_DIR/scripts/package-from-pgxn" "$SOURCE_DIR/test/pgxn" "$folder"
}

# Our own META.json, by PGXN's specification; and what the check is good for.
authors_meta() {
  local broken=$AUTHORS/META.json
  "$SOURCE_DIR/test/authors/check-meta" "$SOURCE_DIR/META.json" || return 1
  sed 's/"1\.0\.0"/"1.0"/; s/"license"/"licence"/; s/15\.0\.0/>> 15/' "$SOURCE_DIR/META.json" >"$broken"
  expect 'META.json: unknown key "licence"
version is no semantic version
license is none of the specification, nor an object of addresses
provides: version of pg_extman is no semantic version
provides: the file of pg_extman is not there
provides: the docfile of pg_extman is not there
meta-spec has no version 1.0.z
prereqs: the version of PostgreSQL is no range' author_meta_problems "$broken"
}

author_meta_problems() {
  ! "$SOURCE_DIR/test/authors/check-meta" "$1"
}

# What our own Makefile installs below DESTDIR, and takes away again.
authors_ourselves() {
  local root=$AUTHORS/ourselves share=$SERVER_SHARE messages
  messages=$("$SERVER_BIN/pg_config" --localedir)/de/LC_MESSAGES
  make -f "$SOURCE_DIR/Makefile.pgxs" -C "$SOURCE_DIR" PG_CONFIG="$SERVER_BIN/pg_config" \
    WERROR=yes DESTDIR="$root" install &&
    expect "$(printf '%s\n' "$SERVER_LIB/pg_extman.so" "$share/extension/pg_extman--1.0.sql" \
      "$share/extension/pg_extman.control" "$share/extensions" "$share/extman/extman.mk" \
      "$messages/pg_extman-$PG_MAJOR.mo" "$messages/pg_extman_core-$PG_MAJOR.mo" | sort)" \
      author_files "$root" &&
    make -f "$SOURCE_DIR/Makefile.pgxs" -C "$SOURCE_DIR" PG_CONFIG="$SERVER_BIN/pg_config" \
      WERROR=yes DESTDIR="$root" uninstall &&
    expect '' find "$root" ! -type d
}

# Files, links and empty folders, without what DESTDIR puts before them.
author_files() {
  find "$1" \( ! -type d -o -type d -empty \) -printf '/%P\n' | sort
}
