#!/bin/sh
# Becomes the scan helper with CAP_NET_RAW and nothing else; without that capability it connects instead.
set -eu
umask 007
helper="python -m backend.infra.scan_helper --socket /run/lanarium/scan/scan.sock --allowed-uid 10001"
if /usr/local/bin/with-net-raw true 2>/dev/null; then
    exec /usr/local/bin/with-net-raw --inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw --no-new-privs $helper
fi
echo "CAP_NET_RAW is not to be had here: scans will connect instead" >&2
exec $helper
