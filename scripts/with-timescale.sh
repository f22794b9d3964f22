#!/usr/bin/env bash
# Runs a command with a real TimescaleDB beside it: LANARIUM_TEST_SERVER names the server.
#
#   scripts/with-timescale.sh pytest -m "not lab" tests/infra/db
#
# The server comes from Debian 13's postgresql-17-timescaledb, in a root of its own that mmdebstrap makes
# (half a minute, once), and listens on a Unix socket only. Needs root.
set -euo pipefail

ROOT=${LANARIUM_TIMESCALE_ROOT:-/var/tmp/lanarium-timescale}
BIN=/usr/lib/postgresql/17/bin
WORK=$(mktemp -d "$ROOT-run.XXXXXX")

make_root() {
    command -v mmdebstrap >/dev/null || apt-get install -y --no-install-recommends mmdebstrap >/dev/null
    local fresh
    fresh=$(mktemp -d "$ROOT.XXXXXX")
    chmod 755 "$fresh"
    mmdebstrap --quiet --variant=apt --include=postgresql-17,postgresql-17-timescaledb trixie "$fresh"
    rm -rf "$ROOT" && mv "$fresh" "$ROOT"
}

inside() { chroot "$ROOT" setpriv --reuid postgres --regid postgres --clear-groups "$@"; }

start() {
    local name
    name=$(basename "$WORK")
    mkdir -p "$ROOT/srv/$name"
    chroot "$ROOT" chown postgres:postgres "/srv/$name"
    inside $BIN/initdb -D "/srv/$name/data" -U postgres -A trust -E UTF8 --no-locale -N >/dev/null
    inside $BIN/pg_ctl -D "/srv/$name/data" -w -l "/srv/$name/log" -o "-c listen_addresses= -c fsync=off \
        -c unix_socket_directories=/srv/$name -c shared_preload_libraries=timescaledb -c timescaledb.telemetry_level=off" \
        start >/dev/null
}

stop() {
    local name
    name=$(basename "$WORK")
    inside $BIN/pg_ctl -D "/srv/$name/data" -m immediate stop >/dev/null || true
    rm -rf "${ROOT:?}/srv/$name" "$WORK"
}

[ "$(id -u)" = 0 ] || { echo "with-timescale.sh needs root: it makes a Debian root and enters it" >&2; exit 2; }
[ -x "$ROOT$BIN/postgres" ] || make_root
trap stop EXIT
start
LANARIUM_TEST_SERVER="postgresql://postgres@/postgres?host=$ROOT/srv/$(basename "$WORK")" "$@"
