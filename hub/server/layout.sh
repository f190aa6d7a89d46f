# Accounts, folders and databases of the server, and who may read what. Sourced by the other scripts and by the
# tests; alone it changes nothing. PREFIX is empty on a server: a test puts everything below a folder of its own.

: "${PREFIX:=}"
SETTINGS=$PREFIX/etc/cohort/server.env
CHECKOUT=$PREFIX/opt/cohort/checkout  # root's: the only code that runs as root
VENV=$PREFIX/opt/cohort/venv
ROLES=$PREFIX/opt/cohort/jupyter      # Jupyter's configuration for students and for the grader
COURSE=$PREFIX/srv/cohort/course      # the grader's: sources, submissions, the cohort's file
DATA=$PREFIX/srv/cohort/data
EXCHANGE_ROOT=$PREFIX/srv/cohort/exchange
STATE=$PREFIX/var/lib/cohort
BACKUPS=$PREFIX/var/backups/cohort
HOMES=$PREFIX/home
GRADER=${GRADER:-cohort-grader}
EXCHANGE_ACCOUNT=${EXCHANGE_ACCOUNT:-cohort-exchange}
ADMINS=${ADMINS:-cohort-admins}
export PGHOST=${PGHOST:-/run/postgresql}

fail() {
  echo "error: $*" >&2
  exit 1
}

must_be_root() {
  [ "$(id -u)" = 0 ] || fail "run this as root: sudo $0"
}

# Read the settings; one line says what is wrong, before anything is changed.
read_settings() {
  [ -r "$SETTINGS" ] || fail "$SETTINGS is missing: copy hub/server/server.env there and edit it"
  local bad
  bad=$(grep -nvE '^(#.*|[A-Z_]+=[^[:space:]"'\'']*|)$' "$SETTINGS" | head -n 1) || true
  [ -z "$bad" ] || fail "$SETTINGS, line ${bad%%:*}: write KEY=value, without spaces and quotes"
  set -a
  . "$SETTINGS"
  set +a
  [[ ${COHORT:-} =~ ^[a-z][a-z0-9-]{0,19}$ ]] && [[ $COHORT != demo && $COHORT != change-me ]] \
    || fail "$SETTINGS: COHORT is ${COHORT:-empty}: choose small letters, digits and -, at most 20, and not demo"
  [[ ${HUB_NAME:-} =~ ^[A-Za-z0-9.-]+$ ]] || fail "$SETTINGS: HUB_NAME is ${HUB_NAME:-empty}: write the public name"
  case ${LOGIN:-} in
    pam) ;;
    lti)
      local name
      for name in LTI_ISSUER LTI_CLIENT_ID LTI_AUTHORIZE_URL LTI_JWKS_URL LTI_CONTEXT; do
        [ -n "${!name:-}" ] || fail "$SETTINGS: $name is empty: the learning platform shows it where the tool is added"
      done ;;
    *) fail "$SETTINGS: LOGIN is ${LOGIN:-empty}: write pam or lti" ;;
  esac
  case ${EXCHANGE:-} in
    folder | service) ;;
    *) fail "$SETTINGS: EXCHANGE is ${EXCHANGE:-empty}: write folder or service" ;;
  esac
  if [ -n "${TLS_CERTIFICATE:-}${TLS_KEY:-}" ]; then
    [ -r "${TLS_CERTIFICATE:-}" ] || fail "$SETTINGS: TLS_CERTIFICATE is ${TLS_CERTIFICATE:-empty}: no such file"
    [ -r "${TLS_KEY:-}" ] || fail "$SETTINGS: TLS_KEY is ${TLS_KEY:-empty}: no such file"
  else
    [ -n "${TLS_EMAIL:-}" ] || fail "$SETTINGS: give TLS_EMAIL for Let's Encrypt, or TLS_CERTIFICATE and TLS_KEY"
  fi
  STUDENTS=nbgrader-$COHORT
  INSTRUCTORS=formgrade-$COHORT
  GRADEBOOK=gradebook_${COHORT//-/_}
  HUB_DATABASE=hub_${COHORT//-/_}
  EXCHANGE_DATABASE=exchange_${COHORT//-/_}
  DATABASES=("$HUB_DATABASE" "$GRADEBOOK" "$EXCHANGE_DATABASE")
}

# The groups, the account that owns the course, and that of the exchange service. Nobody logs in as one of the two:
# instructors use the grader's service.
make_accounts() {
  local group new=(useradd --system --user-group --no-create-home --shell /bin/bash)
  for group in "$STUDENTS" "$INSTRUCTORS" "$ADMINS"; do groupadd --force "$group"; done
  id "$GRADER" >/dev/null 2>&1 || "${new[@]}" --home-dir "${COURSE%/*}/grader" "$GRADER"
  id "$EXCHANGE_ACCOUNT" >/dev/null 2>&1 || "${new[@]}" --home-dir "$STATE/exchange" "$EXCHANGE_ACCOUNT"
}

# In the folder exchange, students pass through the inbound folder but cannot list it (3: enter and write), cannot
# remove what others put there (1: sticky), and the name of each submission ends in 72 random bits. Outside the group
# none gets this far; where the service takes its place, nobody but the grader does.
make_folders() {
  local cohort=$COURSE/cohorts/$COHORT way=1770
  [ "$EXCHANGE" = folder ] || way=700
  install -d -m 755 "$PREFIX/opt/cohort" "${COURSE%/*}" "$ROLES" "$DATA" "$HOMES"
  install -d -m 710 -g "$EXCHANGE_ACCOUNT" "$STATE"
  install -d -m 700 "$STATE/proxy" "$STATE/proxy/rules" "$BACKUPS" "${SETTINGS%/*}"
  install -d -m 700 -o "$EXCHANGE_ACCOUNT" -g "$EXCHANGE_ACCOUNT" "$STATE/exchange"
  install -d -m 700 -o "$GRADER" -g "$GRADER" "$COURSE" "${COURSE%/*}/grader" "${cohort%/*}" "$cohort"
  install -d -m $way -o "$GRADER" -g "$STUDENTS" "$EXCHANGE_ROOT"
  install -d -m 750 -o "$GRADER" -g "$STUDENTS" "$EXCHANGE_ROOT/$COHORT" "$EXCHANGE_ROOT/$COHORT/outbound"
  install -d -m 1730 -o "$GRADER" -g "$STUDENTS" "$EXCHANGE_ROOT/$COHORT/inbound"
  install -d -m 710 -o "$GRADER" -g "$STUDENTS" "$EXCHANGE_ROOT/$COHORT/feedback"
  # The course looks for the exchange in the cohort's folder, which students cannot enter.
  ln -sfn "$EXCHANGE_ROOT" "$cohort/.exchange"
  [ -e "$STATE/proxy/password" ] || (umask 077 && openssl rand -hex 24 >"$STATE/proxy/password")
}

as_postgres() {
  (cd / && runuser -u postgres -- "$@")
}

must_have_postgresql() {
  as_postgres psql -qtc "SELECT 1" >/dev/null 2>&1 \
    || fail "PostgreSQL does not answer at $PGHOST: systemctl start postgresql, or apt-get install postgresql"
}

# PostgreSQL knows each account by its socket (peer), so no password exists that could leak.
make_databases() {
  local pair role database
  for pair in "root $HUB_DATABASE" "$GRADER $GRADEBOOK" "$EXCHANGE_ACCOUNT $EXCHANGE_DATABASE"; do
    read -r role database <<<"$pair"
    [ -n "$(as_postgres psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = '$role'")" ] \
      || as_postgres createuser --no-superuser --no-createdb --no-createrole "$role"
    [ -n "$(as_postgres psql -qtAc "SELECT 1 FROM pg_database WHERE datname = '$database'")" ] \
      || as_postgres createdb --owner "$role" --encoding UTF8 --template template0 "$database"
    as_postgres psql -qc "REVOKE ALL ON DATABASE $database FROM PUBLIC"
  done
}

# The cohort's file holds its secret seed and where the gradebook is.
make_cohort() {
  local file=$COURSE/cohorts/$COHORT/cohort.yml
  if [ ! -e "$file" ]; then
    (
      umask 077
      sed -E -e "s|^id:.*|id: $COHORT|" -e "s|^title:.*|title: Cohort $COHORT|" -e '/^(gradebook:|#)/d' \
        -e "s|^seed:.*|seed: $(($(od -An -N4 -tu4 /dev/urandom) % 1000000000))|" "$COURSE/cohort.yml"
      echo "gradebook: postgresql+psycopg:///$GRADEBOOK?host=$PGHOST"
    ) >"$file.new"
    mv "$file.new" "$file"
  fi
  chown "$GRADER:$GRADER" "$file"
  chmod 600 "$file"
}

# add_person NAME student|instructor [UID]
add_person() {
  local name=$1 group number=()
  case $2 in
    student) group=$STUDENTS ;;
    instructor) group=$INSTRUCTORS ;;
    *) fail "$2 is not student or instructor" ;;
  esac
  [ -z "${3:-}" ] || number=(--uid "$3")
  id "$name" >/dev/null 2>&1 || useradd --create-home --base-dir "$HOMES" --key HOME_MODE=0700 --user-group \
    --groups "$group" --shell /bin/bash "${number[@]}" "$name"
  [ ! -d "$HOMES/$name" ] || chmod 700 "$HOMES/$name"
  usermod --append --groups "$group" "$name"
}
