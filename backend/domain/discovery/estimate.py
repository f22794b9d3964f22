"""What a scan will cost, before it runs: packets and seconds, from plain arithmetic.

The model follows the stages: a sweep asks every address, those that live are asked for ports, then for names, and
nmap is asked about some of them. What it cannot know, how many live and what they have open, it takes from the
constants below; a test in the lab counts real packets and holds the model to a factor of three.
"""

from dataclasses import dataclass

from backend.domain.discovery.options import ScanOptions, effective, pace, port_count

# Of a network's addresses, how many usually answer: an office /24 has 30 to 90 devices.
_LIVE_SHARE = 0.25
# Ports that a living device usually has open, and how many of them our own questions leave unnamed.
_OPEN_PORTS = 4
_UNNAMED_SHARE = 0.25
# Silent ones are asked again in a second pass, for whatever got lost; SYN probes go to three ports.
_PASSES = 2
_SYN_PROBES = 3
# After each pass the sweeper listens for the slowest answers; starting and ending add a little.
_QUIET_S = 0.5
# Reverse DNS, mDNS, NetBIOS, SSDP and SNMP, one packet each and as many back, at most twice.
_NAME_PACKETS = 10
_NAMES_S = 4.0
# A conversation of TCP: three packets to open, four to speak, three to close.
_TALK_PACKETS = 10
# nmap -sV asks an unnamed port up to a dozen times and waits for silence: 17 s for a group, whatever its size.
_VERSION_TALKS = 6
_GROUP_S = 17.0
_GROUP = 32
# nmap -O sends some thirty probes a host, twice; 10 hosts side by side take 12 s.
_OS_PACKETS = 70
_OS_S = 12.0
_SCRIPT_PACKETS = 60
_SCRIPTS_S = 10.0
# Without our sweeper nmap does it all: probes a second that one nmap reaches on a healthy segment.
_NMAP_RATE = {"polite": 2.5, "normal": 600.0, "aggressive": 1_500.0}
_UDP_S = 0.3  # Linux answers about one closed UDP port a second; hosts run side by side


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how long, and how many packets. A guess for a person, never a deadline."""

    seconds: int
    packets: int


def estimate(address_count: int, options: ScanOptions, *, raw: bool = True, concurrency: int = 1) -> Estimate:
    """Guess the cost of scanning that many addresses with these options."""
    asked, _ = effective(options, raw=raw)
    live = _living(address_count, asked)
    looking = address_count * _discovery_packets(asked) + live * _port_packets(asked)
    names = live * _NAME_PACKETS if asked.resolve_names else 0
    details = live * _detail_packets(asked)
    seconds = (looking + names) / _rate(asked) + _waits(asked, live)
    return Estimate(seconds=max(1, round(seconds / max(1, concurrency))), packets=round(looking + names + details))


def _living(addresses: int, options: ScanOptions) -> int:
    if options.host_discovery == "all_up":
        return addresses
    return max(1, round(addresses * _LIVE_SHARE)) if addresses else 0


def _discovery_packets(options: ScanOptions) -> float:
    """For each address. On its own segment ARP settles the matter, and less is sent than this."""
    kinds = {"all_up": 0, "arp": 1, "ping": 1, "tcp": _SYN_PROBES, "default": 1 + _SYN_PROBES}
    return kinds[options.host_discovery] * (1 + (_PASSES - 1) * (1 - _LIVE_SHARE))


def _port_packets(options: ScanOptions) -> float:
    """For each device that lives: answers that say closed are not asked for again."""
    return port_count(options.tcp_ports) + _PASSES * port_count(options.udp_ports)


def _detail_packets(options: ScanOptions) -> float:
    packets = 0.0
    if options.service_versions:
        packets += _OPEN_PORTS * _TALK_PACKETS * (1 + _UNNAMED_SHARE * _VERSION_TALKS)
    if options.os_detection:
        packets += _OS_PACKETS
    return packets + (_SCRIPT_PACKETS if options.scripts else 0)


def _rate(options: ScanOptions) -> float:
    if options.sweep:
        return pace(options)
    rate = _NMAP_RATE[options.timing]
    return min(rate, options.max_rate or rate)


def _waits(options: ScanOptions, live: int) -> float:
    """Seconds in which somebody is waited for; hosts of a group are waited for side by side."""
    if not live:
        return _QUIET_S
    waits = _PASSES * _QUIET_S * (2 if port_count(options.tcp_ports) else 1)
    waits += _NAMES_S if options.resolve_names or options.service_versions else 0.0
    if not options.sweep:
        waits += live * port_count(options.udp_ports) * _UDP_S / min(live, 16)
    if options.service_versions or options.os_detection or options.scripts:
        groups = -(-live // _GROUP)
        waits += groups * _group_seconds(options)
    return waits


def _group_seconds(options: ScanOptions) -> float:
    return (
        (_GROUP_S if options.service_versions else 0.0)
        + (_OS_S if options.os_detection else 0.0)
        + (_SCRIPTS_S if options.scripts else 0.0)
    )
