#!/usr/bin/env bash
# with-postgres.sh [--durable] COMMAND [ARGUMENT…]
# Runs the command beside a throw-away PostgreSQL, whose address is in VAYLA_TEST_POSTGRES, and returns
# the command's status. Nothing of the server outlives the command. With --durable it writes to the disk
# as it would in earnest, for measurements.
set -euo pipefail

# The data is thrown away, so that nothing need reach the disk.
speed="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ "${1-}" != --durable ] || { speed=; shift; }
[ $# -gt 0 ] || { echo "usage: $0 [--durable] COMMAND [ARGUMENT…]" >&2; exit 2; }

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ]; then
  echo "with-postgres: no PostgreSQL server under /usr/lib/postgresql (Debian: apt-get install postgresql)" >&2
  exit 1
fi

# PostgreSQL refuses to run as root.
as_server=()
[ "$(id -u)" -ne 0 ] || as_server=(runuser -u postgres --)

folder=$(mktemp -d "${TMPDIR:-/tmp}/vayla-postgres.XXXXXX")
command_pid=

stop() {
  trap '' INT TERM HUP
  if [ -n "$command_pid" ]; then
    kill "$command_pid" 2>/dev/null && wait "$command_pid" 2>/dev/null || true
  fi
  (cd / && "${as_server[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# Another process may take the port between the look and the start: then the next one.
start() {
  local options
  for _ in 1 2 3 4 5; do
    port=$(free_port)
    options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c max_connections=200 $speed"
    if (cd / && "${as_server[@]}" "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 -o "$options" start \
        </dev/null >/dev/null 2>&1); then
      return
    fi
  done
  echo "with-postgres: the server doesn't start:" >&2
  tail -n 20 "$folder/log" >&2
  exit 1
}

[ ${#as_server[@]} -eq 0 ] || chown postgres "$folder"
(cd / && "${as_server[@]}" "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
  >"/dev/null")
start

export VAYLA_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
# In the background, so that a signal reaches the trap while the command runs; it keeps the standard input.
"$@" <&0 &
command_pid=$!
status=0
wait "$command_pid" || status=$?
command_pid=
exit "$status"
