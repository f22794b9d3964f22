#!/usr/bin/env bash
# Makes or updates a virtual environment from hashed locks: venv.sh DIR LOCK...
#
# Nothing happens when the locks are the ones it was made from. The interpreter is Debian's own where it is
# recent enough, because service users cannot reach one below somebody's home folder.
set -euo pipefail

target=$1
shift
stamp=$target/.locks
wanted=$(cat "$@" | sha256sum | cut -d' ' -f1)
[ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || exit 0

fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

python=${PYTHON:-}
for candidate in /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
    [ -z "$python" ] && fits "$candidate" && python=$candidate
done
[ -n "$python" ] || { echo "Python 3.11 to 3.13 with venv is missing (Debian: apt-get install python3-venv)" >&2; exit 3; }

[ -x "$target/bin/python" ] || "$python" -m venv "$target"
requirements=()
for lock in "$@"; do requirements+=(-r "$lock"); done
"$target/bin/python" -m pip install -qq --disable-pip-version-check --no-warn-script-location \
    --require-hashes --no-deps "${requirements[@]}"
echo "$wanted" >"$stamp"
