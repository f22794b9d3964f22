#!/usr/bin/env bash
# Installs the Debian packages named as arguments that are missing, and starts none of their services.
#
# As somebody who may not install, names what is missing and how to get it, and fails.
set -euo pipefail

missing=()
for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "These Debian packages are missing: ${missing[*]}" >&2
    echo "Install them with: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 3
fi

# Installing must not start a web server or a database of the distribution's own: a policy says no meanwhile.
POLICY=/usr/sbin/policy-rc.d
CLUSTER=/etc/postgresql-common/createcluster.d/lanarium.conf
if [ ! -e $POLICY ]; then
    printf '#!/bin/sh\nexit 101\n' >$POLICY
    chmod 755 $POLICY
    trap 'rm -f $POLICY' EXIT
fi
if ! dpkg-query -W postgresql-common >/dev/null 2>&1; then
    mkdir -p "$(dirname $CLUSTER)"
    echo 'create_main_cluster = false' >$CLUSTER
fi

export DEBIAN_FRONTEND=noninteractive
[ -n "$(find /var/lib/apt/lists -name '*Packages*' -mmin -1440 -print -quit 2>/dev/null)" ] || apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null \
    || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }

for service in nginx postgresql fping smbd nmbd snmpd ssh dnsmasq vsftpd; do
    case " ${missing[*]} " in
        *" $service"*) systemctl disable --quiet "$service" 2>/dev/null || true ;;
    esac
done
