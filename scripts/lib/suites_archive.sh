# shellcheck shell=bash
# The suite that needs Debian's archive: archive.

# Sourced by scripts/test, after results.sh, suites_core.sh and bench_core.sh.

# Names: readers (what test/bench is made of), verdicts (the core against libsolv),
# explanations (of what cannot be installed), random (universes against libsolv).
suite_archive() {
  local name bad=0
  bench_build || return 1
  [ $# -gt 0 ] || set -- readers verdicts explanations random
  for name in "$@"; do
    case $name in
      readers | verdicts | explanations | random) "archive_$name" || bad=1 ;;
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
archive_verdicts() { archive_compare requests bookworm oracle --packages 3000 --joint 200; }

# Each is there, is not too long, and comes with a remedy.
archive_explanations() { archive_compare explanations bookworm explain; }

# Universes of hundreds of packages, with some of them installed, held and removed.
archive_random() { archive_compare universes '' random --count 2000; }

# archive_compare THINGS SUITE COMMAND...: the program says how many of them it looked
# at.  It is given the suite's index, if there is a suite.
archive_compare() {
  local index things=$1 suite=$2 log=$BUILD_DIR/log/archive-$1 requests failures status=0
  shift 2
  if [ -n "$suite" ]; then
    index=$(archive_index "$suite") || return 1
    set -- "$@" "$index"
  fi
  "$BENCH_PROGRAMS/extman_bench" "$@" >"$log" 2>&1 || status=$?
  tail -n 100 "$log"
  # The last line comes after the last one: there is none after a crash.
  requests=$(sed -n "s/^\\([0-9]*\\) $things, .*/\\1/p" "$log")
  failures=$(sed -n "s/^.* $things,.*[^0-9]\\([0-9]*\\) failures$/\\1/p" "$log")
  if [ -z "$requests" ] || [ -z "$failures" ]; then
    report 0 1 0
    return 1
  fi
  report $((requests - failures)) "$failures" 0
  return "$status"
}
