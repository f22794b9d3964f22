"""What this machine is called, which addresses it has, and what its kernel lets us do."""

import ctypes
import json
import shutil
import socket
import subprocess
from pathlib import Path

CAP_NET_RAW = 13
PR_SET_NO_NEW_PRIVS = 38
SEARCH_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


def names_and_addresses() -> list[str]:
    """Everything by which a browser may name this machine, without asking any name server."""
    name = socket.gethostname()
    names = [name] if name.isascii() and name else []
    return list(dict.fromkeys([*names, "localhost", "127.0.0.1", "::1", *lan_addresses()]))


def lan_addresses() -> list[str]:
    """The addresses by which others reach this machine, as the kernel lists them."""
    program = shutil.which("ip", path=SEARCH_PATH)
    if program is None:
        return []
    shown = subprocess.run(  # noqa: S603 - fixed arguments
        [program, "-json", "address", "show", "up", "scope", "global"],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    try:
        links = json.loads(shown or "[]")
    except ValueError:
        return []
    found = [entry.get("local", "") for link in links for entry in link.get("addr_info", [])]
    return [address for address in found if address]


def may_open_raw_sockets() -> bool:
    """Whether this process holds CAP_NET_RAW and may hand it on."""
    status = Path("/proc/self/status").read_text()
    permitted = next(line.split()[1] for line in status.splitlines() if line.startswith("CapPrm"))
    return bool(int(permitted, 16) & (1 << CAP_NET_RAW))


def open_address(address: str) -> str:
    """An address as it stands in a URL: IPv6 in brackets."""
    return f"[{address}]" if ":" in address and not address.startswith("[") else address


def forbid_new_privileges() -> None:
    """From here on no program that this process runs gains anything by set-uid bits or file capabilities."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
