# Elasticsearch for tests, one node or several, secured as in production. Sourced, not run.
# Nodes share the programs, the certificates and the users; each has a folder of its own with its
# settings, data, log and process id. Who sources it sets heap and java_options.
elasticsearch="$folder/elasticsearch"
elasticsearch_home="$elasticsearch/elasticsearch-$elasticsearch_version"
certificates="$elasticsearch/certificates"

# Finds Java and Elasticsearch, or says what is missing and fails.
have_elasticsearch() {
  local zip="$cache/elasticsearch-$elasticsearch_version.zip"
  if ! java="$(newest_java)"; then
    say "No Elasticsearch: it needs a JDK of 21 or later, and none was found. ELASTICSEARCH_URL stays unset."
    return 1
  fi
  if [ ! -f "$zip" ] && ! download_elasticsearch "$zip"; then
    say "No Elasticsearch: Maven (mvn) is needed to fetch it, and it was not found or failed. ELASTICSEARCH_URL stays unset."
    return 1
  fi
}

install_elasticsearch() {
  own_folder elasticsearch
  python3 -m zipfile -e "$cache/elasticsearch-$elasticsearch_version.zip" "$elasticsearch"
  chmod -R u+x "$elasticsearch_home/bin"
  (cd "$elasticsearch_home" && with_java "$ops/elasticsearch/certificates" "$certificates" localhost 127.0.0.1)
  cp "$ops/elasticsearch/roles.yml" "$elasticsearch_home/config/roles.yml"
  add_user auditorium auditorium,auditorium_tests
  # Only tests use it, to make what the site's user must not see.
  add_user administrator superuser
}

add_user() {
  (cd "$elasticsearch_home" && PASSWORD="$password" with_java "$ops/elasticsearch/user" "$@")
}

# configure_node NAME HTTP_PORT TRANSPORT_PORT, with discovery's settings from stdin
configure_node() {
  local node="$elasticsearch/$1"
  mkdir -p "$node"
  cp -r "$elasticsearch_home/config" "$node/config"
  mkdir "$node/config/certificates"
  cp "$certificates"/{ca.crt,node.crt,node.key} "$node/config/certificates"
  cat >"$node/config/elasticsearch.yml" - <(node_settings "$@")
}

node_settings() {
  cat <<SETTINGS
cluster.name: auditorium-services
node.name: $1
network.host: 127.0.0.1
http.port: $2
transport.port: $3
path.data: $elasticsearch/$1/data
path.logs: $elasticsearch/$1/logs
xpack.security.enabled: true
SETTINGS
  for way in http transport; do
    cat <<SETTINGS
xpack.security.$way.ssl.enabled: true
xpack.security.$way.ssl.certificate_authorities: certificates/ca.crt
xpack.security.$way.ssl.certificate: certificates/node.crt
xpack.security.$way.ssl.key: certificates/node.key
SETTINGS
  done
  cat <<SETTINGS
# Machines that tests run on are often fuller than a server should be.
cluster.routing.allocation.disk.threshold_enabled: false
SETTINGS
}

# Returns when the node has come up, or didn't.
run_node() {
  local node="$elasticsearch/$1"
  rm -f "$node/pid"
  cd "$elasticsearch_home" && as_user env ES_JAVA_HOME="$java" ES_PATH_CONF="$node/config" \
    ES_JAVA_OPTS="-Xms$heap -Xmx$heap $java_options" \
    bin/elasticsearch --daemonize --pidfile "$node/pid" >"$node/log" 2>&1 </dev/null || true
}

# wait_for_nodes COUNT LOG PORT...: until each of these answers that all are there
wait_for_nodes() {
  local count="$1" log="$2" port
  shift 2
  for port in "$@"; do
    wait_for "Elasticsearch at $port" "$log" env PASSWORD="$password" python3 -c "
import base64, os, ssl, urllib.request as u
ask = u.Request('https://127.0.0.1:$port/_cluster/health?wait_for_status=yellow&wait_for_nodes=$count&timeout=1s')
name = b'administrator:' + os.environ['PASSWORD'].encode()
ask.add_header('Authorization', 'Basic ' + base64.b64encode(name).decode())
u.urlopen(ask, timeout=3, context=ssl.create_default_context(cafile='$certificates/ca.crt'))"
  done
}

# print_elasticsearch PORT...
print_elasticsearch() {
  local urls port
  urls="$(for port in "$@"; do printf ',https://auditorium:%s@127.0.0.1:%s' "$password" "$port"; done)"
  echo "export ELASTICSEARCH_URL='${urls#,}'"
  echo "export ELASTICSEARCH_CA_CERTS='$certificates/ca.crt'"
  echo "export ELASTICSEARCH_ADMIN_URL='https://administrator:$password@127.0.0.1:$1'"
}

with_java() { ES_JAVA_HOME="$java" "$@"; }

download_elasticsearch() {
  command -v mvn >/dev/null || return 1
  local repository="$cache/maven" place=org/elasticsearch/distribution/integ-test-zip/elasticsearch
  say "Downloading Elasticsearch $elasticsearch_version"
  mvn -q -B "-Dmaven.repo.local=$repository" dependency:get -Dtransitive=false \
    "-Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$elasticsearch_version:zip" \
    >&2 || return 1
  mv "$repository/$place/$elasticsearch_version/elasticsearch-$elasticsearch_version.zip" "$1"
}

# The home of the newest JDK of 21 or later, wherever this machine keeps its JDKs.
newest_java() {
  local home version best="" best_version=20
  for home in "${ES_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/*; do
    [ -x "$home/bin/java" ] || continue
    version="$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p;T;q')"
    if [ "${version:-0}" -gt "$best_version" ]; then
      best="$home" best_version="$version"
    fi
  done
  [ -n "$best" ] && echo "$best"
}
