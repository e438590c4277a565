# Starts a throwaway PostgreSQL for the tests: `start_postgres` sets TEST_DATABASE_URL, `stop_postgres` ends it.
# Where there are no server binaries and none can be installed, the PostgreSQL tests skip themselves.

postgres_bin=''
postgres_home=''

find_postgres() {
  postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$postgres_bin" ] || postgres_bin=$(dirname "$(command -v initdb)" 2>/dev/null)
  [ -x "$postgres_bin/initdb" ]
}

install_postgres() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); else "$@"; fi
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

start_postgres() {
  try_postgres || { echo 'PostgreSQL could not be started: its tests are skipped.'; return 1; }
}

try_postgres() {
  find_postgres || { install_postgres && find_postgres; } || return 1
  local port password
  port=$(free_port)
  password=$(node -e 'console.log(require("node:crypto").randomUUID())')
  postgres_home=$(mktemp -d)
  echo "$password" > "$postgres_home/password"
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres:postgres "$postgres_home"; fi
  as_postgres "$postgres_bin/initdb" -D "$postgres_home/data" -U marshal -E UTF8 --locale=C.UTF-8 \
    -A scram-sha-256 --pwfile="$postgres_home/password" >/dev/null || return 1
  # The data is thrown away, so it need not survive the machine.
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_home/data" -l "$postgres_home/log" -w \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_home -c fsync=off" start \
    >/dev/null || { cat "$postgres_home/log"; return 1; }
  export TEST_DATABASE_URL="postgres://marshal:$password@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [ -n "$postgres_home" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_home/data" -m immediate stop >/dev/null
  rm -rf "$postgres_home"
}
