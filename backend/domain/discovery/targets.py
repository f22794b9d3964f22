"""What a person may type as a target: a strict grammar, so that every reader of it sees the same addresses.

    target   = ipv4 | ipv4 "/" 0..32 | ipv4 "-" ipv4 | ipv4 "-" octet | ipv6 | ipv6 "/" 0..128 | hostname
    ipv4     = four decimal octets without leading zeros
    hostname = RFC 1123 labels, IDN allowed and turned into punycode; its last label is never a number

Other programs read `127.1`, `0x7f.1`, `2130706433` or `10.0-1.*.1` as addresses too; here they are errors.
Lists are separated by lines, commas or blanks. Every wrong entry is reported, with its line.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.domain.discovery.addresses import EMPTY, AddressRange, AddressSet
from backend.domain.errors import FieldError, Invalid, Param

MAX_ADDRESSES = 65_536
MAX_LINES = 1_000
MAX_TEXT = 262_144
MAX_ERRORS = 50
MAX_V6_SWEEP = 256  # a /120
MAX_NAME = 253

_OCTET = r"(?:0|[1-9]\d{0,2})"
_QUAD = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}", re.ASCII)
_V4_RANGE = re.compile(rf"({_OCTET}(?:\.{_OCTET}){{3}})-({_OCTET}(?:\.{_OCTET}){{3}}|{_OCTET})", re.ASCII)
_V6 = re.compile(r"[0-9a-fA-F:.]{2,45}")
_PREFIX = re.compile(r"0|[1-9]\d{0,2}", re.ASCII)
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|\d+", re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_SPACED_DASH = re.compile(r"(?<=[0-9]) +- +(?=[0-9])", re.ASCII)
_SEPARATORS = re.compile(r"[ \t,]+")
_MAPPED = ipaddress.ip_network("::ffff:0:0/96")

_SENTENCES = {
    "target_bad_octet": "Each of the four numbers of an address is 0 to 255",
    "target_bad_prefix": "The part after the slash must be a prefix length: 0 to 32, or 0 to 128 for IPv6",
    "target_control_character": "The line contains a control character",
    "target_looks_like_an_option": "A target cannot begin with a dash",
    "target_name_too_long": "A name has at most 253 characters",
    "target_not_an_address": "This is neither an address, a network, a range nor a host name",
    "target_prefix_on_name": "A name cannot carry a prefix or a range",
    "target_range_reversed": "A range runs from the lower address to the higher one",
    "target_short_form": "Addresses are written as four decimal numbers, such as 10.0.0.1",
    "target_v6_sweep_too_large": "An IPv6 network can be swept only up to 256 addresses, a /120",
    "target_wildcard": "Wildcards are not allowed: write a network such as 10.0.0.0/24",
}


class _Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class TargetName:
    """A host name to resolve, in punycode, and where it stood."""

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class TargetList:
    """What a list of targets means: addresses at once, and names that must be resolved and checked."""

    addresses: AddressSet = EMPTY
    names: tuple[TargetName, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.addresses or self.names)


def parse_targets(given: str | Sequence[str], field: str = "targets", *, required: bool = True) -> TargetList:
    """Read a list of targets; raises Invalid naming every wrong entry by its line (at most 50 of them)."""
    lines = _lines(given, field)
    ranges: list[AddressRange] = []
    names: list[TargetName] = []
    errors: list[FieldError] = []
    for number, entry in _entries(lines):
        try:
            meaning = parse_target(entry)
        except _Refused as refused:
            errors.append(_error(field, refused.code, number, entry))
            continue
        if isinstance(meaning, str):
            names.append(TargetName(meaning, entry, number))
        else:
            ranges.append(meaning)
    if errors:
        raise _invalid(errors)
    if required and not (ranges or names):
        raise Invalid.for_field(field, "no_targets", "Say what to scan: an address, a network, a range or a name")
    return TargetList(AddressSet.of(ranges), _unique(names))


def check_size(addresses: AddressSet, field: str = "targets", limit: int = MAX_ADDRESSES) -> None:
    """Raise Invalid with the count where a scan would be larger than one scan may be."""
    if addresses.count > limit:
        count = str(addresses.count) if addresses.count > 2**53 else addresses.count
        raise Invalid.for_field(
            field,
            "too_many_addresses",
            f"This means {addresses.count:,} addresses; one scan takes at most {limit:,}",
            count=count,
            limit=limit,
        )


def parse_target(entry: str) -> AddressRange | str:
    """One entry: a range of addresses, or a name in punycode to resolve. Raises a refusal with a code."""
    if entry.startswith("-"):
        raise _Refused("target_looks_like_an_option")
    if any(_is_control(character) for character in entry):
        raise _Refused("target_control_character")
    if "*" in entry or "?" in entry:
        raise _Refused("target_wildcard")
    if ":" in entry:
        return _ipv6(entry)
    return _ipv4(entry) or _hostname(entry)


def _ipv4(entry: str) -> AddressRange | None:
    """An IPv4 address, network or range; None where the entry cannot be meant as one."""
    address, slash, prefix = entry.partition("/")
    if slash:
        return _ipv4_network(address, prefix)
    if _QUAD.fullmatch(entry):
        number = _quad(entry)
        return AddressRange(4, number, number)
    ends = _V4_RANGE.fullmatch(entry)
    return _ipv4_range(ends[1], ends[2]) if ends else None


def _ipv4_network(address: str, prefix: str) -> AddressRange:
    if not _QUAD.fullmatch(address):
        raise _Refused("target_short_form" if _ends_in_number(address) else "target_prefix_on_name")
    if not _PREFIX.fullmatch(prefix) or int(prefix) > 32:
        raise _Refused("target_bad_prefix")
    return AddressRange.of_network(ipaddress.IPv4Network((_quad(address), int(prefix)), strict=False))


def _ipv4_range(low: str, high: str) -> AddressRange:
    first = _quad(low)
    last = _quad(high if "." in high else f"{low.rpartition('.')[0]}.{high}")
    if last < first:
        raise _Refused("target_range_reversed")
    return AddressRange(4, first, last)


def _quad(text: str) -> int:
    try:
        return int(ipaddress.IPv4Address(text))
    except ValueError:
        raise _Refused("target_bad_octet") from None


def _ipv6(entry: str) -> AddressRange:
    address, slash, prefix = entry.partition("/")
    if not _V6.fullmatch(address):
        raise _Refused("target_not_an_address")
    if slash and (not _PREFIX.fullmatch(prefix) or int(prefix) > 128):
        raise _Refused("target_bad_prefix")
    try:
        network = ipaddress.IPv6Network(f"{address}/{prefix or 128}", strict=False)
    except ValueError:
        raise _Refused("target_not_an_address") from None
    if network.num_addresses > MAX_V6_SWEEP:
        raise _Refused("target_v6_sweep_too_large")
    return _unmapped(AddressRange.of_network(network))


def _unmapped(given: AddressRange) -> AddressRange:
    """IPv4 written inside IPv6 (`::ffff:10.0.0.1`) is that IPv4 address, for every later check."""
    low = int(_MAPPED.network_address)
    if low <= given.first and given.last <= int(_MAPPED.broadcast_address):
        return AddressRange(4, given.first - low, given.last - low)
    return given


def _hostname(entry: str) -> str:
    if len(entry) > 1_000:
        raise _Refused("target_name_too_long")
    name = _punycode(entry.removesuffix("."))
    if _ends_in_number(name):
        raise _Refused("target_short_form")
    if len(name) > MAX_NAME:
        raise _Refused("target_name_too_long")
    if not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise _Refused("target_not_an_address")
    return name


def _punycode(name: str) -> str:
    """The name as DNS carries it. Mapping may yield digits and dots, so the result is checked, not the input."""
    if name.isascii():
        return name.lower()
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _Refused("target_not_an_address") from None


def _ends_in_number(name: str) -> bool:
    """Such a name would be read as an address by some resolver (the rule of the URL standard)."""
    last = name.rpartition(".")[2]
    return bool(_NUMBER.fullmatch(last)) or bool(re.fullmatch(r"[\d.-]+", name, re.ASCII))


def _lines(given: str | Sequence[str], field: str) -> list[str]:
    total = len(given) if isinstance(given, str) else sum(len(item) + 1 for item in given)
    if total > MAX_TEXT:
        raise Invalid.for_field(
            field, "targets_too_long", "The list of targets is too long", count=total, limit=MAX_TEXT
        )
    text = given if isinstance(given, str) else "\n".join(given)
    lines = text.replace("\r\n", "\n").split("\n")
    count = sum(1 for line in lines if line.strip(" \t"))
    if count > MAX_LINES:
        detail = (
            f"{count:,} lines of targets; one scan takes at most {MAX_LINES:,}: write networks or ranges instead"
        )
        raise Invalid.for_field(field, "too_many_target_lines", detail, count=count, limit=MAX_LINES)
    return lines


def _entries(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        for entry in _SEPARATORS.split(_SPACED_DASH.sub("-", line)):
            if entry:
                yield number, entry


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"}


def _unique(names: list[TargetName]) -> tuple[TargetName, ...]:
    first: dict[str, TargetName] = {}
    for name in names:
        first.setdefault(name.name, name)
    return tuple(first.values())


def _error(field: str, code: str, line: int, entry: str) -> FieldError:
    shown = "".join("\N{REPLACEMENT CHARACTER}" if _is_control(c) else c for c in entry[:80])
    params: dict[str, Param] = {"line": line, "text": shown}
    return FieldError(field, code, params, f"Line {line}: {_SENTENCES[code]} ({shown})")


def _invalid(errors: list[FieldError]) -> Invalid:
    shown = tuple(errors[:MAX_ERRORS])
    first = shown[0]
    detail = first.detail if len(errors) == 1 else f"{first.detail}, and {len(errors) - 1} more"
    return Invalid(detail, code=first.code, params={**first.params, "count": len(errors)}, errors=shown)
