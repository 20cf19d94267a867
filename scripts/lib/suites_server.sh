# shellcheck shell=bash
# The suites that run on the private server: regress, isolation, tap, docs, real.

# Sourced by scripts/test and scripts/check-memory, after results.sh and server.sh.

# suites_make_server VARIABLE=VALUE...: the server of the suites, which is yet to be
# started, with the examples and the packages made for tests.  The variables are make's.
suites_make_server() {
  server_copy &&
    server_install_module "$@" &&
    server_add_packages "$SOURCE_DIR/control-examples" &&
    server_add_packages "$SOURCE_DIR/control-examples/overlays" overlays &&
    server_add_packages "$SOURCE_DIR/neighbours" neighbours &&
    server_make_package queue-1.1 &&
    server_add_packages "$SOURCE_DIR/test/regress/packages" &&
    server_add_folder "$SOURCE_DIR/test/bad_packages" lint &&
    server_pin_extension citext 1.6 &&
    server_pin_extension earthdistance 1.1
}

# server_make_package FOLDER: installs a neighbour by its Makefile, with its module, over
# what was copied of it.
server_make_package() {
  local folder=$SERVER_WORK/made/$1
  mkdir -p "$folder" && cp -R "$SOURCE_DIR/neighbours/$1/." "$folder" &&
    quietly "$BUILD_DIR/log/make-$1" make -C "$folder" PG_CONFIG="$SERVER_BIN/pg_config" \
      PG_CFLAGS='-Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers -Wmissing-prototypes -Werror' \
      EXTMAN_FOLDER="../neighbours/$1" install
}

server_is_up() {
  [ "$SERVER_BROKEN" = no ] || {
    say "there is no server, see above"
    return 1
  }
}

suite_regress() {
  local tests
  server_is_up || return 1
  tests=$(test_names regress/sql sql "$@")
  # shellcheck disable=SC2086 # names of files, without white space
  run_pg_regress src/test/regress/pg_regress regress $tests
}

suite_isolation() {
  local tests
  server_is_up || return 1
  tests=$(test_names isolation/specs spec "$@")
  # shellcheck disable=SC2086
  run_pg_regress src/test/isolation/pg_isolation_regress isolation $tests
}

# test_names FOLDER SUFFIX [NAME...]: those named, else all of the folder.
test_names() {
  local folder=$SOURCE_DIR/test/$1 suffix=$2 file
  shift 2
  if [ $# -gt 0 ]; then
    printf '%s\n' "$@"
    return
  fi
  for file in "$folder"/*."$suffix"; do
    [ -e "$file" ] || continue
    file=${file##*/}
    printf '%s\n' "${file%."$suffix"}"
  done
}

# run_pg_regress PROGRAM FOLDER TEST...
run_pg_regress() {
  local program=$SERVER_LIB/pgxs/$1 folder=$2 output=$SERVER_WORK/$2 log=$SERVER_WORK/log/$2
  local status=0 passed failed
  shift 2
  [ $# -gt 0 ] || return 0
  mkdir -p "$output"
  "$program" --inputdir="$SOURCE_DIR/test/$folder" --outputdir="$output" \
    --bindir="$SERVER_BIN" --host="$SERVER_SOCKET" --user=postgres \
    --dbname="extman_$folder" --load-extension=pg_extman "$@" >"$log" 2>&1 || status=$?
  # Of PostgreSQL 15: "test x ... ok 12 ms"; of 16 and later: "ok 1 - x 12 ms".
  grep -E '^(test .*\.\.\. |ok |not ok )' "$log" || true
  passed=$(grep -cE '^(test .*\.\.\. ok|ok )' "$log") || true
  failed=$(grep -cE '^(test .*\.\.\. (FAILED|failed)|not ok )' "$log") || true
  report "$passed" "$failed" 0
  if [ "$status" -ne 0 ]; then
    if [ -s "$output/regression.diffs" ]; then
      head -n 300 "$output/regression.diffs"
      say "(all of it: $output/regression.diffs)"
    else
      tail -n 20 "$log"
    fi
  fi
  return "$status"
}

# Each test makes clusters of its own from the copy, by PostgreSQL's own modules: as many
# at once as there are processors, shown in their order.
suite_tap() {
  local name bad=0
  server_is_up || return 1
  server_folder "$SERVER_WORK/tap"
  server_folder "$SCRATCH/tap"
  # A copy, since the user of the server may have no access to the checkout.
  cp -R "$SOURCE_DIR/test/tap/." "$SOURCE_DIR/test/soak/." "$SCRATCH/tap" || return 1
  if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046 # names of files, without white space
    set -- $(test_names tap pl) $(test_names soak pl)
  fi
  if [[ " $*" == *basebackup* ]]; then
    build_core release basebackup && cp "$BUILD_DIR/release/basebackup" "$SCRATCH/tap/" || return 1
  fi
  server_small_disk
  local -a running=()
  for name in "$@"; do
    if [ "${#running[@]}" -ge "$JOBS" ]; then
      tap_result "${running[0]}" || bad=1
      running=("${running[@]:1}")
    fi
    tap_start "$name"
    running+=("$name")
  done
  for name in "${running[@]}"; do
    tap_result "$name" || bad=1
  done
  server_small_disk_remove
  return "$bad"
}

declare -A TAP_STARTED=()

tap_start() {
  local name=$1
  (
    cd "$SERVER_WORK/tap" &&
      unset PGHOST PGUSER PGDATABASE &&
      # PostgreSQL 15 looks at the first of them, 16 and later at the others.
      TESTDIR=$SERVER_WORK/tap TESTDATADIR=$SERVER_WORK/tap/tmp_check \
        TESTLOGDIR=$SERVER_WORK/tap/tmp_check/log TMPDIR=$SCRATCH/tap \
        PG_TEST_TIMEOUT_DEFAULT=60 EXTMAN_BASEBACKUP=$SCRATCH/tap/basebackup \
        PG_REGRESS=$SERVER_LIB/pgxs/src/test/regress/pg_regress \
        as_server perl -I "$SERVER_LIB/pgxs/src/test/perl" "$SCRATCH/tap/$name.pl"
  ) >"$SERVER_WORK/log/tap-$name" 2>&1 &
  TAP_STARTED[$name]=$!
}

# tap_result NAME: waits for it.
tap_result() {
  local name=$1 log=$SERVER_WORK/log/tap-$1 status=0 passed failed skipped
  wait "${TAP_STARTED[$name]}" || status=$?
  skipped=$(grep -cE '^ok .*# [sS][kK][iI][pP]' "$log") || true
  passed=$(($(grep -cE '^ok ' "$log" || true) - skipped))
  failed=$(grep -cE '^not ok ' "$log") || true
  # The plan proves that the test came to its end.
  if [ "$status" -ne 0 ] || ! grep -qE '^1\.\.[0-9]+$' "$log"; then
    [ "$failed" -gt 0 ] || failed=1
  fi
  report "$passed" "$failed" "$skipped"
  if [ "$failed" -gt 0 ]; then
    say "FAILED  $name"
    grep -v '^ok ' "$log" | head -n 60
    say "(the end of what it did)"
    tail -n 20 "$SERVER_WORK/tap/tmp_check/log/regress_log_$name"
    return 1
  fi
  say "ok      $name ($passed)"
  grep -E '^ok .*# [sS][kK][iI][pP]' "$log" || true
}

# The commands in README.md and doc, and what they print.  With EXTMAN_UPDATE_DOCS set,
# what they print is written there.
suite_docs() {
  local name
  local -a files=() options=()
  server_is_up || return 1
  for name in "$@"; do
    files+=("$SOURCE_DIR/$name")
  done
  [ $# -gt 0 ] || files=("$SOURCE_DIR/README.md" "$SOURCE_DIR"/doc/*.md)
  [ -z "${EXTMAN_UPDATE_DOCS:-}" ] || options=(--update)
  "$SOURCE_DIR/test/docs/run" --home="$SERVER_WORK/home" --report="$RESULTS" "${options[@]}" "${files[@]}"
}

# Names: of extensions, and scanner for the comparison of the splitter.
suite_real() {
  local name bad=0 scanner=no
  local -a extensions=()
  server_is_up || return 1
  for name in "$@"; do
    case $name in
      scanner) scanner=yes ;;
      *) extensions+=("$name") ;;
    esac
  done
  [ $# -gt 0 ] || scanner=yes
  if [ $# -eq 0 ] || [ ${#extensions[@]} -gt 0 ]; then
    "$SOURCE_DIR/test/real/compare" --work="$SERVER_WORK/real" --sharedir="$SERVER_SHARE" \
      --report="$RESULTS" "${extensions[@]}" || bad=1
  fi
  if [ "$scanner" = yes ]; then
    real_scanner || bad=1
  fi
  return "$bad"
}

# What the splitter makes of all SQL that is here, and psql's own scanner.
real_scanner() {
  # The build of the suite unit, whose core needn't be compiled once more.
  local build=$BUILD_DIR/release dumps=$SERVER_WORK/dumps
  quietly "$BUILD_DIR/log/cmake-psqlscan" cmake -S "$SOURCE_DIR" -B "$build" \
    -DCMAKE_BUILD_TYPE=RelWithDebInfo -DEXTMAN_PSQLSCAN=ON \
    -DEXTMAN_WERROR=ON -DPG_CONFIG="$PG_CONFIG" &&
    quietly "$BUILD_DIR/log/build-psqlscan" \
      cmake --build "$build" --target extman_psqlscan -j "$JOBS" || return 1
  quietly "$SERVER_WORK/log/dumps" "$SOURCE_DIR/test/psqlscan/make-dumps" "$dumps" || return 1
  EXTMAN_SQL=$SERVER_SHARE:$SOURCE_DIR/test/regress:$SOURCE_DIR/control-examples:$dumps \
    run_unit_tests "$build/test/psqlscan/extman_psqlscan" "$BUILD_DIR/log/psqlscan"
}
