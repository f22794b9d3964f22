"""A43: no report makes us grow, resolve, fetch or believe; an nmap that writes such a one ends its chunk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from backend.domain.discovery.ports import ReportReader, ReportRefused
from backend.infra.nmap_xml import NmapXml
from tests.attacks import xml_bombs
from tests.attacks.twins.trusting_xml import TrustingXml

LIMIT_MB = 50


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1024 / 1024


def read(reader: ReportReader, pieces: Iterator[bytes]) -> tuple[bool, float]:
    """Whether a report was refused, and by how many megabytes the process grew at most."""
    start = most = resident_mb()
    try:
        for piece in pieces:
            for offset in range(0, len(piece), 65_536):
                reader.feed(piece[offset : offset + 65_536])
                most = max(most, resident_mb())
    except (ReportRefused, etree.XMLSyntaxError):
        return True, most - start
    return False, most - start


def breaches(make: Callable[[], ReportReader], names: tuple[str, ...]) -> list[str]:
    """The bombs that were not refused, or that were felt."""
    found = []
    for name in names:
        reader = make()
        was_refused, grown = read(reader, xml_bombs.refused()[name])
        if not was_refused or grown > LIMIT_MB or reader.complete:
            found.append(f"{name}: refused {was_refused}, +{grown:.0f} MB")
    return found


@pytest.mark.parametrize("name", list(xml_bombs.refused()))
def test_bombs_are_refused(name: str) -> None:
    assert breaches(NmapXml, (name,)) == []


@pytest.mark.parametrize("name", list(xml_bombs.swallowed()))
def test_big_reports_are_read_in_little_memory(name: str) -> None:
    reader = NmapXml()
    _, grown = read(reader, xml_bombs.swallowed()[name])
    assert grown < LIMIT_MB
    assert not reader.complete


@pytest.mark.parametrize("name", ["external type", "utf-7"])
def test_the_twin_is_caught(name: str) -> None:
    assert breaches(TrustingXml, (name,))


def test_a_refused_report_stays_refused() -> None:
    reader = NmapXml()
    with pytest.raises(ReportRefused):
        reader.feed(b"<html>" + b" " * 100_000)
    with pytest.raises(ReportRefused):
        reader.feed(xml_bombs.HEAD + xml_bombs.END)
    assert not reader.complete
