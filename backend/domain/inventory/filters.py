"""What a person looks for in the list of devices."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime

from backend.domain.inventory.addresses import partial_mac

_PORT = re.compile(r"port:(\d{1,5})(?:/(tcp|udp|sctp))?")


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """Which devices are asked for: every field that is set must fit, any of its values will do."""

    q: str | None = None
    site_id: int | None = None
    network: tuple[int, ...] = ()
    type: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    port: tuple[int, ...] = ()
    service: tuple[str, ...] = ()
    os: tuple[str, ...] = ()
    vendor: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    seen_since: datetime | None = None
    has_open_ports: bool | None = None
    # Empty: new and approved ones.
    inbox: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """The words of a search, each understood: all of them must fit."""

    ports: tuple[int, ...] = ()
    cidrs: tuple[str, ...] = ()
    # Each as bare digits, and as it was written.
    macs: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()


def search_terms(query: str | None) -> SearchTerms:
    """Understand a search: `port:22`, networks such as 10.0.4.0/22, MACs in any notation, words."""
    ports: list[int] = []
    cidrs: list[str] = []
    macs: list[tuple[str, str]] = []
    texts: list[str] = []
    for word in (query or "").lower().split():
        port = _PORT.fullmatch(word)
        cidr = _cidr(word)
        mac = partial_mac(word) if len(word) > 4 and not word.isdecimal() else None
        if port:
            ports.append(int(port[1]))
        elif cidr:
            cidrs.append(cidr)
        elif mac:
            macs.append((mac, word))
        else:
            texts.append(word)
    return SearchTerms(tuple(ports), tuple(cidrs), tuple(macs), tuple(texts))


def _cidr(word: str) -> str | None:
    if "/" not in word:
        return None
    try:
        return str(ipaddress.ip_network(word, strict=False))
    except ValueError:
        return None
