#!/usr/bin/env bash
# The part of prove-minimal-debian.sh that runs inside the new system: install, start twice, ask, stop.
set -euo pipefail
suite=$1
cd /root/lanarium
# shellcheck disable=SC1091
. /root/ways-out
export LANARIUM_HTTPS_PORT=18543 DEBIAN_FRONTEND=noninteractive

seconds() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(seconds)" 'BEGIN { printf "%.1f", b - a }'; }
ask() {
    /opt/lanarium/venv/bin/python - "$1" <<'PYTHON'
import ssl, sys, urllib.request
page = urllib.request.urlopen("https://localhost:18543" + sys.argv[1], timeout=5,
                              context=ssl.create_default_context(cafile="/var/lib/lanarium/tls/ca.crt"))
print(page.status, page.read(400).decode(errors="replace"))
PYTHON
}

# `make up` in a network namespace of its own with nothing but loopback; stopped as Ctrl-C does.
start_and_stop() {
    local began log=$1
    began=$(seconds)
    unshare --net bash -c 'ip link set lo up; echo $$ >/root/pid; exec setsid make up' >"$log" 2>&1 &
    local job=$!
    until grep -q 'Stop  ' "$log"; do
        kill -0 $job 2>/dev/null || { cat "$log" >&2; return 1; }
        [ "${log_age:=0}" -lt 1200 ] || { cat "$log" >&2; return 1; }
        log_age=$((log_age + 1))
        sleep 0.1
    done
    START_SECONDS=$(since "$began")
    nsenter --net --target "$(cat /root/pid)" bash -c "$(declare -f ask); ask / | grep -qi '<!doctype html'; ask /ready" >&2
    ps_root=$(ps_of_ours)
    began=$(seconds)
    kill -INT "$(lanarium_process)"
    wait $job || true
    STOP_SECONDS=$(since "$began")
    [ -z "$(ls /proc | grep -E '^[0-9]+$' | while read -r p; do grep -lqs postgres "/proc/$p/comm" && echo "$p"; done)" ]
}

lanarium_process() {
    for p in /proc/[0-9]*; do
        tr '\0' ' ' <"$p/cmdline" 2>/dev/null | grep -q 'backend.cli up' && basename "$p" && return
    done
}

# Names of processes under root besides this script's own: must be none of ours.
ps_of_ours() {
    for p in /proc/[0-9]*; do
        grep -qs '^Uid:.0' "$p/status" || continue
        tr '\0' ' ' <"$p/cmdline" 2>/dev/null | grep -E 'backend|nginx:|postgres|keeper' || true
    done
}

began=$(seconds)
make setup >/root/setup.log 2>&1 || { tail -n 40 /root/setup.log >&2; exit 1; }
install_seconds=$(since "$began")
[ -z "$(ls /var/lib/postgresql/*/ 2>/dev/null)" ] || { echo "a cluster of the distribution's own was made" >&2; exit 1; }

start_and_stop /root/first.log
first=$START_SECONDS
grep -q 'Password ' /root/first.log
[ -z "$ps_root" ] || { echo "still root: $ps_root" >&2; exit 1; }
start_and_stop /root/second.log
! grep -q 'Password ' /root/second.log

printf '{"system": "%s", "install_s": %s, "first_start_s": %s, "second_start_s": %s, "stop_s": %s}\n' \
    "$suite" "$install_seconds" "$first" "$START_SECONDS" "$STOP_SECONDS"
