"""How far networks are known: newest first, in ranges, with what is known only indirectly apart."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.addresses import AddressRange
from backend.domain.inventory.covering import CELLS, Asked, KnownAddress, cover
from backend.domain.inventory.network import Network

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def network(cidr: str, site_id: int = 1) -> Network:
    return Network(1, uuid.uuid4(), site_id, cidr, "", "", None, True, False, (), 0, NOW, None, None)


def known(address: str, site_id: int = 1) -> KnownAddress:
    return KnownAddress(site_id, address, None, None, "neighbours", NOW, 7, "x")


def asked(hours: float, *ranges: str, site_id: int = 1) -> Asked:
    return Asked(site_id, ranges, NOW - timedelta(hours=hours))


def test_a_network_in_three_states() -> None:
    [found] = cover(
        [network("10.0.0.0/24")],
        [asked(1, "10.0.0.0/25"), asked(100, "10.0.0.0-10.0.0.159", "not a range")],
        [known("10.0.0.200"), known("10.0.0.5"), known("10.0.1.1"), known("10.0.0.201", site_id=2)],
        NOW,
    )
    assert (found.addresses, found.asked_24h, found.asked_ever) == (256, 128, 160)
    assert (found.never_asked, found.indirect, found.last_scan_at) == (96, 1, NOW - timedelta(hours=1))
    assert [(s.first, s.last, s.addresses, s.state) for s in found.spans] == [
        ("10.0.0.0", "10.0.0.127", 128, "scanned"),
        ("10.0.0.128", "10.0.0.159", 32, "scanned"),
        ("10.0.0.160", "10.0.0.199", 40, "never"),
        ("10.0.0.200", "10.0.0.200", 1, "indirect"),
        ("10.0.0.201", "10.0.0.255", 55, "never"),
    ]


def test_another_site_has_its_own_addresses() -> None:
    [found] = cover([network("10.0.0.0/24", site_id=2)], [asked(1, "10.0.0.0/8")], [], NOW)
    assert (found.asked_ever, found.last_scan_at) == (0, None)


def test_an_ipv6_network_is_never_counted_out() -> None:
    [found] = cover([network("fd00:1::/64")], [asked(1, "fd00:1::5")], [known("fd00:1::9")], NOW)
    assert (found.addresses, found.asked_ever, found.indirect) == (2**64, 1, 1)
    assert [s.state for s in found.spans] == ["never", "scanned", "never", "indirect", "never"]


def test_a_patchwork_becomes_cells_that_hide_no_hole() -> None:
    every_other = asked(1, *(f"10.0.{n // 256}.{n % 256}" for n in range(0, 4096, 2)))
    [found] = cover([network("10.0.0.0/20")], [every_other], [], NOW)
    assert len(found.spans) <= CELLS
    assert {s.state for s in found.spans} == {"never"}
    assert (found.asked_ever, found.never_asked) == (2048, 2048)


RANGES = st.lists(
    st.tuples(st.integers(0, 255), st.integers(0, 255)).map(lambda p: (min(p), max(p))), min_size=1, max_size=4
)


@given(st.lists(st.tuples(st.integers(0, 60), RANGES), max_size=6), st.sets(st.integers(0, 255), max_size=9))
def test_every_address_has_one_state_and_the_newest_time(
    scans: list[tuple[int, list[tuple[int, int]]]], heard: set[int]
) -> None:
    said = sorted(scans, key=lambda scan: scan[0])
    lists = [asked(hours, *(f"10.0.0.{a}-10.0.0.{b}" for a, b in ranges)) for hours, ranges in said]
    [found] = cover([network("10.0.0.0/24")], lists, [known(f"10.0.0.{n}") for n in heard], NOW)
    spans = [AddressRange.parse(f"{s.first}-{s.last}") for s in found.spans]
    assert sum(span.count for span in spans) == 256
    assert all(a.last + 1 == b.first for a, b in pairwise(spans))
    for number in range(256):
        times = [hours for hours, ranges in said if any(a <= number <= b for a, b in ranges)]
        at = int(spans[0].first) + number
        span = next(s for s, r in zip(found.spans, spans, strict=True) if r.first <= at <= r.last)
        assert span.state == ("scanned" if times else "indirect" if number in heard else "never")
        if times:
            assert span.last_at is not None
            assert span.last_at.date() == (NOW - timedelta(hours=min(times))).date()
