#!/bin/bash
# The official image runs this once, when the data folder is empty: a database for the hub, one for the gradebook
# and one for the exchange, each with an account that can reach no other. A managed PostgreSQL needs the same.
set -euo pipefail

for name in hub gradebook exchange; do
  variable=${name^^}_PASSWORD
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set name="$name" --set password="${!variable}" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
