#!/usr/bin/env bash
# Installs what Lanarium needs and is missing, and nothing that is there: `make up` runs this first.
#
#   LANARIUM_PREFIX   where the program goes; /opt/lanarium as root, .lanarium in the checkout otherwise
#   LANARIUM_SKIP_UI  set to 1 to leave the web UI unbuilt (tests of the start do)
#
# As root: Debian packages, then a copy of the program where its service users can read it. As an ordinary user:
# everything below the checkout; packages that are missing are named, PostgreSQL may come from a wheel.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022

is_root() { [ "$(id -u)" = 0 ]; }

if is_root; then PREFIX=${LANARIUM_PREFIX:-/opt/lanarium}; else PREFIX=${LANARIUM_PREFIX:-$PWD/.lanarium}; fi
NEEDED=(nmap nginx openssl git iproute2 util-linux ca-certificates python3-venv)
HELPFUL=(fping postgresql)

say() { printf '%s\n' "$*"; }

packages() {
    if is_root; then
        scripts/packages.sh "${NEEDED[@]}" "${HELPFUL[@]}"
        timescale
        return
    fi
    # What matters is the program; where it came from does not.
    local missing=()
    program nmap || missing+=(nmap)
    program nginx || missing+=(nginx)
    program ip || missing+=(iproute2)
    if [ ${#missing[@]} -gt 0 ]; then
        say "Lanarium needs these Debian packages, and only root can install them: ${missing[*]}" >&2
        say "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        say "or run: sudo make up" >&2
        exit 3
    fi
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null \
        || say "No PostgreSQL on this machine: using the one that comes with Lanarium."
}

program() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null; }

# TimescaleDB for the newest PostgreSQL here, where the distribution has it (Debian 13 does, 12 does not).
timescale() {
    local newest name
    newest=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
    name=postgresql-$newest-timescaledb
    [ ! -e "/usr/lib/postgresql/$newest/lib/timescaledb.so" ] || return 0
    [ "$(cat "$PREFIX/.without-timescale" 2>/dev/null)" != "$newest" ] || return 0
    if [ -n "$(apt-cache search --names-only "^$name\$")" ]; then
        scripts/packages.sh "$name"
    else
        echo "$newest" >"$PREFIX/.without-timescale"
    fi
}

web_ui() {
    [ "${LANARIUM_SKIP_UI:-0}" != 1 ] || { say "LANARIUM_SKIP_UI=1: the web UI is not built."; return 0; }
    PATH="$PREFIX/venv/bin:$PATH" scripts/frontend.sh build
    # With sudo in somebody's checkout, what was built there must stay theirs.
    if is_root; then
        local owner
        owner=$(stat -c %u:%g .)
        [ "$(stat -c %u:%g frontend/dist)" = "$owner" ] || chown -R "$owner" frontend/node_modules frontend/dist
    fi
}

parts() { for part in backend alembic alembic.ini nginx frontend/dist; do [ ! -e "$part" ] || echo "$part"; done; }

commit() { git -c safe.directory='*' describe --always --dirty 2>/dev/null || echo unknown; }

# The program's files as one unit: a new folder beside the old one, then a swap, so that no stale file stays.
program_files() {
    local wanted new=$PREFIX/app.new
    wanted=$({ commit; parts | xargs -I{} find {} -type f ! -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum; } \
        | sha256sum | cut -d' ' -f1)
    [ "$(cat "$PREFIX/app/.stamp" 2>/dev/null)" != "$wanted" ] || return 0
    rm -rf "$new"
    mkdir -p "$new"
    parts | xargs tar --create --exclude=__pycache__ --exclude=.stamp --owner=0 --group=0 --mode=u=rwX,go=rX \
        | tar --extract --directory "$new" --no-same-owner
    commit >"$new/VERSION"
    "$PREFIX/venv/bin/python" -m compileall -q "$new/backend"
    echo "$wanted" >"$new/.stamp"
    rm -rf "$PREFIX/app.old"
    [ ! -e "$PREFIX/app" ] || mv "$PREFIX/app" "$PREFIX/app.old"
    mv "$new" "$PREFIX/app"
    rm -rf "$PREFIX/app.old"
}

command_line() {
    mkdir -p "$PREFIX/bin"
    cat >"$PREFIX/bin/lanarium.new" <<WRAPPER
#!/bin/sh
# Made by scripts/setup.sh: runs the installed Lanarium.
export LANARIUM_APP_DIR="\${LANARIUM_APP_DIR:-$PREFIX/app}" PYTHONPATH="$PREFIX/app"
exec "$PREFIX/venv/bin/python" -P -m backend.cli "\$@"
WRAPPER
    chmod 755 "$PREFIX/bin/lanarium.new"
    mv "$PREFIX/bin/lanarium.new" "$PREFIX/bin/lanarium"
    if is_root && [ "$PREFIX" = /opt/lanarium ] && [ ! -e /usr/local/bin/lanarium ]; then
        ln -s "$PREFIX/bin/lanarium" /usr/local/bin/lanarium
    fi
}

mkdir -p "$PREFIX"
# Two at once would install over each other.
exec 9>"$PREFIX/.setup.lock"
program flock && flock 9
packages
scripts/venv.sh "$PREFIX/venv" requirements/runtime.lock requirements/build.lock
web_ui
program_files
command_line
