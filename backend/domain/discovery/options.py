"""How to scan: typed options with a default each, the named profiles, and how fast and in what pieces they run.

Nothing here is text that reaches nmap as it came: every field is a number, a choice, or a name from a list.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from backend.domain.discovery.scripts import ALLOWED_SCRIPTS, STANDARD_SCRIPTS
from backend.domain.errors import FieldError, Invalid, Param

HostDiscovery = Literal["default", "all_up", "arp", "ping", "tcp"]
Timing = Literal["polite", "normal", "aggressive"]
Profile = Literal["sweep", "sample", "quick", "standard", "full", "custom"]

MAX_PORT_ITEMS = 500
MAX_RATE = 1_000_000  # as good as unlimited: no machine of ours sends faster
MAX_CHUNK = 65_536
PORT = 65_535
_PORT_ITEM = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?", re.ASCII)
_TOP = re.compile(r"top:([1-9]\d{0,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What to ask of every address. Raises Invalid, with every wrong field, when built from wrong values.

    Ports are `None` (none of that protocol), `"22,80,1000-1100"` or `"top:100"` (nmap's most common ones).
    Host discovery: `default` asks in every way the rights allow, `arp` only ARP (same segment),
    `ping` only ARP and ICMP echo, `tcp` sends no ICMP, `all_up` asks nothing first and tries every address.
    With `sweep` our own sweeper looks first, and nmap is asked only about what it found; with `etiquette`
    printers, small devices and controllers are asked gently, whatever else stands here. `max_rate` is packets
    a second in place of what the pace means.
    """

    host_discovery: HostDiscovery = "default"
    tcp_ports: str | None = "top:1000"
    udp_ports: str | None = None
    service_versions: bool = False
    version_intensity: int = 7
    os_detection: bool = False
    scripts: tuple[str, ...] = ()
    timing: Timing = "normal"
    max_rate: int | None = None
    resolve_names: bool = True
    sweep: bool = True
    etiquette: bool = True

    def __post_init__(self) -> None:
        errors = tuple(_faults(self))
        if errors:
            raise Invalid("The scan options are not valid", code="invalid_options", errors=errors)

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> "ScanOptions":
        """Build from decoded JSON; unknown names and wrong types raise Invalid, nothing is guessed."""
        known = {item.name for item in dataclasses.fields(cls)}
        unknown = tuple(
            FieldError(f"options.{str(name)[:64]}", "unknown_option") for name in values.keys() - known
        )
        if unknown:
            raise Invalid("There is no such scan option", code="unknown_option", errors=unknown)
        given = dict(values)
        if isinstance(given.get("scripts"), list):
            given["scripts"] = tuple(given["scripts"])  # type: ignore[arg-type]  # checked item by item
        return cls(**given)  # type: ignore[arg-type]  # every field is checked in __post_init__


def _faults(options: ScanOptions) -> Iterable[FieldError]:
    yield from _choice("host_discovery", options.host_discovery, get_args(HostDiscovery))
    yield from _choice("timing", options.timing, get_args(Timing))
    for name in ("service_versions", "os_detection", "resolve_names", "sweep", "etiquette"):
        if not isinstance(getattr(options, name), bool):
            yield _fault(name, "not_a_boolean")
    yield from _integer("version_intensity", options.version_intensity, 0, 9)
    if options.max_rate is not None:
        yield from _integer("max_rate", options.max_rate, 1, MAX_RATE)
    for name in ("tcp_ports", "udp_ports"):
        yield from _ports(name, getattr(options, name))
    yield from _scripts(options.scripts)


def _fault(name: str, code: str, **params: Param) -> FieldError:
    return FieldError(f"options.{name}", code, params)


def _choice(name: str, value: object, choices: tuple[str, ...]) -> Iterable[FieldError]:
    if not isinstance(value, str) or value not in choices:
        yield _fault(name, "not_a_choice", choices=", ".join(choices))


def _integer(name: str, value: object, low: int, high: int) -> Iterable[FieldError]:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        yield _fault(name, "out_of_range", low=low, high=high)


def _scripts(value: object) -> Iterable[FieldError]:
    if not isinstance(value, tuple):
        yield _fault("scripts", "not_a_list")
        return
    for script in value:
        if not isinstance(script, str) or script not in ALLOWED_SCRIPTS:
            yield _fault("scripts", "script_not_allowed", script=str(script)[:64])
    if len(set(map(str, value))) != len(value):
        yield _fault("scripts", "repeated")


def _ports(name: str, value: object) -> Iterable[FieldError]:
    if value is None:
        return
    if not isinstance(value, str):
        yield _fault(name, "not_ports")
        return
    try:
        port_ranges(value)
    except ValueError:
        yield _fault(name, "not_ports", value=value[:64])


def top_ports(text: str) -> int | None:
    """The n of "top:n", or None where the text is a list of ports."""
    match = _TOP.fullmatch(text)
    return int(match[1]) if match else None


def port_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """The ranges in a port list, sorted and merged; none for "top:n". Raises ValueError for anything else."""
    top = top_ports(text)
    if top is not None:
        if top > PORT:
            raise ValueError("more ports than there are")
        return ()
    items = text.split(",")
    if len(items) > MAX_PORT_ITEMS:
        raise ValueError("too many ranges of ports")
    return _merged(sorted(_port_range(item.strip(" ")) for item in items))


def _port_range(item: str) -> tuple[int, int]:
    match = _PORT_ITEM.fullmatch(item)
    if not match:
        raise ValueError("not a port or a range of ports")
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1 <= first <= last <= PORT:
        raise ValueError("ports are 1 to 65535, the lower one first")
    return first, last


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for first, last in ranges:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def port_count(text: str | None) -> int:
    """How many ports a field means."""
    if text is None:
        return 0
    return top_ports(text) or sum(last - first + 1 for first, last in port_ranges(text))


# UDP ports that name a device: DNS, NetBIOS, SNMP, mDNS. Few: a host tells of about six closed ones at once.
_NAMING_UDP = "53,137,161,5353"
# nmap tries a port's own probes at every intensity; more than this costs half a minute for each silent UDP port.
_LIGHT = 2

PROFILES: Mapping[str, ScanOptions] = {
    "sweep": ScanOptions(host_discovery="ping", tcp_ports=None, timing="aggressive", resolve_names=False),
    # At a moderate pace: one router carries the questions to thousands of segments.
    "sample": ScanOptions(host_discovery="ping", tcp_ports=None, resolve_names=False),
    "quick": ScanOptions(tcp_ports="top:100", timing="aggressive"),
    "standard": ScanOptions(
        tcp_ports="top:1000",
        udp_ports=_NAMING_UDP,
        service_versions=True,
        version_intensity=_LIGHT,
        os_detection=True,
        scripts=STANDARD_SCRIPTS,
        timing="aggressive",
    ),
    "full": ScanOptions(
        tcp_ports="1-65535",
        udp_ports="top:50",
        service_versions=True,
        os_detection=True,
        scripts=ALLOWED_SCRIPTS,
        timing="aggressive",
    ),
}

# Addresses in a chunk. A /24 is one, so that all of it is sketched before details; where a device takes minutes,
# chunks are smaller, so that the first devices do not wait for the last.
CHUNKS: Mapping[str, int] = {
    "sweep": MAX_CHUNK,
    "sample": 8_192,  # each address of it is a range of its own, so that a chunk is a long row
    "quick": 1024,
    "standard": 256,
    "full": 64,
    "custom": 256,
}
# Packets a second to one network. A busy office switch passes a thousand times as many; old devices do not.
POLITE_PACE = 200
_PACE: Mapping[Timing, int] = {"polite": POLITE_PACE, "normal": 2_000, "aggressive": 20_000}


def chunk_size(profile: str, wanted: int | None) -> int:
    """How many addresses a chunk of that profile gets, where nobody says."""
    return wanted or CHUNKS.get(profile, CHUNKS["custom"])


def pace(options: ScanOptions) -> int:
    """How many packets a second our own sweeper may send."""
    return options.max_rate or _PACE[options.timing]


def with_rate(options: ScanOptions, rate: int | None) -> ScanOptions:
    """The options at a rate that was asked for beside them. Raises Invalid for one that cannot be."""
    return options if rate is None else dataclasses.replace(options, max_rate=rate)


def options_for(profile: str, custom: ScanOptions | None = None) -> ScanOptions:
    """The options of a profile; `custom` brings its own. Raises Invalid for an unknown name or a mix of both."""
    if profile == "custom":
        return custom or ScanOptions()
    if profile not in PROFILES:
        names = ", ".join(get_args(Profile))
        raise Invalid.for_field("profile", "not_a_choice", f"The profile must be one of {names}", choices=names)
    if custom is not None:
        raise Invalid.for_field("options", "options_need_custom_profile", "Only the custom profile takes options")
    return PROFILES[profile]


def effective(options: ScanOptions, *, raw: bool) -> tuple[ScanOptions, tuple[str, ...]]:
    """What can really be asked without raw sockets, and the codes of what had to be left out."""
    if raw:
        return options, ()
    lost = {
        "no_raw_udp": options.udp_ports is not None,
        "no_raw_os_detection": options.os_detection,
        "no_raw_arp": options.host_discovery == "arp",
        "no_raw_icmp": options.host_discovery in {"default", "ping"},
    }
    discovery: HostDiscovery = "all_up" if options.host_discovery == "all_up" else "tcp"
    reduced = dataclasses.replace(options, udp_ports=None, os_detection=False, host_discovery=discovery)
    return reduced, tuple(code for code, is_lost in lost.items() if is_lost)
