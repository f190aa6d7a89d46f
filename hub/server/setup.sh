#!/usr/bin/env bash
# Sets the server up on Debian 13, and brings it up to date: run it again after every change of the checkout or of
# /etc/cohort/server.env. It keeps what is there. README.md says what to do before. With --prepare it starts nothing.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/layout.sh"

say() { echo "== $*"; }

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
  "$VENV/bin/uv" pip install --quiet --python "$VENV/bin/python" --require-hashes "${locks[@]}"
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

start() {
  say "Starting"
  install -m 644 "$CHECKOUT"/hub/server/systemd/* /etc/systemd/system/
  systemctl daemon-reload
  systemctl enable --quiet cohort-proxy cohort-hub cohort-backup.timer
  systemctl start cohort-backup.timer
  systemctl restart cohort-proxy
  (cd "$STATE" && "$VENV/bin/jupyterhub" upgrade-db --config "$CHECKOUT/hub/server/jupyterhub_config.py" >/dev/null)
  systemctl restart cohort-hub
}

check_started() {
  local left
  for left in $(seq 60); do
    [ "$(curl_status)" = 200 ] && { say "The hub is up: https://$HUB_NAME"; return; }
    sleep 1
  done
  fail "the hub does not answer: journalctl -u cohort-hub -u cohort-proxy -n 50"
}

curl_status() {
  "$VENV/bin/python" -c 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=5).status)' \
    "http://127.0.0.1:${FIRST_PORT:-8081}/hub/health" 2>/dev/null || true
}

main() {
  must_be_root
  read_settings
  [ "$(readlink -f "$here/../..")" = "$(readlink -f "$CHECKOUT")" ] || fail "run it from the checkout in $CHECKOUT"
  [ -d /run/systemd/system ] || fail "systemd does not run here: this is for a server, not for a container"
  install_debian
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
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
