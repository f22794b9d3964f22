#!/usr/bin/env bash
# The web UI's packages and build, each only when something changed: frontend.sh install | build
#
# Needs node and npm in PATH; the virtual environment has them (requirements/build.lock).
set -euo pipefail
cd "$(dirname "$0")/../frontend"

digest() { cat "$@" | sha256sum | cut -d' ' -f1; }

install() {
    local wanted
    wanted=$(digest package.json package-lock.json)
    [ "$(cat node_modules/.stamp 2>/dev/null)" != "$wanted" ] || return 0
    npm ci --no-audit --no-fund --loglevel=error
    echo "$wanted" >node_modules/.stamp
}

build() {
    local wanted
    wanted=$(find src public index.html package-lock.json ./*.ts ./*.json -type f -print0 2>/dev/null \
        | sort -z | xargs -0 cat | sha256sum | cut -d' ' -f1)
    [ "$(cat dist/.stamp 2>/dev/null)" != "$wanted" ] || return 0
    install
    npm run --silent build -- --logLevel warn
    echo "$wanted" >dist/.stamp
}

"$1"
