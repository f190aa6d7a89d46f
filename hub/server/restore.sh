#!/usr/bin/env bash
# restore.sh BACKUP: put a backup into a server that setup.sh has made and that nobody has used yet.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/layout.sh"

# Nothing is written over: what is there already is named, and nothing is changed.
must_be_empty() {
  local database tables name
  for database in "${DATABASES[@]}"; do
    tables=$(as_postgres psql -qtA "$database" -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    [ "$tables" = 0 ] || fail "the database $database is not empty: README.md, Restore, says how to empty it"
  done
  while IFS=: read -r name _; do
    [ ! -e "$HOMES/$name" ] || fail "$HOMES/$name is there already: move it away"
  done <"$1/accounts"
  for name in "$EXCHANGE_ROOT/$COHORT" "$STATE/exchange"; do
    [ -z "$(find "$name" -type f -print -quit)" ] || fail "$name is not empty: move its files away"
  done
}

accounts() {
  local name number hash role
  while IFS=: read -r name number hash role; do
    add_person "$name" "$role" "$number"
    usermod --password "$hash" "$name"
  done <"$1/accounts"
}

main() {
  must_be_root
  read_settings
  must_have_postgresql
  local from=${1:?which backup? restore.sh BACKUP} database
  [ -f "$from/SHA256SUMS" ] || fail "$from is not a backup: it has no SHA256SUMS"
  (cd "$from" && sha256sum --check --quiet SHA256SUMS) || fail "$from is damaged: take another backup"
  [ "$(grep ^COHORT= "$from/server.env")" = "COHORT=$COHORT" ] || fail "$from is of another cohort: see its server.env"
  must_be_empty "$from"
  accounts "$from"
  # Owners go by name, as the numbers of the grader and of the groups differ between machines.
  tar --zstd --acls --xattrs --extract --file "$from/homes.tar.zst" --directory "$HOMES"
  tar --zstd --acls --xattrs --extract --file "$from/course.tar.zst" --directory "${COURSE%/*}"
  tar --zstd --extract --file "$from/state.tar.zst" --directory "$STATE"
  for database in "${DATABASES[@]}"; do
    as_postgres pg_restore --exit-on-error --single-transaction --dbname "$database" <"$from/$database.dump"
  done
  echo "Restored. Start the hub: systemctl start cohort-hub"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
