# shellcheck shell=bash
# The fuzzers: building them, running them, counting what they did.

# Sourced by scripts/fuzz and scripts/test, after suites_core.sh.

# Longer inputs find nothing more, only later.
FUZZ_MAX_LENGTH=4096

# Those that there are.
fuzz_names() {
  local file
  for file in "$SOURCE_DIR"/test/fuzz/*_fuzz.cpp; do
    file=${file##*/}
    printf '%s\n' "${file%_fuzz.cpp}"
  done
}

fuzz_build() { build_core sanitize extman_fuzzers; }
fuzz_program() { printf '%s' "$BUILD_DIR/sanitize/test/fuzz/extman_fuzz_$1"; }

# fuzz_seeds NAME: a folder with what a fuzzer starts from besides its corpus: files
# of the repository as they are.
fuzz_seeds() {
  local name=$1 seeds=$BUILD_DIR/fuzz/seeds/$1 file number=0
  rm -rf "$seeds"
  mkdir -p "$seeds"
  case $name in
    control)
      find "$SOURCE_DIR"/control-examples "$SOURCE_DIR"/test/regress/packages \
        \( -name control -o -name '*.control' \) -print0
      ;;
    conf) find "$SOURCE_DIR"/control-examples "$SOURCE_DIR"/test/regress/packages -name '*.conf' -print0 ;;
    lint) find "$SOURCE_DIR"/control-examples "$SOURCE_DIR"/test/bad_packages -type f -print0 ;;
    *) ;;
  esac | while IFS= read -r -d '' file; do
    number=$((number + 1))
    cp "$file" "$seeds/$number"
  done
  printf '%s' "$seeds"
}

# fuzz_one NAME SECONDS: a line "NAME runs, ...", and "NAME found ..." for each input
# that broke something.  What is new in the corpus goes below build/.
fuzz_one() {
  local name=$1 seconds=$2
  local work=$BUILD_DIR/fuzz/corpus/$name found=$BUILD_DIR/fuzz/found log=$BUILD_DIR/log/fuzz-$name
  local status=0 runs program dictionary=()
  program=$(fuzz_program "$name")
  mkdir -p "$work" "$found" "$SOURCE_DIR/test/fuzz/corpus/$name"
  [ ! -e "$SOURCE_DIR/test/fuzz/$name.dict" ] ||
    dictionary=(-dict="$SOURCE_DIR/test/fuzz/$name.dict")
  "$program" -max_total_time="$seconds" -max_len="$FUZZ_MAX_LENGTH" -timeout=10 -rss_limit_mb=4096 \
    -print_final_stats=1 -artifact_prefix="$found/$name-" "${dictionary[@]}" \
    "$work" "$SOURCE_DIR/test/fuzz/corpus/$name" "$(fuzz_seeds "$name")" >"$log" 2>&1 || status=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  if [ "$status" -ne 0 ]; then
    grep -aE -A 30 '^does not hold|^==[0-9]+==ERROR|runtime error' "$log" | head -n 40
    grep -aE 'Test unit written to' "$log" | sed 's/.*Test unit written to /found   /' || true
    say "FAILED  $name after ${runs:-?} runs (all of it: $log)"
    return 1
  fi
  say "ok      $name: $runs runs, $(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1) edges"
}

# fuzz_all SECONDS NAME...: as many at once as there are processors, or FUZZ_AT_ONCE.
fuzz_all() {
  local seconds=$1 name
  shift
  for name in "$@"; do
    while [ "$(jobs -rp | wc -l)" -ge "${FUZZ_AT_ONCE:-$JOBS}" ]; do wait -n || true; done
    {
      if fuzz_one "$name" "$seconds"; then report 1 0 0; else report 0 1 0; fi
    } &
  done
  wait
}
