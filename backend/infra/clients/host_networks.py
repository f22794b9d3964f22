"""What this machine knows of the networks around it, from the kernel's tables alone: no packet is sent.

`ip -j` (iproute2) asks the kernel over netlink for addresses, links, routes and the neighbour cache; the
resolver's addresses stand in /etc/resolv.conf. Where `ip` is missing, /proc tells of IPv4 routes and neighbours.
"""

import asyncio
import ipaddress
import socket
import struct
from pathlib import Path
from typing import Any

import orjson

from backend.domain.inventory.addresses import canonical_mac, parse_ip
from backend.domain.inventory.proposals import HostNetworks, Interface, Neighbour, Route

RESOLV = Path("/etc/resolv.conf")
PROC_NET = Path("/proc/net")
TIMEOUT_S = 5.0
MAX_OUTPUT = 8 * 1024 * 1024
# Kinds of links that lead to this machine's own guests, or to nowhere.
VIRTUAL_KINDS = frozenset({"dummy", "ifb", "vxlan", "geneve", "nlmon", "ipvlan", "macvtap", "tun"})
VIRTUAL_NAMES = ("docker", "br-", "virbr", "lxcbr", "lxdbr", "cni", "flannel", "cali", "tun", "tap", "podman")
_GONE = frozenset({"FAILED", "INCOMPLETE", "NOARP"})
# Confirmed within the last half minute; DELAY and PROBE are old entries that are being asked again.
_SEEN = frozenset({"REACHABLE"})

Json = dict[str, Any]


class KernelTables:
    """Reads the tables anew each time it is asked."""

    async def read(self) -> HostNetworks:
        """What the kernel knows now; a part that cannot be read is empty."""
        links = await _ip("-d", "address", "show")
        routes = [*await _ip("-4", "route", "show"), *await _ip("-6", "route", "show")]
        neighbours = await _ip("neigh", "show")
        return HostNetworks(
            interfaces=tuple(_interface(item, links) for item in links if _is_up(item)),
            routes=tuple(route for item in routes if (route := _route(item))) or _proc_routes(PROC_NET / "route"),
            neighbours=tuple(n for item in neighbours if (n := _neighbour(item))) or _proc_arp(PROC_NET / "arp"),
            resolvers=_resolvers(RESOLV),
        )


async def _ip(*arguments: str) -> list[Json]:
    """What `ip -j` answers; nothing where there is no such program or it does not answer."""
    try:
        process = await asyncio.create_subprocess_exec(
            "ip",
            "-j",
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return []
    try:
        output, _ = await asyncio.wait_for(process.communicate(), TIMEOUT_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        return []
    return _parsed(output)


def _parsed(output: bytes) -> list[Json]:
    try:
        items = orjson.loads(output or b"[]") if len(output) <= MAX_OUTPUT else []
    except orjson.JSONDecodeError:
        return []
    return [item for item in items if isinstance(item, dict) and item]


def _is_up(item: Json) -> bool:
    flags = item.get("flags", [])
    return "UP" in flags and "LOOPBACK" not in flags


def _interface(item: Json, links: list[Json]) -> Interface:
    addresses = [
        f"{entry['local']}/{entry['prefixlen']}"
        for entry in item.get("addr_info", [])
        if entry.get("scope") == "global" and "local" in entry and "prefixlen" in entry
    ]
    return Interface(str(item.get("ifname", "")), tuple(addresses), _is_virtual(item, links))


def _is_virtual(item: Json, links: list[Json]) -> bool:
    """A bridge that carries a real port is the machine's own way out (Proxmox does so), not a guests' network."""
    kind = item.get("linkinfo", {}).get("info_kind", "")
    name = str(item.get("ifname", ""))
    if kind == "bridge":
        ports = [link for link in links if link.get("master") == name]
        return not any(not link.get("linkinfo", {}).get("info_kind") for link in ports)
    if kind == "veth":
        # Inside a container the only way out is one end of a pair; the other end hangs on a bridge.
        return "master" in item
    return kind in VIRTUAL_KINDS or name.startswith(VIRTUAL_NAMES)


def _route(item: Json) -> Route | None:
    destination = str(item.get("dst", ""))
    if item.get("type", "unicast") != "unicast" or not _is_destination(destination):
        return None
    gateway = parse_ip(item.get("gateway"))
    return Route(destination, item.get("dev"), str(gateway) if gateway else None)


def _is_destination(text: str) -> bool:
    if text == "default":
        return True
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _neighbour(item: Json) -> Neighbour | None:
    address, states = parse_ip(item.get("dst")), set(item.get("state", []))
    if address is None or states & _GONE:
        return None
    return Neighbour(str(address), canonical_mac(item.get("lladdr")), item.get("dev"), bool(states & _SEEN))


def _resolvers(path: Path) -> tuple[str, ...]:
    words = [line.split() for line in _lines(path)]
    found = [parse_ip(line[1]) for line in words if len(line) > 1 and line[0] == "nameserver"]
    return tuple(str(address) for address in found if address)


def _proc_routes(path: Path) -> tuple[Route, ...]:
    """IPv4 routes as proc(5) has them: addresses in hexadecimal, in the byte order of the machine."""
    found = []
    for line in _lines(path)[1:]:
        name, destination, gateway, *rest = line.split()
        network = ipaddress.ip_network(f"{_hex(destination)}/{_hex(rest[4])}")
        via = _hex(gateway) if int(gateway, 16) else None
        found.append(Route(str(network) if network.prefixlen else "default", name, via))
    return tuple(found)


def _proc_arp(path: Path) -> tuple[Neighbour, ...]:
    words = [line.split() for line in _lines(path)[1:]]
    return tuple(Neighbour(w[0], canonical_mac(w[3]), w[5], int(w[2], 16) == 2) for w in words if len(w) == 6)


def _hex(text: str) -> str:
    return socket.inet_ntoa(struct.pack("=L", int(text, 16)))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
