# shellcheck shell=bash
# The benchmark of base backups over SQL, against pg_basebackup.  Sourced by
# scripts/bench, after bench_server.sh, whose server it makes.

BENCH_BASEBACKUP_SCALE=${BENCH_BASEBACKUP_SCALE:-80}    # of pgbench: 15 MB each
BENCH_BASEBACKUP_ROUNDS=${BENCH_BASEBACKUP_ROUNDS:-5}

bench_basebackup() {
  supervise bench_build_client >&2 && bench_on_server bench_basebackup_run
}

bench_build_client() {
  cd "$SOURCE_DIR" &&
    quietly "$BUILD_DIR/log/cmake-release" cmake --preset release &&
    quietly "$BUILD_DIR/log/build-release" \
      cmake --build "$BUILD_DIR/release" --target basebackup -j "$JOBS"
}

bench_basebackup_run() {
  local round results=$SERVER_WORK/results client
  client=$BUILD_DIR/release/basebackup
  { server_add_packages "$SOURCE_DIR/neighbours" &&
    psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION pg_extman' \
      -c "SELECT count(*) FROM pg_extension_install('basebackup')" &&
    pgbench -i -q -s "$BENCH_BASEBACKUP_SCALE" &&
    psql -X -q -c 'CHECKPOINT'; } >&2 || return 1
  for ((round = 0; round < BENCH_BASEBACKUP_ROUNDS; round++)); do
    bench_basebackup_time peer pg_basebackup -c fast -D &&
      bench_basebackup_time one "$client" -c fast '' &&
      bench_basebackup_time four "$client" -c fast -j 4 '' || return 1
  done
  printf '  times in seconds, one row for each round:\n' >&2
  paste "$results-peer" "$results-one" "$results-four" |
    awk '{ printf "  pg_basebackup %6.2f   ours %6.2f   with -j 4 %6.2f\n", $1, $2, $3 }' >&2
  bench_basebackup_figure basebackup-one-connection one 1.5
  bench_basebackup_figure basebackup-four-connections four 1
}

# bench_basebackup_time NAME COMMAND...: with a new folder as its last argument.  Each
# begins when the disk has nothing left to do, and the copy is on disk when it ends.
bench_basebackup_time() {
  local name=$1 folder=$SERVER_WORK/backup begin end
  shift
  sync
  begin=$EPOCHREALTIME
  "$@" "$folder" >&2 || return 1
  end=$EPOCHREALTIME
  pg_verifybackup -q "$folder" >&2 || return 1
  rm -rf "$folder"
  awk -v begin="$begin" -v end="$end" 'BEGIN { print end - begin }' >>"$SERVER_WORK/results-$name"
}

bench_basebackup_median() {
  sort -n "$SERVER_WORK/results-$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# bench_basebackup_figure NAME RESULTS REACH: the part of pg_basebackup's time.
bench_basebackup_figure() {
  awk -v name="$1" -v ours="$(bench_basebackup_median "$2")" -v reach="$3" \
    -v peer="$(bench_basebackup_median peer)" 'BEGIN {
    printf "%s\t%.2f s\t%.2f s\t%.2f\t%s\t%s\n", name, ours, peer, ours / peer, reach,
           (ours / peer <= reach ? "reached" : "missed")
  }'
}
