#!/bin/sh
# Installs the Debian packages of packages.txt that are missing. Needs root.
# None of the daemons in them is started or enabled: the lab runs them itself, inside its namespaces.
set -eu

list="$(dirname "$0")/packages.txt"
missing=""
for package in $(sed '/^#/d' "$list"); do
    state="$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)"
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

# While this file answers 101, installing a package starts no service (Debian Policy 9.3.3.1, invoke-rc.d).
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # a list of words
apt-get install -y -qq --no-install-recommends $missing

# What was installed just now must not start with the machine either.
for package in $missing; do
    for script in $(dpkg-query -L "$package" | sed -n 's|^/etc/init.d/||p'); do
        update-rc.d "$script" disable || true
    done
done
