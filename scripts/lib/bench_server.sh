# shellcheck shell=bash
# The benchmark of the server half: many packages on disk, and core's own views
# over as many extensions.  Sourced by scripts/bench, after common.sh and server.sh.
#
# bench_server prints one line for each figure to the standard output, and all else
# that it measures, as a table, to the standard error.  It is called in the shell
# that ran common_init, not below supervise: what it leaves is removed at the end of
# that shell, whatever ends it.

BENCH_SERVER_FOLDER=$SOURCE_DIR/test/bench/server
BENCH_SERVER_COUNTS=${BENCH_SERVER_COUNTS:-5000 60000}
BENCH_SERVER_REPEAT=5     # sessions, and warm calls in each

bench_server() { bench_on_server bench_server_run; }

# bench_on_server COMMAND...: with a private server that is gone afterwards.
bench_on_server() {
  local status=0
  at_exit bench_server_clean
  server_init bench-server
  server_export
  supervise bench_server_with "$@" || status=$?
  bench_server_clean
  return "$status"
}

bench_server_with() {
  { server_copy && server_install_module WERROR=yes && server_start; } >&2 && "$@"
}

bench_server_clean() {
  servers_stop
  case $SERVER_WORK in
    */bench-server) rm -rf "$SERVER_WORK" ;;
  esac
}

bench_server_run() {
  local count
  bench_server_sql 'CREATE EXTENSION pg_extman' || return 1
  for count in $BENCH_SERVER_COUNTS; do
    bench_server_count "$count" || return 1
  done
}

bench_server_sql() { psql -X -q -v ON_ERROR_STOP=1 -c "$1" >/dev/null; }

bench_server_say() { printf '%s\n' "$*" >&2; }

# bench_server_row WHAT MILLISECONDS [REMARK]
bench_server_row() { printf '  %-52s %12.2f ms  %s\n' "$1" "$2" "${3:-}" >&2; }

# All of it for one number of packages.
bench_server_count() {
  local count=$1 ours
  bench_server_say "server, $count packages"
  bench_server_packages "$count" || return 1
  bench_server_ours "$count" || return 1
  ours=$(bench_server_median available second)
  bench_server_core "$count" || return 1
  [ "$count" -ne 5000 ] ||
    bench_server_figure available-5000 "$ours" "$(bench_server_median core versions)" 200
}

# Fresh packages and extensions in place of those of the count before.
bench_server_packages() {
  rm -rf "$SERVER_SHARE/extensions" "$SERVER_SHARE"/extension/core_*
  mkdir -p "$SERVER_SHARE/extensions"
  "$BENCH_SERVER_FOLDER/make-packages" directory "$1" "$SERVER_SHARE/extensions" \
    >"$SERVER_WORK/requests" || return 1
  chmod -R u=rwX,go=rX "$SERVER_SHARE/extensions"
  # A file that changed within the last two seconds may change again unnoticed, and
  # is therefore read at each call.
  sleep 3
}

# ---------- measuring ----------

# bench_server_session NAME [LABEL SQL]...: appends to the results of that name.
bench_server_session() {
  local results=$SERVER_WORK/results-$1
  shift
  "$BENCH_SERVER_FOLDER/session" "$@" >"$results.last" || return 1
  cat "$results.last" >>"$results"
  if grep -q 'ERROR:' "$results.last"; then
    grep 'ERROR:' "$results.last" >&2
    return 1
  fi
}

# bench_server_median NAME LABEL [FIELD]: of the milliseconds, or of another field.
bench_server_median() {
  awk -F '\t' -v label="$2" -v field="${3:-2}" '$1 == label { print $field }' \
    "$SERVER_WORK/results-$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# bench_server_figure NAME OURS PEER REACH, in milliseconds: how many times faster.
bench_server_figure() {
  awk -v name="$1" -v ours="$2" -v peer="$3" -v reach="$4" 'BEGIN {
    ratio = peer / ours
    printf "%s\t%.2f ms\t%.0f ms\t%.0f\t%s\t%s\n", name, ours, peer, ratio, reach,
           (ratio >= reach ? "reached" : "missed")
  }'
}

# ---------- ours ----------

bench_server_ours() {
  local i request available='SELECT count(*) FROM pg_extension_available()'
  local all="SELECT sum(length(a::text)) FROM pg_extension_available() a"
  local -a calls requests
  mapfile -t requests <"$SERVER_WORK/requests"
  rm -f "$SERVER_WORK"/results-*
  for ((i = 0; i < BENCH_SERVER_REPEAT; i++)); do
    bench_server_session available \
      idle "SELECT pg_extension_version_compare('1', '2')" \
      first "$available" second "$available" later "$available" later "$available" \
      later "$available" all "$all" || return 1
    request=${requests[i % ${#requests[@]}]}
    bench_server_session plan idle "SELECT pg_extension_version_compare('1', '2')" \
      first "SELECT count(*) FROM pg_extension_plan('$request')" || return 1
  done

  calls=(first "SELECT count(*) FROM pg_extension_plan('${requests[0]}')")
  for request in "${requests[@]}"; do
    calls+=(later "SELECT count(*) FROM pg_extension_plan('$request')")
  done
  bench_server_session warm "${calls[@]}" || return 1
  bench_server_changed || return 1
  bench_server_cancel || return 1

  bench_server_row 'pg_extension_available(), first call of a backend' \
    "$(bench_server_median available first)"
  bench_server_row 'pg_extension_available(), second call' "$(bench_server_median available second)"
  bench_server_row 'pg_extension_available(), later calls' "$(bench_server_median available later)"
  bench_server_row 'pg_extension_available(), every column read' "$(bench_server_median available all)"
  bench_server_row 'pg_extension_available(), after one file changed' \
    "$(bench_server_median changed changed)"
  bench_server_row 'pg_extension_plan(), first call of a backend' "$(bench_server_median plan first)"
  bench_server_row 'pg_extension_plan(), later calls' "$(bench_server_median warm later)"
  bench_server_row 'cancelled after 50 ms in the first call, in all' \
    "$(bench_server_median cancel cancelled)"
  bench_server_memory "$1"
}

# One control file gets another line between two calls, a few times.
bench_server_changed() {
  local i control available='SELECT count(*) FROM pg_extension_available()'
  local -a calls=(first "$available")
  control=$(printf '%s\n' "$SERVER_SHARE"/extensions/*/control | sed -n '$p')
  for ((i = 0; i < BENCH_SERVER_REPEAT; i++)); do
    calls+=(changed "\\! echo 'x_changed_$i = 1' >>$control"$'\n'"$available")
  done
  bench_server_session changed "${calls[@]}"
}

bench_server_cancel() {
  "$BENCH_SERVER_FOLDER/session" idle "SET statement_timeout = 50" \
    cancelled 'SELECT count(*) FROM pg_extension_available()' >"$SERVER_WORK/results-cancel"
}

bench_server_memory() {
  local idle warm peak
  idle=$(bench_server_median available idle 3)
  warm=$(bench_server_median available later 3)
  peak=$(bench_server_median available later 4)
  awk -v count="$1" -v idle="$idle" -v warm="$warm" -v peak="$peak" 'BEGIN {
    printf "  %-52s %12.1f MB  %.0f bytes a package; peak of the backend %.0f MB\n",
           "memory of a backend, kept between calls", (warm - idle) / 1024,
           (warm - idle) * 1024 / count, peak / 1024
  }' >&2
}

# ---------- core's ----------

# Core looks through its whole folder again for each extension: what takes seconds
# with 5,000 takes an hour with 60,000.
bench_server_core() {
  "$BENCH_SERVER_FOLDER/make-packages" core "$1" "$SERVER_SHARE/extension" >/dev/null || return 1
  chmod -R u=rwX,go=rX "$SERVER_SHARE/extension"
  bench_server_session core idle 'SELECT 1' \
    available 'SELECT count(*) FROM pg_available_extensions' \
    available 'SELECT count(*) FROM pg_available_extensions' \
    available 'SELECT count(*) FROM pg_available_extensions' || return 1
  bench_server_row "core's pg_available_extensions" "$(bench_server_median core available)"
  if [ "$1" -gt 5000 ]; then
    bench_server_say "  core's pg_available_extension_versions: left out, its time grows with the square"
    return 0
  fi
  bench_server_session core idle 'SELECT 1' \
    versions 'SELECT count(*) FROM pg_available_extension_versions' || return 1
  bench_server_row "core's pg_available_extension_versions" "$(bench_server_median core versions)"
}
