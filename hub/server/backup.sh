#!/usr/bin/env bash
# backup.sh: one folder with all that cannot be made again: databases, homes, course, exchange, accounts and
# settings. It is whole or not there. The oldest beyond KEEP are removed.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/layout.sh"

# Accounts of the cohort: name, number, hashed password, role.
accounts() {
  local group role name
  for role in student instructor; do
    group=$STUDENTS
    [ $role = student ] || group=$INSTRUCTORS
    for name in $(getent group "$group" | cut -d: -f4 | tr , ' '); do
      echo "$name:$(id -u "$name"):$(getent shadow "$name" | cut -d: -f2):$role"
    done
  done
}

homes() {
  accounts | cut -d: -f1 | sort -u
}

archive() {
  local target=$1 code=0
  shift
  # 1: a file changed while it was read, as the homes of working students do; the copy of it is what was there.
  tar --zstd --acls --xattrs --create --file "$target" "$@" || code=$?
  [ "$code" -le 1 ] || fail "tar could not write $target"
}

main() {
  must_be_root
  read_settings
  must_have_postgresql
  local name target database
  umask 077
  name=$(date -u +%Y-%m-%dT%H-%M-%SZ)
  target=$BACKUPS/$name
  here=$BACKUPS/.$name  # seen by the trap, which runs after this function
  trap 'rm -rf "$here"' EXIT
  mkdir "$here"
  accounts >"$here/accounts"
  install -m 600 "$SETTINGS" "$here/server.env"
  for database in "${DATABASES[@]}"; do
    as_postgres pg_dump --format custom "$database" >"$here/$database.dump"
  done
  # After the databases: a file of the exchange without its row is only not seen.
  archive "$here/course.tar.zst" --directory "${COURSE%/*}" course exchange
  archive "$here/state.tar.zst" --directory "$STATE" --exclude ./proxy/rules --exclude ./passwords.csv \
    --exclude './exchange/incoming/*' .
  homes | archive "$here/homes.tar.zst" --directory "$HOMES" --exclude .cache --files-from -
  (cd "$here" && sha256sum -- * >SHA256SUMS)
  mv "$here" "$target"
  # Whole backups only begin with a year.
  find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '2*Z' \
    | sort -r | tail -n +$((${KEEP:-14} + 1)) | xargs -r rm -rf
  echo "$target"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then main; fi
