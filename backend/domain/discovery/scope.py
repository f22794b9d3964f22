"""The scope guard: which addresses may be scanned. It judges addresses, never strings or names.

Nothing is allowed until a network is on the list. Some addresses are refused whatever the list says, public ones
unless their network says so, and IPv4 hidden inside IPv6 is judged as the IPv4 address that it reaches.
Excluded addresses and our own are not an error: they are left out, and the verdict says which.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from backend.domain.discovery.addresses import AddressRange, AddressSet
from backend.domain.errors import FieldError, Invalid

# Never scanned, by nobody. The first entry that covers a range names the reason.
FORBIDDEN: tuple[tuple[str, AddressSet], ...] = (
    ("metadata", AddressSet.parse(("169.254.169.254", "100.100.100.200", "fd00:ec2::254"))),
    ("this_network", AddressSet.parse(("0.0.0.0/8", "::"))),
    ("loopback", AddressSet.parse(("127.0.0.0/8", "::1"))),
    ("link_local", AddressSet.parse(("169.254.0.0/16", "fe80::/10"))),
    ("multicast", AddressSet.parse(("224.0.0.0/4", "ff00::/8"))),
    ("broadcast", AddressSet.parse(("255.255.255.255",))),
    ("reserved", AddressSet.parse(("240.0.0.0/4", "::2-::ffff:ffff"))),
)
# Space that no one can be given on the internet: private, shared, documentation, benchmarking, unique local.
PRIVATE = AddressSet.parse(
    (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "172.16.0.0/12",
        "192.0.2.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "2001:db8::/32",
        "fc00::/7",
    )
)
_MAPPED = AddressRange.parse("::ffff:0:0/96")
_NAT64 = (AddressRange.parse("64:ff9b::/96"), AddressRange.parse("64:ff9b:1::/48"))
_SIX_TO_FOUR = AddressRange.parse("2002::/16")
_TEREDO = AddressRange.parse("2001::/32")
_V4_MASK = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class AllowedNetwork:
    """A network that a person confirmed; `allow_public` where it may hold public addresses too."""

    cidr: str
    name: str = ""
    allow_public: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A range that is not scanned: why, and which networks were looked at."""

    addresses: AddressRange
    reason: str
    considered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be scanned, what was left out quietly (excluded, our own), and what nobody may scan."""

    permitted: AddressSet
    skipped: tuple[Refusal, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """All that the guard judges by; a job carries it, so that the helper can judge once more.

    `excluded` and `own` are ranges as `AddressSet.texts()` writes them.
    """

    allowed: tuple[AllowedNetwork, ...] = ()
    excluded: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


class ScopeGuard:
    """Judges sets of addresses against a scope; raises ValueError for a scope that is not made of addresses."""

    def __init__(self, scope: Scope) -> None:
        self._considered = tuple(network.cidr for network in scope.allowed)
        every = [(AddressSet.parse([network.cidr]), network.allow_public) for network in scope.allowed]
        self._allowed = _union(addresses for addresses, _ in every)
        self._public = _union(addresses for addresses, allow_public in every if allow_public)
        self._skips = (
            ("excluded", AddressSet.parse(scope.excluded)),
            ("own_address", AddressSet.parse(scope.own)),
        )

    def judge(self, addresses: AddressSet) -> Verdict:
        """Split a set into what may be scanned, what is left out, and what is refused with a reason."""
        rest, skipped = addresses, []
        for reason, unwanted in self._skips:
            skipped += [Refusal(item, reason, self._considered) for item in (rest & unwanted).ranges]
            rest -= unwanted
        refused = tuple(self._refusals(rest))
        permitted = rest - AddressSet.of(refusal.addresses for refusal in refused)
        return Verdict(permitted, tuple(skipped), refused)

    def require(self, addresses: AddressSet, field: str = "targets") -> AddressSet:
        """What may be scanned. Raises Invalid where anything is refused, or where nothing is left."""
        if not addresses:
            raise Invalid.for_field(field, "no_targets", "Nothing is left to scan")
        verdict = self.judge(addresses)
        if verdict.refused or not verdict.permitted:
            raise out_of_scope(verdict.refused or verdict.skipped, field)
        return verdict.permitted

    def require_name(self, name: str, answers: Sequence[str], field: str = "targets") -> AddressSet:
        """The addresses of a name; raises Invalid for no answer, or where any answer may not be scanned."""
        if not answers:
            raise Invalid.for_field(field, "name_does_not_resolve", f"The name {name} has no address", host=name)
        found = AddressSet.parse(answers)
        verdict = self.judge(found)
        if verdict.refused or not verdict.permitted:
            raise out_of_scope(verdict.refused or verdict.skipped, field, name)
        return verdict.permitted

    def _refusals(self, addresses: AddressSet) -> Iterator[Refusal]:
        rest = addresses
        for reason, forbidden in (*FORBIDDEN, *_hidden_forbidden(rest)):
            for item in (rest & forbidden).ranges:
                yield Refusal(item, reason, self._considered)
            rest -= forbidden
        for item in rest.ranges:
            yield from self._unlisted(item)

    def _unlisted(self, item: AddressRange) -> Iterator[Refusal]:
        """Refuse what no network allows. IPv4 inside IPv6 must be allowed itself, besides its IPv6 form."""
        mapped = _MAPPED.overlap(item)
        if mapped:
            yield from self._hidden(mapped)
        plain = AddressSet.of([item]) - AddressSet.of([_MAPPED])
        yield from self._missing(plain)
        for piece in (plain & self._allowed).ranges:
            yield from self._hidden(piece)

    def _missing(self, addresses: AddressSet) -> Iterator[Refusal]:
        for item in (addresses - self._allowed).ranges:
            yield Refusal(item, "not_allowed", self._considered)
        for item in ((addresses & self._allowed) - PRIVATE - self._public).ranges:
            yield Refusal(item, "public_not_allowed", self._considered)

    def _hidden(self, item: AddressRange) -> Iterator[Refusal]:
        for part, inner in embedded_ipv4(item):
            for refusal in self._missing(AddressSet.of([inner])):
                yield Refusal(part, refusal.reason, self._considered)
                break


def out_of_scope(refusals: Sequence[Refusal], field: str = "targets", name: str = "") -> Invalid:
    """The error that names each refused range, its reason and the networks that were considered."""
    errors = tuple(
        FieldError(
            field,
            f"scope_{refusal.reason}",
            {
                "range": str(refusal.addresses),
                "host": name,
                "considered": ", ".join(refusal.considered[:20]) or "",
            },
            _sentence(refusal, name),
        )
        for refusal in refusals[:50]
    )
    first = errors[0]
    more = f", and {len(refusals) - 1} more" if len(refusals) > 1 else ""
    return Invalid(first.detail + more, code="scope_refused", params=first.params, errors=errors)


def embedded_ipv4(item: AddressRange) -> Iterator[tuple[AddressRange, AddressRange]]:
    """The IPv4 ranges that a range of IPv6 reaches through mapping, NAT64, 6to4 or Teredo, with their carrier."""
    if item.version != 6:
        return
    for outer in (_MAPPED, *_NAT64):
        part = item.overlap(outer)
        if part:
            yield part, _low_bits(part.first, part.last)
    part = item.overlap(_SIX_TO_FOUR)
    if part:
        yield part, AddressRange(4, part.first >> 80 & _V4_MASK, part.last >> 80 & _V4_MASK)
    part = item.overlap(_TEREDO)
    if part:
        yield part, AddressRange(4, part.first >> 64 & _V4_MASK, part.last >> 64 & _V4_MASK)  # its server
        yield part, _low_bits(_inverted(part.last), _inverted(part.first))  # its client, all bits turned


def _low_bits(first: int, last: int) -> AddressRange:
    """The last 32 bits of a range; all of IPv4 where the range is wider than that or wraps."""
    low, high = first & _V4_MASK, last & _V4_MASK
    if last - first > _V4_MASK or high < low:
        return AddressRange(4, 0, _V4_MASK)
    return AddressRange(4, low, high)


def _inverted(number: int) -> int:
    return number ^ ((1 << 128) - 1)


def _hidden_forbidden(addresses: AddressSet) -> Iterator[tuple[str, AddressSet]]:
    """Carriers of IPv4 that is always refused, each with the reason of what it carries."""
    for item in addresses.family(6).ranges:
        for part, inner in embedded_ipv4(item):
            for reason, forbidden in FORBIDDEN:
                if AddressSet.of([inner]) & forbidden:
                    yield reason, AddressSet.of([part])
                    break


def _union(sets: Iterable[AddressSet]) -> AddressSet:
    return AddressSet.of(item for one in sets for item in one.ranges)


_REASONS = {
    "excluded": "is excluded from this scan",
    "own_address": "belongs to Lanarium itself",
    "not_allowed": "is in no network that may be scanned",
    "public_not_allowed": "is public, and its network does not allow public addresses",
    "metadata": "is a cloud metadata address and is never scanned",
    "this_network": "is not a host's address and is never scanned",
    "loopback": "is a loopback address and is never scanned",
    "link_local": "is link-local and is never scanned",
    "multicast": "is a multicast address and is never scanned",
    "broadcast": "is the broadcast address and is never scanned",
    "reserved": "is reserved and is never scanned",
}


def _sentence(refusal: Refusal, name: str) -> str:
    subject = f"{name} ({refusal.addresses})" if name else str(refusal.addresses)
    sentence = f"{subject} {_REASONS[refusal.reason]}"
    if refusal.reason == "not_allowed":
        listed = ", ".join(refusal.considered[:5])
        return f"{sentence} ({listed})" if listed else f"{sentence}: no network has been confirmed yet"
    return sentence
