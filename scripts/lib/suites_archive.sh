# shellcheck shell=bash
# The suite that needs Debian's archive: archive.

# Sourced by scripts/test, after results.sh, suites_core.sh and bench_core.sh.

# Names: readers (what test/bench is made of), verdicts (the core against libsolv on
# the archive), random (the same on random universes).
suite_archive() {
  local name bad=0
  bench_build || return 1
  [ $# -gt 0 ] || set -- readers verdicts random
  for name in "$@"; do
    case $name in
      readers | verdicts | random) "archive_$name" || bad=1 ;;
      *)
        say "FAILED  there is no $name in this suite"
        report 0 1 0
        bad=1
        ;;
    esac
  done
  return "$bad"
}

archive_readers() { run_unit_tests "$BENCH_PROGRAMS/extman_bench_unit" "$BUILD_DIR/log/unit-bench"; }

# A fixed sample of packages and of requests for several at once: the answers are
# those of libsolv, and every plan passes the validator.
archive_verdicts() {
  local index
  index=$(archive_index bookworm) || return 1
  archive_oracle verdicts oracle --packages 3000 --joint 200 "$index"
}

# Universes of hundreds of packages with some of them installed, held and removed.
archive_random() { archive_oracle random random --count 2000; }

# archive_oracle NAME ARGUMENT...: runs extman_bench and adds up what it says.
archive_oracle() {
  local log=$BUILD_DIR/log/archive-$1 requests failures status=0
  shift
  "$BENCH_PROGRAMS/extman_bench" "$@" >"$log" 2>&1 || status=$?
  tail -n 100 "$log"
  # The last line comes after the last request: there is none after a crash.
  requests=$(sed -n 's/^\([0-9]*\) requests, .*/\1/p' "$log")
  failures=$(sed -n 's/^.* requests, .*, \([0-9]*\) failures$/\1/p' "$log")
  if [ -z "$requests" ] || [ -z "$failures" ]; then
    report 0 1 0
    return 1
  fi
  report $((requests - failures)) "$failures" 0
  return "$status"
}
