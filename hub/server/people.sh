#!/usr/bin/env bash
# people.sh ROSTER: make the accounts of a roster, a CSV with the columns name,role; passwords go to a file for root.
# people.sh --student NAME: one account without a password, as the LTI login makes them.
# people.sh --password NAME: a new password for one.      people.sh --lock NAME: no login for NAME; the home stays.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/layout.sh"

# Written down first: a password that nobody knows would never be replaced.
new_password() {
  local password
  password=$(openssl rand -base64 12)
  (umask 077 && echo "$1,$password" >>"$STATE/passwords.csv")
  echo "$1:$password" | chpasswd
}

# The lines of a roster, also of one that a spreadsheet saved.
lines() {
  sed -e '1s/^\xEF\xBB\xBF//' -e 's/\r$//' "$1"
}

is_known() {
  id -nG "$1" 2>/dev/null | tr ' ' '\n' | grep -qxF -e "$STUDENTS" -e "$INSTRUCTORS"
}

known() {
  is_known "$1" || fail "$1 is not of this cohort"
}

# Every line is read before the first account is made.
check_roster() {
  local number=0 name role names=" "
  while IFS=, read -r name role || [ -n "$name" ]; do
    number=$((number + 1))
    if [ $number = 1 ]; then
      [ "$name,$role" = name,role ] || fail "$1, line 1: write name,role, and one person on each line below"
      continue
    fi
    [[ $name =~ ^[a-z][a-z0-9-]{0,30}$ ]] \
      || fail "$1, line $number: the name '$name' is not small letters, digits and -"
    [[ $role == student || $role == instructor ]] || fail "$1, line $number: '$role' is not student or instructor"
    [[ $names != *" $name "* ]] || fail "$1, line $number: $name stands in it twice"
    names+="$name "
    if ! is_known "$name" && { getent passwd "$name" || getent group "$name"; } >/dev/null; then
      fail "$1, line $number: $name is an account or group of this machine already: choose another name"
    fi
  done < <(lines "$1")
  [ "$number" -gt 1 ] || fail "$1: nobody stands in it below the line name,role"
}

main() {
  must_be_root
  read_settings
  case ${1:-} in
    --student) add_person "${2:?who?}" student ;;
    --password) known "${2:?whose?}" && new_password "$2" && echo "The new password of $2 is in $STATE/passwords.csv" ;;
    --lock) known "${2:?whose?}" && usermod --lock --expiredate 1 "$2" && echo "$2 cannot log in any more" ;;
    "") fail "which roster? people.sh ROSTER, a CSV with the columns name,role" ;;
    *)
      [ "$LOGIN" = pam ] || fail "$SETTINGS: LOGIN is $LOGIN: the learning platform sends people, and no roster is read"
      [ -r "$1" ] || fail "$1: no such file"
      check_roster "$1"
      lines "$1" | sed 1d | while IFS=, read -r name role || [ -n "$name" ]; do
        add_person "$name" "$role"
        [ "$(getent shadow "$name" | cut -d: -f2)" != '!' ] || new_password "$name"
      done
      echo "The accounts are there. Passwords of new ones: $STATE/passwords.csv; hand them out, then delete the file" ;;
  esac
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
