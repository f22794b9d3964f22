#!/usr/bin/env bash
# Proves the first command on fresh, minimal Debian systems: prove-minimal-debian.sh [bookworm] [trixie]
#
# Makes each system with mmdebstrap (apt, ca-certificates, make and git, nothing else), clones this checkout into
# root's home there, installs with the network, and starts without any: the product runs in a network namespace
# that has only loopback. One line of JSON per system says how long it took. Needs root.
#
# This machine's own ways out (certificates, proxies, settings of pip and npm) are handed in as they are.
set -euo pipefail
cd "$(dirname "$0")/.."

[ "$(id -u)" = 0 ] || { echo "prove-minimal-debian.sh needs root: it makes Debian systems and enters them" >&2; exit 2; }
command -v mmdebstrap >/dev/null || apt-get install -y --no-install-recommends mmdebstrap >/dev/null

make_system() {
    local suite=$1 root=$2
    mmdebstrap --quiet --variant=minbase --include=ca-certificates,make,git "$suite" "$root"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
    chroot "$root" update-ca-certificates >/dev/null 2>&1
    hand_in "$root"
    git clone --quiet --no-hardlinks . "$root/root/lanarium"
    cp scripts/prove-minimal-debian-inside.sh "$root/root/prove.sh"
}

# Settings by which this machine reaches registries; none of them is known here by name.
hand_in() {
    local root=$1 file
    for file in /etc/pip.conf /root/.npmrc /usr/etc/npmrc /etc/npmrc; do
        [ ! -f "$file" ] || install -D -m 644 "$file" "$root$file"
    done
    for file in /etc/apt/apt.conf.d/*proxy*; do
        [ ! -f "$file" ] || cp "$file" "$root/etc/apt/apt.conf.d/"
    done
    env | grep -iE '^(pip_|npm_config_|[a-z]*_proxy=|no_proxy=|node_extra_ca|ssl_cert|requests_ca)' \
        | sed -E "s/^([^=]+)=(.*)$/export \1='\2'/" >"$root/root/ways-out"
}

prove() {
    local suite=$1 root
    root=$(mktemp -d "/var/tmp/lanarium-$suite.XXXXXX")
    chmod 755 "$root"
    trap "rm -rf --one-file-system '$root'" EXIT
    make_system "$suite" "$root"
    # Its own mounts and processes: whatever happens inside, all of it is gone when this returns.
    unshare --mount --pid --fork --kill-child bash -c '
        mount -t proc proc "$1/proc" && mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm" 2>/dev/null
        exec chroot "$1" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb bash /root/prove.sh "$2"
    ' _ "$root" "$suite"
}

# Each in a shell of its own, so that what was made goes away however it ends.
for suite in ${*:-bookworm trixie}; do
    (prove "$suite")
done
