"""Scan options: only typed, listed and bounded values exist."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.estimate import estimate
from backend.domain.discovery.options import (
    PROFILES,
    ScanOptions,
    chunk_size,
    effective,
    options_for,
    pace,
    port_count,
    port_ranges,
    with_rate,
)
from backend.domain.errors import Invalid


def wrong(**values: object) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        ScanOptions.from_mapping(values)
    return {(error.field, error.code) for error in caught.value.errors}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("host_discovery", "magic", "not_a_choice"),
        ("host_discovery", None, "not_a_choice"),
        ("timing", "-T5", "not_a_choice"),
        ("service_versions", 1, "not_a_boolean"),
        ("os_detection", "true", "not_a_boolean"),
        ("version_intensity", 10, "out_of_range"),
        ("version_intensity", True, "out_of_range"),
        ("max_rate", 0, "out_of_range"),
        ("max_rate", 1.5, "out_of_range"),
        ("tcp_ports", "0", "not_ports"),
        ("tcp_ports", "70000", "not_ports"),
        ("tcp_ports", "9-5", "not_ports"),
        ("tcp_ports", "22,", "not_ports"),
        ("tcp_ports", "", "not_ports"),
        ("tcp_ports", "top:0", "not_ports"),
        ("tcp_ports", "top:99999", "not_ports"),
        ("tcp_ports", "-p-", "not_ports"),
        ("tcp_ports", "22\n", "not_ports"),
        ("tcp_ports", "２２", "not_ports"),
        ("tcp_ports", ",".join(["1"] * 501), "not_ports"),
        ("udp_ports", 53, "not_ports"),
        ("scripts", ["/etc/passwd"], "script_not_allowed"),
        ("scripts", ["ssl-cert", "ssl-cert"], "repeated"),
        ("scripts", ["default"], "script_not_allowed"),
        ("scripts", [["ssl-cert"]], "script_not_allowed"),
        ("scripts", "ssl-cert", "not_a_list"),
        ("nmap_flags", "-oN x", "unknown_option"),
    ],
)
def test_wrong_values_name_their_field(name: str, value: object, code: str) -> None:
    assert wrong(**{name: value}) == {(f"options.{name}", code)}


def test_all_wrong_fields_are_named_at_once() -> None:
    assert len(wrong(timing="x", tcp_ports="x", scripts=["x"], max_rate=-1)) == 4


def test_ports_are_sorted_merged_and_counted() -> None:
    assert port_ranges("443, 22,23-30,25,80") == ((22, 30), (80, 80), (443, 443))
    assert port_count("443,22,23-30") == 10
    assert port_count("top:100") == 100
    assert port_count(None) == 0


def test_profiles() -> None:
    assert set(PROFILES) == {"sweep", "sample", "quick", "standard", "full"}
    assert options_for("quick") is PROFILES["quick"]
    mine = ScanOptions(tcp_ports="22")
    assert options_for("custom", mine) is mine
    for profile, options in (("bold", None), ("quick", mine)):
        with pytest.raises(Invalid):
            options_for(profile, options)


def test_without_raw_sockets_the_rest_is_asked_and_the_loss_named() -> None:
    reduced, lost = effective(PROFILES["standard"], raw=False)
    assert lost == ("no_raw_udp", "no_raw_os_detection", "no_raw_icmp")
    assert reduced.udp_ports is None
    assert not reduced.os_detection
    assert reduced.host_discovery == "tcp"
    assert effective(PROFILES["standard"], raw=True) == (PROFILES["standard"], ())
    all_up = dataclasses.replace(PROFILES["quick"], host_discovery="all_up")
    assert effective(all_up, raw=False) == (all_up, ())


@given(st.integers(0, 65_536), st.sampled_from(sorted(PROFILES)))
def test_an_estimate_grows_with_the_addresses(count: int, profile: str) -> None:
    small, large = estimate(count, PROFILES[profile]), estimate(count * 2 + 1, PROFILES[profile])
    assert 1 <= small.seconds <= large.seconds
    assert small.packets < large.packets


def test_a_slower_pace_takes_longer() -> None:
    fast, slow = ScanOptions(timing="aggressive"), ScanOptions(timing="aggressive", max_rate=50)
    assert estimate(256, slow).seconds > estimate(256, fast).seconds


def test_chunks_and_pace_follow_the_profile_unless_somebody_says() -> None:
    assert chunk_size("sweep", None) == 65_536
    assert chunk_size("standard", None) == 256
    assert chunk_size("standard", 8) == 8
    assert pace(options_for("sweep")) == 20_000
    assert pace(with_rate(options_for("sweep"), 1_000_000)) == 1_000_000
    assert with_rate(options_for("sweep"), None) is PROFILES["sweep"]
    with pytest.raises(Invalid):
        with_rate(options_for("sweep"), 1_000_001)


def test_a_sweep_asks_for_no_port_and_costs_less_than_looking_at_ports() -> None:
    sweep, quick, standard = (estimate(65_536, options_for(name)) for name in ("sweep", "quick", "standard"))
    assert sweep.packets < 3 * 65_536 < quick.packets < standard.packets
    assert sweep.seconds < quick.seconds < standard.seconds
    assert estimate(65_536, with_rate(options_for("sweep"), 1_000_000)).seconds <= 2
