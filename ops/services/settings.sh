# Shared by start, cluster and stop; sourced, not run.
# Where the services keep their data, settings, logs and process ids.
folder="${AUDITORIUM_SERVICES:-${TMPDIR:-/tmp}/auditorium-services}"
# What was downloaded once and is used again.
cache="${XDG_CACHE_HOME:-$HOME/.cache}/auditorium"
elasticsearch_version=9.3.2
ops="$(cd .. && pwd)"
wait_seconds=180

say() { printf '%s\n' "$*" >&2; }

# PostgreSQL and Elasticsearch refuse to run as root; so nothing here does.
as_user() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$folder" "$@"
  else
    "$@"
  fi
}

postgres_programs() {
  find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1
}

random_password() {
  python3 -c 'import secrets; print(secrets.token_hex(16))'
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

own_folder() {
  rm -rf "${folder:?}/$1"
  mkdir -p "$folder/$1"
  give_away "$folder/$1"
}

give_away() {
  [ "$(id -u)" != 0 ] || chown -R nobody:nogroup "$1"
}

# Calls the command given until it succeeds, or ends with the log of what did not come up.
wait_for() {
  local name="$1" log="$2"
  shift 2
  local deadline=$((SECONDS + wait_seconds))
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      say "$name did not come up within $wait_seconds seconds. The end of its log:"
      tail -n 30 "$log" >&2 || true
      exit 1
    fi
    sleep 0.2
  done
  say "$name is up"
}
