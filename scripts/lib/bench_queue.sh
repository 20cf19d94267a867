# shellcheck shell=bash
# The benchmark of the package queue, against PgQ and against a table that is read by
# SELECT ... FOR UPDATE SKIP LOCKED.  Sourced by scripts/bench, after bench_server.sh.
#
# All three are in one database of one server, and are measured in turn; the median
# of the rounds counts.

PACKAGES_QUEUE=("postgresql-$PG_MAJOR-pgq3")
BENCH_QUEUE_FOLDER=$SOURCE_DIR/test/bench/queue
BENCH_QUEUE_ROUNDS=${BENCH_QUEUE_ROUNDS:-5}
BENCH_QUEUE_SECONDS=${BENCH_QUEUE_SECONDS:-4}   # of each run of single events
BENCH_QUEUE_PEERS=(queue pgq skiplocked)
BENCH_QUEUE_MANY=100000
BENCH_QUEUE_BATCHES=200   # of 500 events, for reading

bench_queue() { bench_on_server bench_queue_run; }

bench_queue_run() {
  local round peer what
  server_add_packages "$SOURCE_DIR/neighbours"
  psql -X -q -A -t -v ON_ERROR_STOP=1 -f "$BENCH_QUEUE_FOLDER/setup.sql" >&2 || return 1
  bench_queue_scripts
  for ((round = 1; round <= BENCH_QUEUE_ROUNDS; round++)); do
    for what in single many out; do
      for peer in "${BENCH_QUEUE_PEERS[@]}"; do
        "bench_queue_$what" "$peer" >>"$SERVER_WORK/results-$what-$peer" || return 1
      done
    done
    bench_queue_clear || return 1
  done
  bench_queue_churn || return 1
  for what in single many out; do
    for peer in pgq skiplocked; do
      bench_queue_figure "$what" "$peer"
    done
  done
  for peer in pgq skiplocked; do
    bench_queue_size_figure "$peer"
  done
}

# What a client sends, one event for each transaction.
bench_queue_scripts() {
  local payload
  payload=$(printf 'x%.0s' {1..60})
  printf '%s\n' "SELECT queue.send('bench', 't', '$payload');" >"$SERVER_WORK/single-queue"
  printf '%s\n' "SELECT pgq.insert_event('bench', 't', '$payload');" >"$SERVER_WORK/single-pgq"
  printf '%s\n' "INSERT INTO job (type, payload) VALUES ('t', '$payload');" >"$SERVER_WORK/single-skiplocked"
}

# ---------- measuring; each prints events for each second ----------

bench_queue_single() {
  pgbench -n -M prepared -c 8 -j 2 -T "$BENCH_QUEUE_SECONDS"  -f "$SERVER_WORK/single-$1" |
    sed -n 's/^tps = \([0-9.]*\).*/\1/p'
}

bench_queue_many() { bench_queue_timed "$BENCH_QUEUE_MANY" "SELECT fill_$1($BENCH_QUEUE_MANY)"; }

# A backlog of many batches, as a consumer finds it that was away.
bench_queue_out() {
  local peer=$1 i events
  psql -X -q -v ON_ERROR_STOP=1 -c "SELECT tick_$peer()" -c "CALL drain_$peer()" >/dev/null || return 1
  for ((i = 0; i < BENCH_QUEUE_BATCHES; i++)); do
    printf '%s\n' "SELECT fill_$peer(500);" "SELECT tick_$peer();"
  done | psql -X -q -v ON_ERROR_STOP=1 >/dev/null || return 1
  psql -X -q -c 'TRUNCATE done' >/dev/null
  bench_queue_timed $((BENCH_QUEUE_BATCHES * 500)) "CALL drain_$peer()" || return 1
  # Who has read fewer was not faster.
  events=$(psql -X -A -t -c "SELECT sum(events) FROM done")
  [ "$events" -eq $((BENCH_QUEUE_BATCHES * 500)) ] || {
    bench_server_say "$peer: $events events instead of $((BENCH_QUEUE_BATCHES * 500))"
    return 1
  }
}

# bench_queue_timed EVENTS STATEMENT
bench_queue_timed() {
  printf '%s\n' '\timing on' "$2;" | psql -X -q -v ON_ERROR_STOP=1 |
    awk -v events="$1" '/^Time:/ { printf "%.0f\n", events / ($2 / 1000) }'
}

# Nobody's time for what the round before has left.
bench_queue_clear() {
  local peer
  for peer in "${BENCH_QUEUE_PEERS[@]}"; do
    printf '%s\n' "SELECT tick_$peer();" "SELECT tick_$peer();" "CALL drain_$peer();"
  done | psql -X -q -v ON_ERROR_STOP=1 >/dev/null || return 1
  bench_queue_rotate && bench_queue_rotate && bench_queue_rotate
}

bench_queue_rotate() {
  psql -X -q -v ON_ERROR_STOP=1 -c 'SELECT rotate_queue()' -c 'CALL rotate_pgq()' >/dev/null
}

# Twenty times 20,000 events in and out, with a rotation after each; the largest size
# on disk before a rotation counts, of tables, indexes and what else there is of each.
bench_queue_churn() {
  local i peer
  psql -X -q -c 'VACUUM FULL job' >/dev/null
  for ((i = -3; i < 20; i++)); do
    for peer in "${BENCH_QUEUE_PEERS[@]}"; do
      printf '%s\n' "SELECT fill_$peer(20000);" "SELECT tick_$peer();" "SELECT pg_sleep(0.05);" \
        "CALL drain_$peer();"
    done | psql -X -q -v ON_ERROR_STOP=1 >/dev/null || return 1
    for peer in "${BENCH_QUEUE_PEERS[@]}"; do
      # Of the first three, some have yet to empty what the rounds before have left.
      [ "$i" -lt 0 ] || bench_queue_bytes "$peer" >>"$SERVER_WORK/results-size-$peer"
    done
    bench_queue_rotate || return 1
  done
}

bench_queue_bytes() {
  local condition="relnamespace = '$1'::regnamespace"
  [ "$1" != skiplocked ] || condition="oid = 'job'::regclass"
  psql -X -A -t -c "SELECT sum(pg_total_relation_size(oid)) FROM pg_class
    WHERE relkind IN ('r', 'S') AND $condition"
}

# ---------- figures ----------

bench_queue_median() { sort -n "$SERVER_WORK/results-$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# bench_queue_figure WHAT PEER: events for each second.
bench_queue_figure() {
  awk -v name="queue-$1-$2" -v ours="$(bench_queue_median "$1-queue")" -v peer="$(bench_queue_median "$1-$2")" 'BEGIN {
    ratio = ours / peer
    printf "%s\t%d/s\t%d/s\t%.2f\t1\t%s\n", name, ours, peer, ratio, (ratio >= 1 ? "reached" : "missed")
  }'
}

bench_queue_size_figure() {
  awk -v name="queue-size-$1" -v ours="$(sort -n "$SERVER_WORK/results-size-queue" | tail -n 1)" \
    -v peer="$(sort -n "$SERVER_WORK/results-size-$1" | tail -n 1)" 'BEGIN {
    ratio = peer / ours
    printf "%s\t%.1f MB\t%.1f MB\t%.2f\t1\t%s\n", name, ours / 1e6, peer / 1e6, ratio, (ratio >= 1 ? "reached" : "missed")
  }'
}
