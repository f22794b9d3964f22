"""Host names as evidence of identity: which of them name one machine, and which name a place or anybody."""

import re

from backend.domain.inventory.observation import Observation

NAME_PREFIX = "name:"
# Typed by a person to say where to look, or copied from a certificate, which sits on proxies too.
_NOT_OF_THE_DEVICE = frozenset({"user", "tls"})
# Answered by a name server about an address: says where, before it says who.
ABOUT_ADDRESSES = frozenset({"ptr", "dns", "file"})
_LABEL = re.compile(r"[a-z0-9_][a-z0-9_-]{1,62}")
# fmt: off
_ANYBODY = frozenset(
    {"localhost", "localhost4", "localhost6", "unknown", "default", "android", "iphone", "ipad", "ipod",
    "raspberrypi", "ubuntu", "debian", "fedora", "kali", "linux", "windows", "desktop", "laptop",
    "phone", "tablet", "printer", "router", "gateway", "gw", "switch", "server", "host", "client", "pc",
    "openwrt", "lede", "espressif", "esp32", "esp8266", "tasmota", "shelly", "wlan0", "eth0", "www",
    "mail", "ftp", "ns", "ns1", "ns2", "dns", "vpn", "home", "local", "none", "null", "dhcp", "bogon",
    "broadcasthost", "ip6-localhost"}
)
# fmt: on
# Names that a machine made of a number: dhcp-17, host5, ip-10-0-0-5, 10-0-0-5, pool3.
_NUMBERED = re.compile(
    r"(?:(?:dhcp|host|ip|ip6|ipv4|client|pool|dyn|dynamic|static|node|unknown|user)[-_]?)?[\d_-]+"
)


def name_keys(said: Observation) -> frozenset[str]:
    """The names by which an observation's thing can be found again: first labels, in lower case."""
    return frozenset(key for n in said.facts.hostnames if (key := _key(n.name, n.source)))


def own_name_keys(said: Observation) -> frozenset[str]:
    """Those that the device said of itself."""
    own = (n for n in said.facts.hostnames if n.source not in ABOUT_ADDRESSES)
    return frozenset(key for n in own if (key := _key(n.name, n.source)))


def _key(name: str, source: str) -> str | None:
    label = name.partition(".")[0].lower()
    usual = source in _NOT_OF_THE_DEVICE or label in _ANYBODY or not _LABEL.fullmatch(label)
    return None if usual or _NUMBERED.fullmatch(label) else NAME_PREFIX + label
