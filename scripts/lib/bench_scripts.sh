# shellcheck shell=bash
# The benchmark of scripts: packages against core's CREATE EXTENSION, files against
# psql.  Sourced by scripts/bench, after bench_server.sh, whose server it makes.

bench_scripts() { bench_on_server bench_scripts_run; }

bench_scripts_run() {
  local files=$SERVER_WORK/files
  { psql -X -q -c 'CREATE DATABASE bench_ours' -c 'CREATE DATABASE bench_peer' &&
    psql -X -q -d bench_ours -c 'CREATE EXTENSION pg_extman'; } >&2 || return 1
  mkdir -p "$files" "$SERVER_SHARE/extensions"
  chmod 755 "$files"
  # shellcheck disable=SC2086 # names, without white space
  "$BENCH_SERVER_FOLDER/scripts" "$files" "$SERVER_SHARE" ${BENCH_SCRIPTS_FIGURES:-}
}
