#!/usr/bin/env bash
# Sets the server up on Debian 13, and brings it up to date: run it again after every change of the checkout or of
# /etc/cohort/server.env. It keeps what is there. README.md says what to do before. With --prepare it starts nothing.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/layout.sh"

say() { echo "== $*"; }

# Before anything is changed.
check_ports() {
  local first=${FIRST_PORT:-8081} http=${HTTP_ADDRESS:-:80} https=${HTTPS_ADDRESS:-:443}
  must_be_free cohort-proxy "${http##*:}" "${https##*:}" $((first + 1))
  must_be_free cohort-hub "$first" $((first + 2)) $((first + 3))
}

# must_be_free UNIT PORT...: no other program than this unit may have the ports.
must_be_free() {
  local port
  systemctl --quiet is-active "$1" 2>/dev/null && return
  for port in "${@:2}"; do
    ! listens "$port" || fail "another program has port $port: ss -ltnp shows which; end it, then run this again"
  done
}

listens() {
  (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

install_debian() {
  say "Programs of Debian"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    bubblewrap git make openssl postgresql postgresql-client python3 python3-venv zstd >/dev/null
}

install_python() {
  say "JupyterHub, nbgrader and the course"
  [ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"
  "$VENV/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
    -r "$CHECKOUT/requirements/bootstrap.lock"
  local lock locks=()
  for lock in base grade hub; do locks+=(-r "$CHECKOUT/requirements/$lock.lock"); done
  "$VENV/bin/uv" pip install --quiet --compile-bytecode --python "$VENV/bin/python" --no-deps --require-hashes "${locks[@]}"
  # Not editable: students import the package, and may not read the checkout.
  "$VENV/bin/uv" pip install --quiet --python "$VENV/bin/python" --no-deps --no-build-isolation --reinstall "$CHECKOUT"
}

make_course() {
  say "The course of the cohort $COHORT"
  if [ ! -e "$COURSE/course.yml" ]; then
    git clone --quiet --no-hardlinks "$CHECKOUT" "$COURSE.new"
    chown -R "$GRADER:$GRADER" "$COURSE.new"
    cp -a "$COURSE.new/." "$COURSE/"
    rm -rf "$COURSE.new"
  fi
  make_cohort
  COHORT_DATA=$DATA "$VENV/bin/cohort" datasets fetch
  chmod -R a+rX "$DATA"
}

# What the roles of Jupyter read; from the checkout, which students may not.
make_roles() {
  local role
  for role in student grader; do
    rm -rf "$ROLES/$role"
    cp -r "$CHECKOUT/hub/server/jupyter/$role" "$ROLES/"
  done
  chmod -R u=rwX,go=rX "$ROLES"
}

make_proxy() {
  local proxy=$STATE/proxy first=${FIRST_PORT:-8081} secure="" acme=""
  [ -x "$VENV/bin/traefik" ] || fail "$VENV/bin/traefik is missing: delete $VENV and run this again"
  if [ -n "${TLS_CERTIFICATE:-}" ]; then
    install -m 600 "$TLS_CERTIFICATE" "$proxy/certificate.pem"
    install -m 600 "$TLS_KEY" "$proxy/key.pem"
    printf '[tls.stores.default.defaultCertificate]\ncertFile = "%s"\nkeyFile = "%s"\n' \
      "$proxy/certificate.pem" "$proxy/key.pem" >"$proxy/rules/certificate.toml"
  else
    rm -f "$proxy/rules/certificate.toml"
    secure="certResolver = \"letsencrypt\"
[[entryPoints.https.http.tls.domains]]
main = \"$HUB_NAME\""
    acme="[certificatesResolvers.letsencrypt.acme]
email = \"$TLS_EMAIL\"
storage = \"$proxy/acme.json\"
[certificatesResolvers.letsencrypt.acme.httpChallenge]
entryPoint = \"http\""
  fi
  cat >"$proxy/traefik.toml" <<TOML
# Written by setup.sh
[api]
[providers]
providersThrottleDuration = "0s"  # else a new server is reached up to 2 seconds late
[providers.file]
directory = "$proxy/rules"
watch = true
[entryPoints.http]
address = "${HTTP_ADDRESS:-:80}"
[entryPoints.http.http.redirections.entryPoint]
to = "https"
[entryPoints.https]
address = "${HTTPS_ADDRESS:-:443}"
[entryPoints.https.transport.respondingTimeouts]
readTimeout = "0s"
[entryPoints.https.http.tls]
$secure
[entryPoints.auth_api]
address = "127.0.0.1:$((first + 1))"
$acme
TOML
}

# Who could log in by SSH would have neither the limits of the hub's servers nor the ports that they cannot take.
close_ssh() {
  local folder=$PREFIX/etc/ssh/sshd_config.d
  [ -d "$folder" ] || return 0
  echo "DenyGroups $STUDENTS $INSTRUCTORS" >"$folder/cohort.conf"
  systemctl try-reload-or-restart ssh
}

start() {
  say "Starting"
  close_ssh
  install -m 644 "$CHECKOUT"/hub/server/systemd/* /etc/systemd/system/
  systemctl daemon-reload
  systemctl enable --quiet cohort-proxy cohort-hub cohort-backup.timer
  systemctl start cohort-backup.timer
  systemctl restart cohort-proxy
  (cd "$STATE" && "$VENV/bin/jupyterhub" upgrade-db --config "$CHECKOUT/hub/server/jupyterhub_config.py" >/dev/null)
  systemctl restart cohort-hub
}

# What the other kind of exchange holds when the setting was changed.
tell_of_folder() {
  [ "$EXCHANGE" = folder ] || [ -z "$(find "$EXCHANGE_ROOT/$COHORT/inbound" -mindepth 1 -print -quit)" ] \
    || say "What came through the folder stays in $EXCHANGE_ROOT: README.md, The exchange, says what to do"
}

# Through the proxy and from the grading service, which the hub starts last but for the exchange.
check_started() {
  local https=${HTTPS_ADDRESS:-:443} first=${FIRST_PORT:-8081} left
  for left in $(seq 150); do
    if answers "https://127.0.0.1:${https##*:}/services/$COHORT/api" \
      && { [ "$EXCHANGE" = folder ] || listens $((first + 3)); }; then
      say "The hub is up: https://$HUB_NAME"
      return
    fi
    sleep 1
  done
  listens "${https##*:}" || fail "the proxy does not answer: journalctl -u cohort-proxy -n 50"
  fail "the hub does not answer: journalctl -u cohort-hub -n 50"
}

# The certificate may still be on its way.
answers() {
  "$VENV/bin/python" -c 'import ssl, sys, urllib.request as r
r.urlopen(sys.argv[1], timeout=5, context=ssl._create_unverified_context())' "$1" 2>/dev/null
}

main() {
  must_be_root
  read_settings
  [ "$(readlink -f "$here/../..")" = "$(readlink -f "$CHECKOUT")" ] || fail "run it from the checkout in $CHECKOUT"
  [ -d /run/systemd/system ] || fail "systemd does not run here: this is for a server, not for a container"
  check_ports
  install_debian
  must_have_postgresql
  make_accounts
  make_folders
  make_databases
  install_python
  make_roles
  make_course
  make_proxy
  [ "${1:-}" != --prepare ] || { say "Ready to be restored: restore.sh BACKUP, then setup.sh once more"; return; }
  start
  check_started
  tell_of_folder
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
