# shellcheck shell=bash
# The suite authors: what makes packages, from the skeleton to the installed extension.

# Sourced by scripts/test, after results.sh and server.sh.

suite_authors() {
  local name
  server_is_up || return 1
  AUTHORS=$SERVER_WORK/authors
  rm -rf "$AUTHORS"
  mkdir -p "$AUTHORS"
  [ $# -gt 0 ] || set -- skeleton destdir upgrade module examples contrib
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
