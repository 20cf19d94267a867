# shellcheck shell=bash
# The program of test/bench: how it is built, and the groups of figures that need no
# server.  Sourced by scripts/test and scripts/bench, after common.sh and archive.sh.

PACKAGES_BENCH=(libsolv-dev libsolvext-dev libcadical-dev libgtest-dev)
# The build of the suite unit, whose core needn't be compiled once more.
BENCH_BUILD=$BUILD_DIR/release
BENCH_PROGRAMS=$BENCH_BUILD/test/bench

bench_build() {
  quietly "$BUILD_DIR/log/cmake-bench" cmake -S "$SOURCE_DIR" -B "$BENCH_BUILD" \
    -DCMAKE_BUILD_TYPE=RelWithDebInfo -DEXTMAN_BENCH=ON -DEXTMAN_WERROR=ON &&
    quietly "$BUILD_DIR/log/build-bench" cmake --build "$BENCH_BUILD" -j "$JOBS" \
      --target extman_bench extman_bench_unit
}

# bench_run WHAT [SUITE...]: the figures to standard output, the rest to the other.
bench_run() {
  local what=$1 suite text
  local -a texts=()
  shift
  for suite in "$@"; do
    text=$(archive_text "$suite") || return 1
    texts+=("$text")
  done
  supervise "$BENCH_PROGRAMS/extman_bench" "$what" "${texts[@]}"
}

bench_solve() {
  local bad=0
  bench_run solve bookworm || bad=1
  bench_run solve-three-suites bookworm trixie sid || bad=1
  bench_run hard || bad=1
  return "$bad"
}

bench_verdict() { bench_run verdict bookworm; }
bench_verdict_three_suites_all() { bench_run verdict-three-suites bookworm trixie sid; }
bench_read() { bench_run read bookworm; }
