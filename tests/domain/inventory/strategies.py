"""Observations of a small, busy network: few addresses, few interfaces, so that they meet all the time."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from backend.domain.inventory.observation import (
    Coverage,
    Facts,
    NameFact,
    Observation,
    OsFact,
    PortFact,
    normalised,
)

T0 = datetime(2026, 3, 1, tzinfo=UTC)
ADDRESSES = ("10.0.0.1", "10.0.0.2", "10.0.0.3", "fd00::1")
MACS = (None, None, "00:1b:21:00:00:01", "00:1b:21:00:00:02", "da:a1:19:00:00:01", "da:a1:19:00:00:02")
KEYS = ((), (), ("ssh:sha256:one",), ("ssh:sha256:two",))
NAMES = ((), (NameFact("alpha.lan"),), (NameFact("beta.lan"),))

ports = st.lists(
    st.builds(
        PortFact,
        protocol=st.just("tcp"),
        port=st.sampled_from((22, 80, 443)),
        service=st.sampled_from(("ssh", "http")),
        confidence=st.sampled_from((3, 10)),
    ),
    max_size=2,
).map(tuple)

facts = st.builds(
    Facts,
    state=st.sampled_from(("up", "up", "up", "up", "down")),
    hostnames=st.sampled_from(NAMES),
    os=st.sampled_from((None, OsFact("Linux 6.1", 96), OsFact("Windows 11", 80))),
    ports=ports,
    covered=st.sampled_from(((), (Coverage("tcp", "1-1000"),))),
    keys=st.sampled_from(KEYS),
)


@st.composite
def observations(draw: st.DrawFn, max_size: int = 12) -> list[Observation]:
    """Some observations, in the order of their times, each at a time of its own."""
    size = draw(st.integers(1, max_size))
    said = []
    at = T0
    for number in range(size):
        at += draw(st.sampled_from((timedelta(minutes=1), timedelta(hours=3), timedelta(days=9))))
        said.append(
            normalised(
                Observation(
                    site_id=1,
                    source=draw(st.sampled_from(("nmap", "neighbours"))),
                    address=draw(st.sampled_from(ADDRESSES)),
                    mac=draw(st.sampled_from(MACS)),
                    observed_at=at,
                    facts=draw(facts),
                    uid=uuid.UUID(int=number + 1),
                )
            )
        )
    return said


SOURCES = ("sweep", "dns", "mdns", "snmp", "banner", "nmap")
MORE_KEYS = ((), (), ("ssh:sha256:one",), ("ssh:sha256:two",), ("snmp:8001",), ("ssh:sha256:one", "snmp:8001"))
MORE_NAMES = ((), (), (NameFact("alpha.lan"),), (NameFact("alpha.local", "mdns"),), (NameFact("beta", "netbios"),))


@st.composite
def chunked(draw: st.DrawFn, max_size: int = 14, *, states: tuple[str, ...] = ("up",)) -> list[Observation]:
    """What chunks of scans said, several sources of one address at different moments, nothing of it twice."""
    said: dict[tuple[object, ...], Observation] = {}
    at = T0
    for number in range(draw(st.integers(2, max_size))):
        at += draw(
            st.sampled_from((timedelta(seconds=20), timedelta(minutes=1), timedelta(hours=3), timedelta(days=9)))
        )
        item = Observation(
            site_id=1,
            source=draw(st.sampled_from(SOURCES)),
            address=draw(st.sampled_from(ADDRESSES)),
            mac=draw(st.sampled_from(MACS)),
            observed_at=at,
            facts=Facts(
                state=draw(st.sampled_from(states)),
                hostnames=draw(st.sampled_from(MORE_NAMES)),
                keys=draw(st.sampled_from(MORE_KEYS)),
                ports=draw(ports),
            ),
            chunk_id=draw(st.sampled_from((None, 1, 2, 3))),
            scan_id=draw(st.sampled_from((None, 1))),
            uid=uuid.UUID(int=number + 1),
        )
        said[(item.chunk_id or number, item.source, item.address)] = normalised(item)
    return list(said.values())
