"""Networks: the list of what may be scanned, as people confirmed it."""

import ipaddress
import uuid
from dataclasses import dataclass
from datetime import datetime

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.addresses import Network as IpNetwork
from backend.domain.discovery.scope import FORBIDDEN, PRIVATE
from backend.domain.errors import Invalid

MAX_VLAN = 4094


@dataclass(frozen=True, slots=True)
class Network:
    """One network of a site. `device_count` counts devices with a current address in it."""

    id: int
    uid: uuid.UUID
    site_id: int
    cidr: str
    name: str
    description: str
    vlan: int | None
    scan_allowed: bool
    allow_public: bool
    tags: tuple[str, ...]
    device_count: int
    created_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """A network as a person writes it down; `confirm_public` repeats the CIDR where it holds public space."""

    cidr: str
    site_id: int | None = None
    name: str = ""
    description: str = ""
    vlan: int | None = None
    scan_allowed: bool = False
    allow_public: bool = False
    confirm_public: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkChange:
    """What a person changes; None leaves a field as it is, `clear_vlan` takes the VLAN away."""

    name: str | None = None
    description: str | None = None
    vlan: int | None = None
    clear_vlan: bool = False
    scan_allowed: bool | None = None
    allow_public: bool | None = None
    confirm_public: str | None = None
    tags: tuple[str, ...] | None = None


def parse_cidr(text: str, field: str = "cidr") -> IpNetwork:
    """A network from its usual spelling. Raises Invalid, with the network that was probably meant."""
    try:
        loose = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise Invalid.for_field(
            field, "cidr_invalid", f"{text[:60]!r} is not a network such as 192.168.1.0/24", value=text[:60]
        ) from None
    if "/" not in text or str(loose) != str(_interface(text)):
        raise Invalid.for_field(
            field, "cidr_host_bits", f"A network begins at its first address: {loose}", suggestion=str(loose)
        )
    return loose


def _interface(text: str) -> str:
    interface = ipaddress.ip_interface(text.strip())
    return f"{interface.ip}/{interface.network.prefixlen}"


def forbidden_reason(network: IpNetwork) -> str | None:
    """Why a network may never be scanned as a whole; None where it may be, if a person says so."""
    addresses = AddressSet.parse([str(network)])
    return next((reason for reason, never in FORBIDDEN if not addresses - never), None)


def is_public(network: IpNetwork) -> bool:
    """Whether some of its addresses can be somebody else's on the internet."""
    forbidden = [never for _, never in FORBIDDEN]
    rest = AddressSet.parse([str(network)]) - PRIVATE
    for never in forbidden:
        rest -= never
    return bool(rest)


def check_allowed(network: IpNetwork, *, scan_allowed: bool, allow_public: bool, confirmed: str | None) -> None:
    """Refuse to allow scans where nobody may scan, and public space that was not confirmed by typing it.

    Raises Invalid.
    """
    reason = forbidden_reason(network)
    if reason:
        raise Invalid.for_field(
            "cidr",
            "network_forbidden",
            f"{network} is {reason.replace('_', ' ')} space: never scanned",
            reason=reason,
        )
    if not scan_allowed or not is_public(network):
        return
    if not allow_public:
        raise Invalid.for_field(
            "allow_public",
            "network_public",
            f"{network} holds public addresses: allow_public says that you know whose they are",
            cidr=str(network),
        )
    if (confirmed or "").strip() != str(network):
        raise Invalid.for_field(
            "confirm_public",
            "confirmation_needed",
            f"Type {network} once more in confirm_public: it holds public addresses",
            cidr=str(network),
        )


def check_vlan(vlan: int | None) -> None:
    """VLANs are 1 to 4094 (IEEE 802.1Q); raises Invalid."""
    if vlan is not None and not 1 <= vlan <= MAX_VLAN:
        raise Invalid.for_field("vlan", "out_of_range", "A VLAN is 1 to 4094", min=1, max=MAX_VLAN)
