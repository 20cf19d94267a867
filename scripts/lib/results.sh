# shellcheck shell=bash
# Running suites, and adding up what they report.

# Sourced by scripts/test, after common.sh.  A suite is a function suite_NAME that
# gets the names of the tests to run (none: all of them).  It prints what a reader
# needs, and calls report once or more often.  One that dies, or reports no test
# at all, counts as a failure.

RESULTS=             # file: a line "passed failed skipped" for each report
TOTAL_PASSED=0
TOTAL_FAILED=0
TOTAL_SKIPPED=0
# shellcheck disable=SC2034 # for those suites that need a server
SERVER_BROKEN=no

results_init() {
  RESULTS=$SCRATCH/results
}

# report PASSED FAILED SKIPPED
report() {
  printf '%d %d %d\n' "$1" "$2" "$3" >>"$RESULTS"
}

# check NAME COMMAND...: one test, shown only when it fails.
check() {
  local name=$1
  shift
  if quietly "$BUILD_DIR/log/${name//[!a-zA-Z0-9_.-]/_}" "$@"; then
    say "ok      $name"
    report 1 0 0
  else
    say "FAILED  $name"
    report 0 1 0
  fi
}

run_suite() {
  local name=$1 begin=$SECONDS status=0 passed=0 failed=0 skipped=0 p f s
  local -a tests
  read -r -a tests <<<"$2" || true
  say "== $name"
  : >"$RESULTS"
  supervise "suite_${name//-/_}" "${tests[@]}" || status=$?
  while read -r p f s; do
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done <"$RESULTS"
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    say "FAILED  $name ended with status $status"
    failed=1
  elif [ $((passed + failed + skipped)) -eq 0 ]; then
    say "FAILED  $name ran no test"
    failed=1
  fi
  say "-- $name: $passed passed, $failed failed, $skipped skipped ($((SECONDS - begin)) s)"
  TOTAL_PASSED=$((TOTAL_PASSED + passed))
  TOTAL_FAILED=$((TOTAL_FAILED + failed))
  TOTAL_SKIPPED=$((TOTAL_SKIPPED + skipped))
}

# Last of all: the line that a reader, or a program, looks for.
results_summary() {
  say "$TOTAL_PASSED passed, $TOTAL_FAILED failed, $TOTAL_SKIPPED skipped"
  [ "$TOTAL_FAILED" -eq 0 ]
}
