# shellcheck shell=bash
# Settings, messages, child processes, and cleaning up.  Sourced by scripts/test
# and scripts/demo.

PG_MAJOR=${PG_MAJOR:-15}
PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/$PG_MAJOR/bin/pg_config}
SOURCE_DIR=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)
BUILD_DIR=$SOURCE_DIR/build
JOBS=$(nproc)

SCRATCH=      # a short folder below /tmp: sockets, and more where build/ cannot be used
JOB=          # process group of the command that runs now
CLEANUPS=()   # functions to call at the end, last one first

say() { printf '%s\n' "$*"; }
warn() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  warn "$*"
  exit 2
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# Called first.  From here on, whatever ends the script runs the clean-up.
common_init() {
  case $SOURCE_DIR in
    *[[:space:]]*) die "make cannot build in a folder with white space in its path: $SOURCE_DIR" ;;
  esac
  clean_environment
  umask 022
  trap common_exit EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir -p "$BUILD_DIR"
  SCRATCH=$(mktemp -d /tmp/pg_extman.XXXXXX)
  chmod 755 "$SCRATCH"
}

# What the caller has set for psql, make or perl must not reach the private
# server, the builds or the tests.
clean_environment() {
  local name
  for name in "${!PG@}"; do
    case $name in
      PG_MAJOR | PG_CONFIG) ;;
      *) unset "$name" ;;
    esac
  done
  unset MAKEFLAGS MFLAGS MAKELEVEL CDPATH PERL5LIB TMPDIR
  export LC_ALL=C.UTF-8 LANG=C.UTF-8
}

at_exit() { CLEANUPS+=("$1"); }

common_exit() {
  local status=$? i
  trap '' HUP INT TERM
  set +e
  stop_job
  for ((i = ${#CLEANUPS[@]} - 1; i >= 0; i--)); do
    "${CLEANUPS[i]}"
  done
  [ -z "$SCRATCH" ] || rm -rf "$SCRATCH"
  exit "$status"
}

# Runs a command in a process group of its own, waiting for it in such a way that
# a signal to this script is taken at once and ends the whole group.
supervise() {
  local status=0
  set -m
  "$@" </dev/null &
  JOB=$!
  set +m
  wait "$JOB" || status=$?
  JOB=
  return "$status"
}

stop_job() {
  local tries=0
  [ -n "$JOB" ] || return 0
  kill -TERM -- "-$JOB" 2>/dev/null
  while kill -0 -- "-$JOB" 2>/dev/null && [ $((tries++)) -lt 50 ]; do
    sleep 0.1
  done
  kill -KILL -- "-$JOB" 2>/dev/null
  JOB=
}

# Runs a command with its output in a log file, which is shown only on failure.
quietly() {
  local log=$1 status=0
  shift
  mkdir -p "${log%/*}"
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    say "failed ($status): $*"
    tail -n 60 "$log"
    say "(all of it: $log)"
  fi
  return "$status"
}

# One run at a time in one checkout.
lock_build() {
  exec 9>"$BUILD_DIR/.lock-$1"
  flock -n 9 || die "another run of scripts/$1 uses $BUILD_DIR"
}
