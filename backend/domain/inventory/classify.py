"""What sort of thing a device is: a table of rules, read from top to bottom; the highest score wins.

Each rule asks for signs, all of which must be there; a sign that is not asked for does not matter. Texts
are looked for anywhere in the field, without regard to case. The table is data: it can be shown, and later
be edited, without a change to the code below it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

DEVICE_TYPES = (
    "router",
    "firewall",
    "switch",
    "access_point",
    "server",
    "hypervisor",
    "virtual_machine",
    "container",
    "nas",
    "workstation",
    "laptop",
    "phone",
    "tablet",
    "printer",
    "camera",
    "tv",
    "media_player",
    "voip",
    "ups",
    "iot",
    "unknown",
)


class Rule(NamedTuple):
    """If all of these signs are there, the device is of this type, with this confidence (0..100)."""

    type: str
    confidence: int
    ports: frozenset[int] = frozenset()
    vendor: tuple[str, ...] = ()
    os: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    hint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rules look at, in lower case."""

    ports: frozenset[int]
    services: tuple[str, ...]
    products: tuple[str, ...]
    vendor: str
    os: str
    name: str
    hints: tuple[str, ...]


def _ports(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


# Ports: the assigned numbers of each protocol; hints: the device types of nmap's OS and service tables.
RULES: tuple[Rule, ...] = (
    Rule("hypervisor", 95, ports=_ports(8006), product=("proxmox",)),
    Rule("hypervisor", 90, ports=_ports(8006)),
    Rule("hypervisor", 90, os=("vmware esx", "esxi")),
    Rule("hypervisor", 85, product=("vmware esx", "esxi", "libvirt")),
    Rule("hypervisor", 80, ports=_ports(902, 443), vendor=("vmware",)),
    Rule("printer", 95, ports=_ports(9100, 631)),
    Rule("printer", 90, ports=_ports(9100)),
    Rule("printer", 85, ports=_ports(515)),
    Rule("printer", 85, product=("laserjet", "officejet", "jetdirect", "brother", "epson")),
    Rule("printer", 80, hint=("printer",)),
    Rule("printer", 70, ports=_ports(631), vendor=("hewlett", "hp inc", "brother", "canon", "epson", "kyocera")),
    Rule("printer", 60, vendor=("brother industries", "kyocera", "lexmark", "seiko epson", "ricoh")),
    Rule("nas", 95, product=("synology", "qnap", "truenas", "freenas", "openmediavault")),
    Rule("nas", 90, os=("synology", "qnap", "truenas", "freenas")),
    Rule("nas", 85, vendor=("synology", "qnap")),
    Rule("nas", 80, hint=("storage-misc",)),
    Rule("nas", 70, ports=_ports(445, 2049)),
    Rule("nas", 65, ports=_ports(445, 548)),
    Rule("camera", 90, ports=_ports(554, 37777)),
    Rule("camera", 85, hint=("webcam",)),
    Rule("camera", 85, vendor=("hikvision", "dahua", "axis communications", "reolink", "amcrest")),
    Rule("camera", 60, ports=_ports(554)),
    Rule("voip", 85, hint=("voip phone", "voip adapter", "pbx")),
    Rule("voip", 75, vendor=("polycom", "yealink", "snom", "grandstream")),
    Rule("voip", 55, ports=_ports(5060)),
    Rule("ups", 85, hint=("power-device",)),
    Rule("ups", 75, vendor=("american power conversion", "eaton")),
    Rule("firewall", 90, os=("opnsense", "pfsense", "fortios")),
    Rule("firewall", 90, product=("opnsense", "pfsense", "fortigate")),
    Rule("firewall", 80, hint=("firewall",)),
    Rule("access_point", 85, hint=("wap",)),
    Rule("access_point", 70, product=("unifi ap", "access point")),
    Rule("access_point", 65, name=("wap-", "-ap.", "accesspoint")),
    Rule("switch", 85, hint=("switch",)),
    Rule("switch", 75, product=("procurve", "catalyst", "powerconnect", "smart switch")),
    Rule("switch", 60, name=("switch",)),
    Rule("router", 90, os=("routeros", "openwrt", "edgeos", "cisco ios", "vyos", "junos")),
    Rule("router", 90, product=("routeros", "openwrt", "luci", "fritz!box")),
    Rule("router", 85, ports=_ports(8291), vendor=("mikrotik", "routerboard")),
    Rule("router", 82, hint=("router", "broadband router")),
    Rule("router", 75, ports=_ports(53, 80), vendor=("avm", "tp-link", "netgear", "ubiquiti", "mikrotik")),
    Rule("router", 70, name=("router", "gateway", "fritz.box")),
    Rule("router", 55, ports=_ports(179)),
    Rule("tv", 90, vendor=("vizio", "tcl "), ports=_ports(8009)),
    Rule("tv", 85, product=("samsung tv", "webos tv", "bravia")),
    Rule("tv", 80, ports=_ports(3000, 3001), vendor=("lg electronics",)),
    Rule("tv", 75, ports=_ports(8001, 8002), vendor=("samsung",)),
    Rule("media_player", 80, ports=_ports(8008, 8009)),
    Rule("media_player", 80, hint=("media device",)),
    Rule("media_player", 75, vendor=("sonos", "roku")),
    Rule("phone", 85, os=("android", "ios ", "iphone")),
    Rule("phone", 85, ports=_ports(62078)),
    Rule("phone", 80, hint=("phone",)),
    Rule("phone", 65, name=("iphone", "android", "galaxy", "pixel-")),
    Rule("tablet", 66, name=("ipad",)),
    Rule("laptop", 60, name=("laptop", "macbook", "thinkpad", "notebook")),
    Rule("workstation", 70, ports=_ports(135, 445), os=("windows 10", "windows 11", "windows 7", "windows 8")),
    Rule("workstation", 65, os=("windows 10", "windows 11", "windows 7", "windows 8")),
    Rule("workstation", 60, os=("mac os x", "macos")),
    Rule("workstation", 50, ports=_ports(3389, 445)),
    Rule("workstation", 50, name=("desktop", "-pc", "workstation")),
    Rule("server", 80, os=("windows server",)),
    Rule("server", 75, ports=_ports(88, 389)),
    Rule("server", 65, service=("postgresql", "mysql", "ms-sql-s", "mongodb", "redis", "ldap", "oracle")),
    Rule("server", 60, service=("smtp", "imap", "pop3", "nfs")),
    Rule("server", 58, service=("domain",)),
    Rule("server", 55, service=("http", "https", "ssl/http"), product=("nginx", "apache", "iis", "caddy")),
    Rule("server", 50, ports=_ports(22, 80)),
    Rule("server", 50, ports=_ports(22, 443)),
    Rule("server", 48, service=("netbios-ssn", "microsoft-ds"), product=("samba",)),
    Rule("server", 45, ports=_ports(22), os=("linux", "bsd")),
    Rule("server", 40, ports=_ports(22)),
    Rule("iot", 75, vendor=("espressif", "tuya", "shelly", "sonoff", "signify", "philips lighting", "nest labs")),
    Rule("iot", 70, ports=_ports(1883)),
    Rule("iot", 60, hint=("specialized", "remote management")),
)


@lru_cache(maxsize=4096)
def classify(signs: Signs) -> tuple[str, int]:
    """The type of the best rule whose signs are all there, and its confidence; `unknown` and 0 without one."""
    matching = [rule for rule in RULES if _applies(rule, signs)]
    best = max(matching, key=lambda rule: rule.confidence, default=None)
    return (best.type, best.confidence) if best else ("unknown", 0)


def _applies(rule: Rule, signs: Signs) -> bool:
    return (
        rule.ports <= signs.ports
        and _any_in(rule.vendor, (signs.vendor,))
        and _any_in(rule.os, (signs.os,))
        and _any_in(rule.product, signs.products)
        and _any_in(rule.name, (signs.name,))
        and (not rule.service or any(s in rule.service for s in signs.services))
        and (not rule.hint or any(h in rule.hint for h in signs.hints))
    )


def _any_in(wanted: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    return not wanted or any(word in text for word in wanted for text in texts if text)
