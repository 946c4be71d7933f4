# Shared by start and stop; sourced, not run.
# Where the services keep their data, settings, logs and process ids.
folder="${AUDITORIUM_SERVICES:-${TMPDIR:-/tmp}/auditorium-services}"
# What was downloaded once and is used again.
cache="${XDG_CACHE_HOME:-$HOME/.cache}/auditorium"
elasticsearch_version=9.3.2

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
