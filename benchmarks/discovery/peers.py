"""The peers: Debian 13's own builds, in a tree that is made once and kept in the cache folder."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = (
    *("nmap", "fping", "masscan", "zmap", "nginx-light", "snmpd", "snmp", "openssh-server", "dnsmasq", "samba"),
    *("vsftpd", "iputils-ping", "iproute2"),
)


def cache() -> Path:
    """Where trees are kept."""
    return Path(os.environ.get("LANARIUM_BENCH_CACHE") or Path.home() / ".cache/lanarium-bench")


def tree(packages: tuple[str, ...] = PACKAGES) -> Path:
    """The tree with the peers; about a minute where it must be made."""
    mark = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    made = cache() / f"trixie-{mark}"
    if not made.exists():
        building = cache() / f".building-{mark}-{os.getpid()}"
        building.parent.mkdir(parents=True, exist_ok=True)
        include = f"--include={','.join(packages)}"
        try:
            subprocess.run(
                ["mmdebstrap", "--quiet", "--variant=apt", "--components=main", include, "trixie", str(building)],
                check=True,
            )
            building.rename(made)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return made
