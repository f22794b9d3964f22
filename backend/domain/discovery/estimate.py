"""What a scan will cost, before it runs: packets and seconds, from plain arithmetic."""

from dataclasses import dataclass

from backend.domain.discovery.options import ScanOptions, effective, port_count

# Probes a second that one nmap reaches on a healthy segment; from runs in the lab, rounded down.
_RATE = {"polite": 2.5, "normal": 600.0, "aggressive": 1_500.0}
_LIVE_SHARE = 0.25  # of a network's addresses, how many usually answer
_SECONDS_PER_OPEN_PORT = 1.2
_OPEN_PORTS = 4
_SECONDS_OS = 2.5
_SECONDS_PER_UDP_PORT = 0.3  # Linux answers about one closed UDP port a second; hosts run side by side


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how long, and how many packets. A guess for a person, never a deadline."""

    seconds: int
    packets: int


def estimate(address_count: int, options: ScanOptions, *, raw: bool = True, concurrency: int = 1) -> Estimate:
    """Guess the cost of scanning that many addresses with these options."""
    asked, _ = effective(options, raw=raw)
    everyone = asked.host_discovery == "all_up"
    live = address_count if everyone else max(1, round(address_count * _LIVE_SHARE)) if address_count else 0
    sweep = 0 if everyone else address_count * 2
    tcp = live * port_count(asked.tcp_ports)
    udp = live * port_count(asked.udp_ports)
    packets = sweep + tcp + udp
    rate = min(_RATE[asked.timing], asked.max_rate or _RATE[asked.timing])
    seconds = (sweep + tcp) / rate + udp * _SECONDS_PER_UDP_PORT / max(1, min(live, 16)) + live * _per_host(asked)
    return Estimate(seconds=max(1, round(seconds / max(1, concurrency))), packets=packets)


def _per_host(options: ScanOptions) -> float:
    """Seconds that the talkative parts add for each host that lives, hosts running side by side."""
    versions = _SECONDS_PER_OPEN_PORT * _OPEN_PORTS if options.service_versions or options.scripts else 0.0
    return (versions + (_SECONDS_OS if options.os_detection else 0.0)) / 8
