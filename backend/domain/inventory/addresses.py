"""The names by which a device can be reached: addresses in their one spelling, and what a MAC is worth."""

import ipaddress
import re
from enum import StrEnum
from functools import lru_cache

from backend.domain.inventory.text import one_line

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
NAME_LIMIT = 253

_MAC_SEPARATORS = re.compile(r"[:\-. ]")
_MAC = re.compile(r"[0-9a-f]{12}")
# Pairs (aa:bb, aa-bb), bare digits, or Cisco's groups of four.
_PARTIAL_MAC = re.compile(
    r"[0-9a-f]{2}([:\-][0-9a-f]{1,2})+[:\-]?|[0-9a-f]{4,12}|[0-9a-f]{4}(\.[0-9a-f]{1,4})+\.?"
)
# Virtual addresses of VRRP, HSRP and CARP: several routers take turns with one, so it names no device.
_SHARED_PREFIXES = ("00005e0001", "00005e0002", "00000c07ac", "00000c9ff")
# QEMU and libvirt mark theirs as locally administered, yet a machine keeps it for life.
_STABLE_LOCAL_PREFIXES = ("525400",)


class AddressKind(StrEnum):
    """What sort of address it is."""

    IPV4 = "ipv4"
    IPV6 = "ipv6"
    MAC = "mac"
    NAME = "name"


class MacWorth(StrEnum):
    """How far a MAC names one interface."""

    STABLE = "stable"
    RANDOM = "random"
    USELESS = "useless"


def canonical_mac(text: str | None) -> str | None:
    """`aa:bb:cc:dd:ee:ff` from any notation; None for what is not a MAC."""
    bare = _MAC_SEPARATORS.sub("", (text or "").strip().lower())
    if not _MAC.fullmatch(bare):
        return None
    return ":".join(bare[i : i + 2] for i in range(0, 12, 2))


def partial_mac(text: str) -> str | None:
    """The bare hex digits of a piece of a MAC, four or more; None when the text cannot be one."""
    lowered = text.strip().lower()
    bare = _MAC_SEPARATORS.sub("", lowered)
    return bare if _PARTIAL_MAC.fullmatch(lowered) and 4 <= len(bare) <= 12 else None


def mac_worth(mac: str) -> MacWorth:
    """What a canonical MAC tells of identity: multicast and shared ones nothing, private ones little."""
    bare = mac.replace(":", "")
    first = int(bare[:2], 16)
    if first & 1 or bare == "000000000000" or bare.startswith(_SHARED_PREFIXES):
        return MacWorth.USELESS
    if first & 2 and not bare.startswith(_STABLE_LOCAL_PREFIXES):
        return MacWorth.RANDOM
    return MacWorth.STABLE


def usable_mac(text: str | None) -> str | None:
    """The canonical MAC, if it says anything of identity."""
    mac = canonical_mac(text)
    return mac if mac and mac_worth(mac) is not MacWorth.USELESS else None


@lru_cache(maxsize=16_384)
def parse_ip(text: str | None) -> IpAddress | None:
    """An address in its usual spelling, without a zone; None for anything else."""
    try:
        return ipaddress.ip_address((text or "").strip().partition("%")[0])
    except ValueError:
        return None


def kind_of(address: IpAddress) -> AddressKind:
    """IPv4 or IPv6."""
    return AddressKind.IPV4 if address.version == 4 else AddressKind.IPV6


def canonical_name(text: str | None) -> str | None:
    """A host name as it is kept: one visible line without the final dot; None for nothing."""
    name = one_line(text or "", NAME_LIMIT).rstrip(".")
    return name or None


def sort_key(text: str) -> tuple[int, int, str]:
    """Orders addresses: IPv4 before IPv6, then by number."""
    address = parse_ip(text)
    return (9, 0, text) if address is None else (address.version, int(address), "")
