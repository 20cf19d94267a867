# shellcheck shell=bash
# A private PostgreSQL: a copy of the installed one, with its own SHAREDIR, so
# that nothing of the system is touched.  Sourced by scripts/test and scripts/demo,
# after common.sh.
#
# PostgreSQL finds its share and library folders relative to its own program
# file, so a copy below $SERVER_ROOT is a complete installation: its pg_config
# names its own folders.  It must be a copy, since a link would lead back.

SERVER_USER=      # who runs the server; empty: whoever called the script
SERVER_WORK=      # everything of this server lies below
SERVER_ROOT=      # stands for / of the installed one
SERVER_BIN=
SERVER_SHARE=
SERVER_LIB=
SERVER_SOCKET=

# Chooses the folders.  PostgreSQL refuses to run as root, so that root needs
# another user; and where that user cannot enter the build folder (a checkout in
# /root), everything lies in the scratch folder instead.
server_init() {
  local name=$1
  [ -x "$PG_CONFIG" ] || die "there is no $PG_CONFIG"
  SERVER_WORK=$BUILD_DIR/$name
  if is_root; then
    SERVER_USER=postgres
    id "$SERVER_USER" >/dev/null 2>&1 || SERVER_USER=nobody
    mkdir -p "$SERVER_WORK"
    as_server test -x "$SERVER_WORK" || SERVER_WORK=$SCRATCH/$name
  fi
  SERVER_ROOT=$SERVER_WORK/root
  SERVER_BIN=$SERVER_ROOT$("$PG_CONFIG" --bindir)
  # shellcheck disable=SC2034 # only the suites need it
  SERVER_LIB=$SERVER_ROOT$("$PG_CONFIG" --pkglibdir)
  SERVER_SHARE=$SERVER_ROOT$("$PG_CONFIG" --sharedir)
  SERVER_SOCKET=$SCRATCH/socket
  at_exit server_small_disk_remove
  at_exit servers_stop
}

# Runs a command as the user of the server.
as_server() {
  if [ -z "$SERVER_USER" ]; then
    "$@"
  else
    HOME=$SERVER_WORK setpriv --reuid "$SERVER_USER" --regid "$(id -g "$SERVER_USER")" \
      --init-groups -- "$@"
  fi
}

# A fresh copy of the installed server; nothing of an earlier run stays.
server_copy() {
  local folder
  servers_stop
  rm -rf "$SERVER_WORK"
  mkdir -p "$SERVER_WORK/log"
  for folder in --bindir --pkglibdir --sharedir; do
    folder=$("$PG_CONFIG" "$folder")
    mkdir -p "$SERVER_ROOT${folder%/*}"
    cp -a "$folder" "$SERVER_ROOT${folder%/*}/"
  done
  # What only a compiler needs may lead back to the installed one.
  mkdir -p "$SERVER_ROOT/usr/include"
  ln -s /usr/include/postgresql "$SERVER_ROOT/usr/include/postgresql"
  mkdir -p "$SERVER_SHARE/extensions"
  server_folder "$SERVER_SOCKET"
}

# A folder that the server may write to.
server_folder() {
  mkdir -p "$1"
  [ -z "$SERVER_USER" ] || chown "$SERVER_USER" "$1"
}

# A disk that is soon full, for tests that fill one: SOAK_SMALL_DISK says where.  Only
# root can make it.
server_small_disk() {
  local folder=$SCRATCH/small
  unset SOAK_SMALL_DISK
  is_root || return 0
  server_folder "$folder"
  mount -t tmpfs -o "size=48m,mode=700,uid=$(id -u "$SERVER_USER"),gid=$(id -g "$SERVER_USER")" \
    pg_extman "$folder" 2>/dev/null || return 0
  export SOAK_SMALL_DISK=$folder
}

server_small_disk_remove() {
  # Lazily, lest a process that still ends keeps it.
  ! mountpoint -q "$SCRATCH/small" || umount -l "$SCRATCH/small"
}

# server_install_module VARIABLE=VALUE...: builds the module for the installed
# server, and installs it into the copy.  The variables are make's.
server_install_module() {
  local make=(make -f "$SOURCE_DIR/Makefile.pgxs" -C "$SOURCE_DIR" -j "$JOBS")
  quietly "$BUILD_DIR/log/module" "${make[@]}" PG_CONFIG="$PG_CONFIG" "$@" &&
    quietly "$BUILD_DIR/log/module-install" \
      "${make[@]}" PG_CONFIG="$SERVER_BIN/pg_config" "$@" install
}

# server_add_packages FOLDER [TARGET]: copies each package in a folder, but for what
# lies in folders named invalid or overlays, to a folder of SHAREDIR.
server_add_packages() {
  local control folder target=$SERVER_SHARE/${2:-extensions}
  mkdir -p "$target"
  for control in "$1"/*/control; do
    [ -e "$control" ] || continue
    folder=${control%/control}
    cp -R "$folder" "$target/"
  done
  chmod -R u=rwX,go=rX "$target"
}

# server_add_folder FOLDER TARGET: copies it as it is to a folder of SHAREDIR.
server_add_folder() {
  mkdir -p "$SERVER_SHARE/$2" &&
    cp -R "$1/." "$SERVER_SHARE/$2/" &&
    chmod -R u=rwX,go=rX "$SERVER_SHARE/$2"
}

# server_pin_extension NAME VERSION: makes it the newest version of an extension of
# core's, for tests that name it, whatever PostgreSQL it comes with.
server_pin_extension() {
  local name=$1 version=$2 folder=$SERVER_SHARE/extension script target
  for script in "$folder/$name"--*.sql; do
    target=${script%.sql}
    if dpkg --compare-versions "${target##*--}" gt "$version"; then
      rm "$script"
    fi
  done
  sed -i "s/^default_version.*/default_version = '$version'/" "$folder/$name.control"
}

# SERVER_PROGRAM: what runs in place of postgres, and runs it.
server_start() {
  local data=$SERVER_WORK/data
  server_folder "$data"
  server_folder "$SERVER_WORK/log"
  quietly "$SERVER_WORK/log/initdb" as_server "$SERVER_BIN/initdb" -D "$data" -U postgres \
    --auth=trust --encoding=UTF8 --locale=C --no-sync --no-instructions || return 1
  cat >>"$data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$SERVER_SOCKET'
unix_socket_permissions = 0700
fsync = off
max_connections = 40
shared_buffers = 32MB
log_line_prefix = '%m [%p] %d '
END
  # The lock of this script must not outlive it in a server that stays up.
  quietly "$SERVER_WORK/log/start" as_server "$SERVER_BIN/pg_ctl" start -w -s -D "$data" \
    -p "${SERVER_PROGRAM:-$SERVER_BIN/postgres}" -l "$SERVER_WORK/log/server" 9>&-
}

# For psql and whatever else speaks to the server.
server_export() {
  export PGHOST=$SERVER_SOCKET PGUSER=postgres PGDATABASE=postgres PATH="$SERVER_BIN:$PATH"
}

# Stops every server of this copy, those of TAP tests too, whatever state they are
# in.
servers_stop() {
  local file pid
  [ -d "$SERVER_WORK" ] || return 0
  while IFS= read -r file; do
    as_server "$SERVER_BIN/pg_ctl" stop -s -m fast -t 20 -D "${file%/*}" >/dev/null 2>&1 || true
  done < <(find "$SERVER_WORK" -name postmaster.pid)
  # What is left did not listen, or had no time to write its file.
  for pid in $(server_processes); do
    kill -QUIT "$pid" 2>/dev/null || true
  done
  servers_wait || warn "processes of the private server do not end: $(server_processes)"
}

servers_wait() {
  local tries=0
  while [ -n "$(server_processes)" ]; do
    [ $((tries++)) -lt 50 ] || return 1
    sleep 0.1
  done
}

server_processes() {
  local exe
  for exe in /proc/[0-9]*/exe; do
    if [ "$(readlink "$exe" 2>/dev/null)" = "$SERVER_BIN/postgres" ]; then
      exe=${exe#/proc/}
      printf '%s ' "${exe%/exe}"
    fi
  done
}
