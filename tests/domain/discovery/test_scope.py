"""The scope guard: nothing is allowed but what is on the list, and some addresses never are."""

import ipaddress
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.addresses import AddressRange, AddressSet
from backend.domain.discovery.scope import AllowedNetwork, Scope, ScopeGuard, Verdict, embedded_ipv4
from backend.domain.errors import Invalid

EVERYTHING = Scope((AllowedNetwork("0.0.0.0/0", allow_public=True), AllowedNetwork("::/0", allow_public=True)))
LAN = Scope((AllowedNetwork("10.0.0.0/24", "office"),), excluded=("10.0.0.7",), own=("10.0.0.2",))


def judge(scope: Scope, *texts: str) -> Verdict:
    return ScopeGuard(scope).judge(AddressSet.parse(texts))


def reasons(scope: Scope, *texts: str) -> set[str]:
    return {refusal.reason for refusal in judge(scope, *texts).refused}


def test_an_empty_list_allows_nothing() -> None:
    verdict = judge(Scope(), "10.0.0.0/24")
    assert not verdict.permitted
    assert [refusal.reason for refusal in verdict.refused] == ["not_allowed"]


def test_inside_and_outside() -> None:
    verdict = judge(LAN, "10.0.0.0/23")
    assert verdict.permitted == AddressSet.parse(["10.0.0.0/24"]) - AddressSet.parse(["10.0.0.2", "10.0.0.7"])
    assert [(str(r.addresses), r.reason, r.considered) for r in verdict.refused] == [
        ("10.0.1.0/24", "not_allowed", ("10.0.0.0/24",))
    ]
    assert {(str(r.addresses), r.reason) for r in verdict.skipped} == {
        ("10.0.0.7", "excluded"),
        ("10.0.0.2", "own_address"),
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("::1", "loopback"),
        ("0.0.0.0", "this_network"),
        ("0.1.2.3", "this_network"),
        ("::", "this_network"),
        ("169.254.1.1", "link_local"),
        ("fe80::1", "link_local"),
        ("169.254.169.254", "metadata"),
        ("100.100.100.200", "metadata"),
        ("fd00:ec2::254", "metadata"),
        ("224.0.0.251", "multicast"),
        ("ff02::fb", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("240.0.0.1", "reserved"),
        ("::127.0.0.1", "reserved"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:169.254.169.254", "metadata"),
        ("64:ff9b::7f00:1", "loopback"),
        ("64:ff9b:1::7f00:1", "loopback"),
        ("64:ff9b::a9fe:a9fe", "metadata"),
        ("2002:7f00:1::", "loopback"),
        ("2002:a9fe:a9fe::1", "metadata"),
        ("2001:0:a00:1::80ff:fffe", "loopback"),
    ],
)
def test_always_refused_whatever_the_list_says(text: str, reason: str) -> None:
    assert reasons(EVERYTHING, text) == {reason}


def test_public_space_needs_its_own_word() -> None:
    listed = Scope((AllowedNetwork("0.0.0.0/0"), AllowedNetwork("::/0")))
    assert reasons(listed, "8.8.8.8") == {"public_not_allowed"}
    assert reasons(listed, "2606:4700::1111") == {"public_not_allowed"}
    assert not reasons(listed, "10.1.1.1", "192.168.0.1", "fd12::1", "198.18.0.1")
    assert not reasons(EVERYTHING, "8.8.8.8")


def test_ipv4_inside_ipv6_must_be_allowed_itself() -> None:
    only_v6 = Scope((AllowedNetwork("64:ff9b::/96", allow_public=True), AllowedNetwork("::ffff:0:0/96")))
    assert reasons(only_v6, "64:ff9b::a00:1") == {"not_allowed"}
    assert reasons(only_v6, "::ffff:10.0.0.1") == {"not_allowed"}
    both = Scope((*only_v6.allowed, AllowedNetwork("10.0.0.0/24")))
    assert not reasons(both, "64:ff9b::a00:1")
    assert not reasons(both, "::ffff:10.0.0.1")


def test_a_name_is_judged_by_every_address_it_has() -> None:
    guard = ScopeGuard(LAN)
    assert guard.require_name("printer", ["10.0.0.20"]).texts() == ("10.0.0.20",)
    for answers in (["10.0.0.20", "127.0.0.1"], ["10.0.0.20", "8.8.8.8"], [], ["10.0.0.2"]):
        with pytest.raises(Invalid):
            guard.require_name("printer", answers)


def test_the_error_names_range_reason_and_what_was_considered() -> None:
    with pytest.raises(Invalid) as caught:
        ScopeGuard(LAN).require(AddressSet.parse(["10.9.0.0/24", "127.0.0.1"]))
    assert caught.value.code == "scope_refused"
    found = {error.code: error for error in caught.value.errors}
    assert found["scope_loopback"].params["range"] == "127.0.0.1"
    assert found["scope_not_allowed"].params["considered"] == "10.0.0.0/24"
    assert "10.9.0.0/24 is in no network that may be scanned" in found["scope_not_allowed"].detail


def test_only_own_or_excluded_addresses_leave_nothing_to_scan() -> None:
    with pytest.raises(Invalid):
        ScopeGuard(LAN).require(AddressSet.parse(["10.0.0.2", "10.0.0.7"]))


def test_the_whole_internet_is_judged_at_once() -> None:
    verdict = judge(EVERYTHING, "0.0.0.0/0", "::/0")
    assert ipaddress.ip_address("127.0.0.1") not in verdict.permitted
    assert ipaddress.ip_address("10.0.0.1") in verdict.permitted


@given(st.ip_addresses(v=4))
def test_hidden_ipv4_is_found_in_every_disguise(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    disguises = [
        (0xFFFF << 32) | number,
        (0x64FF9B << 96) | number,
        (0x2002 << 112) | (number << 80) | 1,
        (0x20010000 << 96) | (0x0A000001 << 64) | (number ^ 0xFFFFFFFF),
    ]
    for disguise in disguises:
        found = [hidden for _, hidden in embedded_ipv4(AddressRange(6, disguise, disguise))]
        assert AddressRange(4, number, number) in found


@given(st.lists(st.sampled_from(["10.0.0.0/25", "10.0.0.128/26", "fd00::/126"]), max_size=3), st.ip_addresses())
def test_permitted_is_never_more_than_asked_and_listed(
    networks: list[str], address: ipaddress.IPv4Address | ipaddress.IPv6Address
) -> None:
    scope = Scope(tuple(AllowedNetwork(cidr) for cidr in networks))
    asked = AddressSet.parse(["10.0.0.0/24", "fd00::/120", str(address)])
    verdict = ScopeGuard(scope).judge(asked)
    assert verdict.permitted == asked & AddressSet.parse(networks)
    apart = [verdict.permitted, AddressSet.of(refusal.addresses for refusal in verdict.refused)]
    for one, other in itertools.combinations(apart, 2):
        assert not one & other
