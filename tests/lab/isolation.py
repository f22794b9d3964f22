"""The proof, taken before anything runs, that no packet can leave a lab."""

from typing import Any

from tests.lab import netns
from tests.lab.errors import CommandError, IsolationError

# TEST-NET-3 and the IPv6 documentation prefix (RFC 5737, RFC 3849): asking for a route sends no packet.
FAR_AWAY = (("-4", "203.0.113.1"), ("-6", "2001:db8::1"))
HARMLESS_KINDS = frozenset({"veth", "bridge"})


def require_isolation(names: list[str]) -> None:
    """Raise IsolationError unless every namespace is a dead end.

    Each has no default route, no route to a far address, and no interface but loopback, bridges and veth
    pairs whose other end lies in one of these same namespaces.
    """
    for name in names:
        _require_no_route(name)
        _require_inner_links(name, frozenset(names))


def _require_no_route(name: str) -> None:
    for family, address in FAR_AWAY:
        if routes := netns.query(name, family, "route", "show", "default"):
            raise IsolationError(f"{name} has a default route: {routes}")
        if _finds_route(name, family, address):
            raise IsolationError(f"{name} knows a way to {address}")


def _finds_route(name: str, family: str, address: str) -> bool:
    try:
        netns.command("ip", "-n", name, family, "route", "get", address)
    except CommandError:
        return False
    return True


def _require_inner_links(name: str, allowed: frozenset[str]) -> None:
    links = netns.query(name, "-d", "link", "show")
    # Read after the links: the kernel gives a peer's namespace its number when the link is first shown.
    numbers = {entry["nsid"]: entry.get("name") for entry in netns.query(name, "netns", "list-id")}
    for link in links:
        if link["ifname"] != "lo" and not _is_inner(link, numbers, allowed):
            raise IsolationError(f"{name}: interface {link['ifname']} may lead out of the lab")


def _is_inner(link: dict[str, Any], numbers: dict[int, str | None], allowed: frozenset[str]) -> bool:
    kind = link.get("linkinfo", {}).get("info_kind")
    if kind not in HARMLESS_KINDS:
        return False
    return kind == "bridge" or numbers.get(link.get("link_netnsid", -1)) in allowed
