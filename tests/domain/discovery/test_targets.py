"""The grammar of targets: what it takes, what it refuses, and that no other reader could see more in it."""

import ipaddress
import os
import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.targets import check_size, parse_targets
from backend.domain.errors import Invalid

FUZZ_RUNS = int(os.environ.get("LANARIUM_FUZZ_TARGETS", "20000"))


def codes(text: str | list[str]) -> list[str]:
    with pytest.raises(Invalid) as caught:
        parse_targets(text)
    return [error.code for error in caught.value.errors]


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("10.0.0.1", ("10.0.0.1",)),
        ("10.0.0.77/24", ("10.0.0.0/24",)),
        ("10.0.0.1-20", ("10.0.0.1-10.0.0.20",)),
        ("10.0.0.1-10.0.1.5", ("10.0.0.1-10.0.1.5",)),
        ("10.0.0.1 - 10.0.0.3", ("10.0.0.1-10.0.0.3",)),
        ("10.0.0.0/25, 10.0.0.128/25", ("10.0.0.0/24",)),
        ("10.0.0.1\r\n10.0.0.2\n\n", ("10.0.0.1-10.0.0.2",)),
        ("0.0.0.0/0", ("0.0.0.0/0",)),
        ("fd00::1", ("fd00::1",)),
        ("FD00::0/120", ("fd00::/120",)),
        ("::ffff:10.0.0.1", ("10.0.0.1",)),
    ],
)
def test_addresses(text: str, ranges: tuple[str, ...]) -> None:
    assert parse_targets(text).addresses.texts() == ranges


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("printer", "printer"),
        ("Printer.Office.Example.", "printer.office.example"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("a-1.b2", "a-1.b2"),
        ("localhost", "localhost"),
    ],
)
def test_names_are_kept_to_be_resolved(text: str, name: str) -> None:
    targets = parse_targets(["10.0.0.1", text])
    assert [(found.name, found.line) for found in targets.names] == [(name, 2)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("127.1", "target_short_form"),
        ("0x7f.1", "target_short_form"),
        ("0x7f000001", "target_short_form"),
        ("2130706433", "target_short_form"),
        ("017700000001", "target_short_form"),
        ("010.0.0.1", "target_short_form"),
        ("10.0.0.01", "target_short_form"),
        ("10.0.0.1.", "target_short_form"),
        ("１０.0.0.1", "target_short_form"),
        ("10。0。0。1", "target_short_form"),
        ("127.0.0-1.1", "target_short_form"),
        ("10.0.0.1-300", "target_bad_octet"),
        ("300.1.1.1", "target_bad_octet"),
        ("10.0.0.256/24", "target_bad_octet"),
        ("10.0.0.0/33", "target_bad_prefix"),
        ("10.0.0.0/024", "target_bad_prefix"),
        ("10.0.0.0/255.255.255.0", "target_bad_prefix"),
        ("10.0.0.0/", "target_bad_prefix"),
        ("127.1/8", "target_short_form"),
        ("localhost/31", "target_prefix_on_name"),
        ("*.0.0.1/32", "target_wildcard"),
        ("10.0.0.*", "target_wildcard"),
        ("10.0.0.9-2", "target_range_reversed"),
        ("-oN", "target_looks_like_an_option"),
        ("--script=x", "target_looks_like_an_option"),
        ("-", "target_looks_like_an_option"),
        ("10.0.0.1\x00", "target_control_character"),
        ("10.0.0.1\u202e", "target_control_character"),
        ("10.0.0.1\u2028", "target_control_character"),
        ("10.0.0.1\x1b[31m", "target_control_character"),
        ("10.0.0.1\udc00", "target_control_character"),
        ("10.0.0.1\x0b10.0.0.2", "target_control_character"),
        ("fd00::/64", "target_v6_sweep_too_large"),
        ("::/0", "target_v6_sweep_too_large"),
        ("fd00::1%eth0", "target_not_an_address"),
        ("fd00::1::2", "target_not_an_address"),
        ("[fd00::1]", "target_not_an_address"),
        ("http://10.0.0.1", "target_not_an_address"),
        ("a_b", "target_not_an_address"),
        ("-a.example", "target_looks_like_an_option"),
        ("a-.example", "target_not_an_address"),
        ("a..example", "target_not_an_address"),
        ("x" * 64, "target_not_an_address"),
        (".".join(["abcdefg"] * 40), "target_name_too_long"),
        ("ü" * 2000, "target_name_too_long"),
        ("$(id)", "target_not_an_address"),
        (";id", "target_not_an_address"),
    ],
)
def test_refused_with_a_reason(text: str, code: str) -> None:
    assert codes([text]) == [code]


def test_every_bad_line_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        parse_targets("10.0.0.1\n127.1\n10.0.0.2\n-oN /etc/x")
    errors = caught.value.errors
    assert [(error.params["line"], error.code) for error in errors] == [
        (2, "target_short_form"),
        (4, "target_looks_like_an_option"),
        (4, "target_prefix_on_name"),
    ]
    assert {error.field for error in errors} == {"targets"}
    assert "Line 2" in errors[0].detail


def test_errors_are_bounded_and_show_no_control_characters() -> None:
    with pytest.raises(Invalid) as caught:
        parse_targets(["\x1b" * 250] * 900)
    assert len(caught.value.errors) == 50
    assert caught.value.params["count"] == 900
    assert "\x1b" not in caught.value.detail
    assert len(caught.value.detail) < 300


def test_lists_are_bounded() -> None:
    assert codes("10.0.0.1\n" * 5000) == ["too_many_target_lines"]
    assert codes("x" * 300_000) == ["targets_too_long"]
    assert codes(" \n,") == ["no_targets"]
    assert not parse_targets("", required=False)


@pytest.mark.parametrize(("text", "count"), [("10.0.0.0/8", 2**24), ("0.0.0.0/0", 2**32), ("10.0.0.0/15", 2**17)])
def test_too_many_addresses_are_counted_not_listed(text: str, count: int) -> None:
    with pytest.raises(Invalid) as caught:
        check_size(parse_targets(text).addresses)
    assert caught.value.code == "too_many_addresses"
    assert caught.value.params == {"count": count, "limit": 65_536}


def test_exactly_the_limit_is_fine_and_exclusions_count() -> None:
    check_size(parse_targets("10.0.0.0/16").addresses)
    halved = parse_targets("10.0.0.0/15").addresses - parse_targets("10.0.0.0/16").addresses
    check_size(halved)


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_networks_agree_with_ipaddress(address: ipaddress.IPv4Address, prefix: int) -> None:
    network = ipaddress.ip_network(f"{address}/{prefix}", strict=False)
    found = parse_targets(f"{address}/{prefix}").addresses
    assert found == AddressSet.parse([str(network)])
    assert found.count == network.num_addresses


@given(st.ip_addresses(v=6), st.integers(120, 128))
def test_ipv6_agrees_with_ipaddress(address: ipaddress.IPv6Address, prefix: int) -> None:
    found = parse_targets(f"{address}/{prefix}").addresses
    mapped = address.ipv4_mapped
    expected = str(mapped) if mapped else str(address)
    assert ipaddress.ip_address(expected) in found
    assert found.count == 2 ** (128 - prefix)


@given(st.text(max_size=60))
def test_any_text_is_a_target_or_an_error(text: str) -> None:
    try:
        targets = parse_targets(text)
    except Invalid:
        return
    assert_plain(targets.addresses, [found.name for found in targets.names])


NAME = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*", re.ASCII)


def assert_plain(addresses: AddressSet, names: list[str]) -> None:
    """What is left of any input: canonical addresses, and names that nobody reads as an address."""
    for text in addresses.networks():
        assert str(ipaddress.ip_network(text)).removesuffix("/32").removesuffix("/128") == text
    for name in names:
        assert NAME.fullmatch(name), name
        last = name.rpartition(".")[2]
        assert not re.fullmatch(r"\d+|0x[0-9a-f]*", last), name


def fuzzed(seed: int, count: int) -> Iterator[str]:
    """Targets put together from pieces that parsers disagree about."""
    random_pieces = random.Random(seed)
    pieces = [
        *"0123456789.:/-,*;%#[]()$`'\"\\&|<>= \t\n\r\x00\x0b\x1b",
        *(
            "10",
            "255",
            "256",
            "0x7f",
            "017",
            "127",
            "::",
            "ffff:",
            "/0",
            "/8",
            "/32",
            "/33",
            "--",
            "-oN",
            "-iL",
            "-sI",
        ),
        *("--script", "localhost", "example", "münchen", "xn--", "１", "。", "\u202e", "1e9", "+1", "2130706433"),
        *("10.0.0.1", "10.0.0.0/24", "10.0.0.1-9", "fd00::1", "a.b", "0.0.0.0"),
    ]
    for _ in range(count):
        yield "".join(random_pieces.choices(pieces, k=random_pieces.randint(1, 12)))


def test_fuzzed_targets_never_mean_more_than_they_say() -> None:
    accepted = 0
    for text in fuzzed(seed=20_260, count=FUZZ_RUNS):
        try:
            targets = parse_targets(text)
        except Invalid:
            continue
        accepted += 1
        assert_plain(targets.addresses, [found.name for found in targets.names])
    assert accepted > FUZZ_RUNS / 200
