# shellcheck shell=bash
# Debian packages: finds out what is missing, and installs it.  Sourced by
# scripts/test, scripts/demo and scripts/matrix, after common.sh.

NO_CLUSTER=/etc/postgresql-common/createcluster.d/pg_extman.conf

# gettext: catalogues of messages are made where the server has any.
PACKAGES_BUILD=(g++ make cmake libboost-dev gettext)
# shellcheck disable=SC2034 # not all who source this need it
PACKAGES_SERVER=("postgresql-$PG_MAJOR" "postgresql-server-dev-$PG_MAJOR")
# shellcheck disable=SC2034 # the client of basebackup, and what its preset asks for
PACKAGES_BASEBACKUP=(libpq-dev libssl-dev libgtest-dev)
# shellcheck disable=SC2034 # not every script has tests
# locales: what localedef makes one of.
PACKAGES_TAP=(perl libipc-run-perl locales "postgresql-$PG_MAJOR-pgextwlist")
# shellcheck disable=SC2034 # the same
PACKAGES_REAL=(perl "postgresql-$PG_MAJOR-pgtap" "postgresql-$PG_MAJOR-pgq3"
  "postgresql-$PG_MAJOR-pgq-node" "postgresql-$PG_MAJOR-londiste-sql"
  "postgresql-$PG_MAJOR-ip4r" "postgresql-$PG_MAJOR-orafce"
  "postgresql-$PG_MAJOR-partman" "postgresql-$PG_MAJOR-mimeo")
# shellcheck disable=SC2034 # the same
PACKAGES_AUTHORS=(perl zip unzip lintian dpkg-dev fakeroot)

# Where everything that can be had has been installed before, as in the roots of
# scripts/matrix: tests do without the rest.
PACKAGES_AS_THEY_ARE=${PACKAGES_AS_THEY_ARE:-no}

# Prints those of the named packages that are not installed.
packages_missing() {
  local name
  for name in $(printf '%s\n' "$@" | sort -u); do
    case $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) in
      installed) ;;
      *) printf '%s ' "$name" ;;
    esac
  done
}

packages_require() {
  local -a missing as_root=()
  [ "$PACKAGES_AS_THEY_ARE" = no ] || return 0
  command -v dpkg-query >/dev/null || die "this script needs Debian's dpkg and apt"
  read -r -a missing <<<"$(packages_missing "$@")" || true
  [ "${#missing[@]}" -gt 0 ] || return 0

  if ! is_root; then
    command -v sudo >/dev/null ||
      die "these packages are missing, and there is no sudo: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing from Debian: ${missing[*]}"
  forbid_cluster "${missing[@]}"
  quietly "$BUILD_DIR/log/apt-update" "${as_root[@]}" apt-get -q update ||
    warn "going on with the package lists that are there"
  quietly "$BUILD_DIR/log/apt-install" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends install "${missing[@]}" ||
    die "could not install ${missing[*]}"
  allow_cluster
}

# The package of a server makes a cluster of its own, and starts it, when it is
# installed for the first time.  Nothing here wants that: postgresql-common reads
# this folder before it decides.
forbid_cluster() {
  case " $* " in
    *" postgresql-$PG_MAJOR "*) ;;
    *) return 0 ;;
  esac
  at_exit allow_cluster
  "${as_root[@]}" mkdir -p "${NO_CLUSTER%/*}"
  printf '%s\n' 'create_main_cluster = false' | "${as_root[@]}" tee "$NO_CLUSTER" >/dev/null
}

allow_cluster() {
  local -a as_root=()
  [ -e "$NO_CLUSTER" ] || return 0
  is_root || as_root=(sudo)
  "${as_root[@]}" rm -f "$NO_CLUSTER"
}
