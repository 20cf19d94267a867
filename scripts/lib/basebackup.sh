# shellcheck shell=bash
# The client of the package basebackup: how it is built, and its unit tests.  Sourced by
# scripts/test and scripts/bench, after common.sh.

# shellcheck disable=SC2034 # for those who install packages
PACKAGES_BASEBACKUP=(libpq-dev)
BASEBACKUP_SOURCE=$SOURCE_DIR/neighbours/basebackup-client

# basebackup_folder KIND: of release, asan and clang, as the presets of the core are.
basebackup_folder() { printf '%s' "$BUILD_DIR/basebackup-$1"; }

# basebackup_build KIND [TARGET]
basebackup_build() {
  local kind=$1 target=${2:-all} folder with_tests=ON
  local -a options=()
  folder=$(basebackup_folder "$kind")
  case $kind in
    asan) options=(-DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g" -DBASEBACKUP_SANITIZE=ON) ;;
    clang) options=(-DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++) ;;
  esac
  # Who only wants the program needs no test framework.
  [ "$target" != basebackup ] || with_tests=OFF
  quietly "$BUILD_DIR/log/cmake-basebackup-$kind" cmake -S "$BASEBACKUP_SOURCE" -B "$folder" \
    -DBASEBACKUP_WERROR=ON -DBASEBACKUP_TESTS="$with_tests" "${options[@]}" &&
    quietly "$BUILD_DIR/log/build-basebackup-$kind" \
      cmake --build "$folder" --target "$target" -j "$JOBS"
}

# basebackup_unit_tests KIND [FILTER...]
basebackup_unit_tests() {
  local kind=$1
  shift
  basebackup_build "$kind" basebackup_unit || return 1
  run_unit_tests "$(basebackup_folder "$kind")/basebackup_unit" \
    "$BUILD_DIR/log/unit-basebackup-$kind" "$@"
}

basebackup_tidy() {
  find "$BASEBACKUP_SOURCE" -maxdepth 1 -name '*.cpp' -print0 |
    xargs -0 -n 1 -P "$JOBS" clang-tidy --quiet --header-filter='basebackup-client/.*' \
      -p "$(basebackup_folder clang)" 2>&1 |
    { grep -v 'warnings\? generated\.$' || true; }
}
