"""Who is at the other end: the peer, or whom a proxy that we trust says it is.

Only what came over our own Unix socket (our nginx) or from a network in TRUSTED_PROXIES may say so. The
header is read from the right: each hop was added by the one after it, so that the first address that is
not a trusted proxy is the client, and whatever it claimed to the left of that is nobody's business.
"""

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Networks = tuple[IPv4Network | IPv6Network, ...]
MAX_HOPS = 16
_SECURE = {"http": "https", "ws": "wss"}


def parse_networks(listed: str) -> Networks:
    """Networks from a comma-separated text; raises ValueError that names the bad one."""
    return tuple(ip_network(item.strip()) for item in listed.split(",") if item.strip())


def resolve(peer: str | None, forwarded_for: str, trusted: Networks) -> str | None:
    """The client's address; `peer` None is our own socket."""
    address = peer
    for hop in reversed(forwarded_for.split(",")[-MAX_HOPS:]):
        if not _may_say(address, trusted):
            break
        try:
            address = str(ip_address(hop.strip()))
        except ValueError:
            break
    return address


def _may_say(address: str | None, trusted: Networks) -> bool:
    if address is None:
        return True
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in trusted if network.version == parsed.version)


class ClientAddress:
    """Puts the client's address, and whether it speaks TLS, where everything else looks for them."""

    def __init__(self, app: ASGIApp, trusted: Networks = ()) -> None:
        self._app = app
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] in {"http", "websocket"}:
            peer = _peer(scope)
            if _may_say(peer, self._trusted):
                self._believe(scope, peer)
        await self._app(scope, receive, send)

    def _believe(self, scope: Scope, peer: str | None) -> None:
        headers = Headers(scope=scope)
        address = resolve(peer, ", ".join(headers.getlist("x-forwarded-for")), self._trusted)
        scope["client"] = (address, 0) if address else None
        if headers.get("x-forwarded-proto", "").strip().lower() == "https":
            scope["scheme"] = _SECURE.get(scope["scheme"], scope["scheme"])


def _peer(scope: Scope) -> str | None:
    """The address of the peer; None for a Unix socket, which has none."""
    client = scope.get("client")
    return client[0] if client and client[0] else None
