#!/bin/sh
# Runs a command against a PostgreSQL cluster of its own, made for it and removed after it:
#     tools/postgres.sh COMMAND [ARGUMENT...]
# The command finds the database in SANTAI_DATABASE_URL. The server listens on a socket in a private folder, on no port.
set -eu

bin=/usr/lib/postgresql/15/bin
if [ ! -x "$bin/initdb" ]; then
    found=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
    if [ -z "$found" ]; then
        echo "No PostgreSQL server here. On Debian: apt-get install postgresql-15" >&2
        exit 1
    fi
    bin=$(dirname "$(readlink -f "$found")")
fi

home=$(mktemp -d /tmp/santai-postgres.XXXXXX)
as_owner=
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root.
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$owner" "$home"
    as_owner="setpriv --reuid=$owner --regid=$(id -g "$owner") --clear-groups --"
fi

stop() {
    status=$?
    trap - EXIT INT TERM HUP
    (cd "$home" && $as_owner "$bin/pg_ctl" --pgdata=data --mode=immediate --silent stop) || true
    rm -rf "$home"
    exit "$status"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

(
    cd "$home"
    $as_owner "$bin/initdb" --pgdata=data --username=santai --auth=trust --locale=C.UTF-8 --encoding=UTF8 --no-sync >initdb.log
    # The cluster lives as long as one command: what protects it from a power cut only costs time.
    $as_owner "$bin/pg_ctl" --pgdata=data --silent --wait --log=log --options="-c listen_addresses='' -k '$home' \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start
) || { cat "$home"/*log >&2; exit 1; }

SANTAI_DATABASE_URL="postgres://santai@$(echo "$home" | sed 's|/|%2F|g')/postgres"
export SANTAI_DATABASE_URL
"$@"
