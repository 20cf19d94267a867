# shellcheck shell=bash
# The suites that need no server: lint, unit, unit-asan, fuzz.

# Sourced by scripts/test and scripts/fuzz, after results.sh.

# What the preset "sanitize" needs.
PACKAGES_SANITIZE=(clang libclang-rt-14-dev libgtest-dev)

# build_core PRESET [TARGET]
build_core() {
  local preset=$1 target=${2:-all}
  cd "$SOURCE_DIR" || return
  quietly "$BUILD_DIR/log/cmake-$preset" cmake --preset "$preset" -DEXTMAN_WERROR=ON \
    -DEXTMAN_BENCH=OFF -DEXTMAN_PSQLSCAN=OFF &&
    quietly "$BUILD_DIR/log/build-$preset" \
      cmake --build "$BUILD_DIR/$preset" --target "$target" -j "$JOBS"
}

suite_unit() {
  local bad=0
  unit_tests release "$@" || bad=1
  if [ $# -eq 0 ]; then
    check 'C API under memcheck' unit_memcheck || bad=1
  fi
  return "$bad"
}

# The test of the C API with all that it reads, writes and frees checked.
unit_memcheck() {
  valgrind --quiet --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all \
    --error-exitcode=1 "$BUILD_DIR/release/extman_unit" --gtest_filter='CApi.*'
}

suite_unit_asan() {
  export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1
  export UBSAN_OPTIONS=print_stacktrace=1
  # The order of versions is compared with that of a program, not of another function:
  # thousands of processes, which are slow to make of one that is watched.  Random
  # universes are what a fuzzer asks for under the same sanitizers.
  [ $# -gt 0 ] || set -- '*-DpkgOracle.*:BruteForce.AgreesOnRandomUniverses'
  unit_tests sanitize "$@"
}

# The fuzzers for half a minute each, or those that are named, two to a processor.
suite_fuzz() {
  local names
  fuzz_build || return 1
  if [ $# -eq 0 ]; then
    mapfile -t names < <(fuzz_names)
    set -- "${names[@]}"
  fi
  FUZZ_AT_ONCE=$((2 * JOBS)) fuzz_all 30 "$@"
}

# unit_tests PRESET [FILTER...]: those of the unit tests, of the program in which memory
# runs out, and of the client of basebackup.
unit_tests() {
  local preset=$1 name bad=0
  shift
  for name in extman_unit extman_faults basebackup_unit; do
    build_core "$preset" "$name" || return 1
    run_unit_tests "$BUILD_DIR/$preset/$name" "$BUILD_DIR/log/$name-$preset" "$@" || bad=1
  done
  return "$bad"
}

# run_unit_tests PROGRAM LOG [FILTER...]: in as many parts at once as there are
# processors.
run_unit_tests() {
  local program=$1 log=$2 part bad=0
  shift 2
  for ((part = 0; part < JOBS; part++)); do
    GTEST_TOTAL_SHARDS=$JOBS GTEST_SHARD_INDEX=$part \
      "$program" --gtest_filter="$(unit_filter "$@")" \
      --gtest_output="xml:$SCRATCH/unit-$part.xml" >"$log-$part" 2>&1 &
    PARTS[part]=$!
  done
  for ((part = 0; part < JOBS; part++)); do
    unit_part "$part" "$log-$part" || bad=1
  done
  return "$bad"
}

# unit_part PART LOG: waits for it, and shows what there is to be shown.
unit_part() {
  local part=$1 log=$2 xml=$SCRATCH/unit-$1.xml status=0
  wait "${PARTS[part]}" || status=$?
  # What is left are failures, and skips with their reasons.
  grep -vE '^\[ +(RUN|OK) +\]|^\[-+\]|^Running main|^Note: |^$' "$log" | head -n 200
  # The file is written at the very end: there is none after a crash.
  if [ -e "$xml" ]; then
    unit_report "$xml"
    rm "$xml"
  else
    say "FAILED  died in $(sed -n 's/^\[ *RUN *\] //p' "$log" | tail -n 1)"
    report 0 1 0
  fi
  return "$status"
}

# "VersionCompare" means all of its tests.
unit_filter() {
  local name filter=
  for name in "$@"; do
    case $name in
      *[.*?]*) ;;
      *) name="$name.*" ;;
    esac
    filter+="${filter:+:}$name"
  done
  printf '%s' "${filter:-*}"
}

unit_report() {
  local -i tests failures skipped
  tests=$(grep -c '<testcase .*status="run"' "$1") || true
  failures=$(sed -n 's/^<testsuites .*failures="\([0-9]*\)".*/\1/p' "$1")
  skipped=$(grep -c '<testcase .*result="skipped"' "$1") || true
  report $((tests - failures - skipped)) "$failures" "$skipped"
}

suite_lint() {
  cd "$SOURCE_DIR" || return
  check boundary lint_boundary
  check clang-format lint_format
  check shellcheck lint_shell
  check perl lint_perl
  check catalogs lint_catalogs
  check gcc-core build_core release
  check clang-core build_core sanitize
  check gcc-module lint_module gcc
  check clang-module lint_module clang
  check clang-tidy lint_tidy
  check cppcheck-core lint_cppcheck_core
  check cppcheck-module lint_cppcheck_module
}

# What keeps the two halves apart: no header of PostgreSQL in the core, no C++ in
# the shims, extern "C" in one file, and the tripwire in each header of the core.
lint_boundary() {
  local bad=0
  if grep -rnE '#[[:space:]]*include[[:space:]]*[<"](postgres|c|fmgr|miscadmin|pg_config|libpq-fe|(access|catalog|commands|executor|lib|nodes|parser|port|storage|tcop|utils)/[^">]*)\.h[">]' \
    src/core include test/problem test/unit test/faults; then
    say 'The core includes headers of PostgreSQL.'
    bad=1
  fi
  if grep -rlE 'extern[[:space:]]+"C"' src/core | grep -v '^src/core/capi\.cpp$'; then
    say 'extern "C" belongs to src/core/capi.cpp alone.'
    bad=1
  fi
  if find src/pg -type f ! -name '*.c' ! -name '*.h' ! -name '*.md' | grep .; then
    say 'src/pg holds C only.'
    bad=1
  fi
  # By its output: what the status of grep -L means has changed between versions.
  if grep -rL --include='*.h' --exclude=no_postgres.h '#include "support/no_postgres.h"' src/core |
    grep .; then
    say 'These headers lack the tripwire, support/no_postgres.h.'
    bad=1
  fi
  # Whatever is reported is looked up in this module's catalogue, not in the server's.
  if grep -lE '(ereport|errcontext|GUC_check_errdetail|[^[:alnum:]_]_)\(' src/pg/*.c |
    xargs grep -L '#include "translate.h"' | grep .; then
    say 'These shims report something, and do not include translate.h.'
    bad=1
  fi
  return "$bad"
}

lint_format() {
  find src/core test/problem test/unit test/faults test/bench test/fuzz test/psqlscan neighbours \( -name '*.h' -o -name '*.cpp' \) -print0 |
    xargs -0 clang-format --dry-run -Werror
}

lint_shell() {
  shellcheck --external-sources --check-sourced --source-path=SCRIPTDIR \
    scripts/test scripts/demo scripts/bench scripts/fuzz scripts/matrix scripts/check-memory scripts/soak scripts/pictures \
    scripts/new-package scripts/package-debian test/bench/server/session \
    test/psqlscan/make-dumps \
    .ci/run
}

lint_perl() {
  local file modules bad=0
  modules=$("$PG_CONFIG" --pkglibdir)/pgxs/src/test/perl
  for file in scripts/package-from-core scripts/package-from-pgxn scripts/package-to-deb test/authors/check-meta test/docs/run test/real/compare test/bench/server/make-packages test/bench/server/scripts test/tap/*.pl test/tap/lib/*.pm test/soak/*.pl test/soak/lib/*.pm; do
    perl -cw -I test/tap/lib -I test/soak/lib -I "$modules" "$file" || bad=1
  done
  return "$bad"
}

# The whole core is built with -Werror by the presets; this does the same to the
# shims, whose flags PGXS would take from the packager's compiler.
lint_module() {
  local compiler=$1
  printf '%s\0' src/pg/*.c neighbours/*/*.c |
    xargs -0 -n 1 -P "$JOBS" "$compiler" -std=gnu11 -O2 -Wall -Wextra \
      -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers \
      -Wdeclaration-after-statement -Wmissing-prototypes -Werror \
      -Iinclude -isystem "$("$PG_CONFIG" --includedir-server)" -D_GNU_SOURCE -c -o /dev/null
}

lint_tidy() {
  # What it counts are warnings about headers of the system, which it suppresses.
  find src/core neighbours -name '*.cpp' ! -path '*/unit/*' -print0 |
    xargs -0 -n 1 -P "$JOBS" clang-tidy --quiet -p "$BUILD_DIR/sanitize" 2>&1 |
    { grep -v 'warnings\? generated\.$' || true; }
}

# lint_cppcheck OPTION...: with what is suppressed, and why, in test/lint.
lint_cppcheck() {
  cppcheck -j "$JOBS" --quiet --error-exitcode=1 --enable=warning,performance,portability \
    --suppressions-list=test/lint/cppcheck.suppress -Iinclude "$@"
}

lint_cppcheck_core() { lint_cppcheck --std=c++17 -Isrc/core src/core; }

lint_cppcheck_module() {
  lint_cppcheck --std=c11 --include=test/lint/postgres_macros.h -DPG_VERSION_NUM=150000 \
    -Isrc/pg src/pg neighbours/*/*.c
}
