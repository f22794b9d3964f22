"""Which device an observation is about: the cases that networks really have."""

import asyncio
from datetime import timedelta
from typing import Any

from backend.domain.inventory.observation import Coverage, Facts, NameFact, Observation, PortFact, normalised
from backend.domain.inventory.state import DeviceState
from backend.domain.inventory.writer import InventoryWriter
from tests.domain.inventory.fakes import MemoryDevices, NoVendors, work_on
from tests.domain.inventory.strategies import T0

ONE, TWO = "00:1b:21:00:00:01", "00:1b:21:00:00:02"
PRIVATE, PRIVATE_TWO = "da:a1:19:00:00:01", "da:a1:19:00:00:02"
WEEKS = 60 * 24 * 14


def said(address: str | None, mac: str | None = None, *, minute: float = 0, **facts: Any) -> Observation:
    return normalised(Observation(1, "nmap", address, mac, T0 + timedelta(minutes=minute), Facts(**facts)))


def devices_after(*observations: Observation) -> list[DeviceState]:
    store = MemoryDevices()
    for item in observations:
        asyncio.run(InventoryWriter(NoVendors()).observe(work_on(store), [item]))
    return list(store.devices.values())


def current(device: DeviceState) -> set[str]:
    return {a.value for a in device.addresses.values() if a.current and a.kind != "name"}


def test_a_mac_is_followed_to_another_address() -> None:
    (device,) = devices_after(said("10.0.0.1", ONE), said("10.0.0.2", ONE, minute=5))
    assert current(device) == {"10.0.0.1", "10.0.0.2", ONE}


def test_an_address_that_moves_leaves_its_device() -> None:
    old, new = devices_after(said("10.0.0.1", ONE, ports=(PortFact("tcp", 22),)), said("10.0.0.1", TWO, minute=5))
    assert (current(old), current(new)) == ({ONE}, {"10.0.0.1", TWO})
    assert not old.open_ports()


def test_an_unknown_mac_completes_a_device_that_has_none() -> None:
    (device,) = devices_after(said("10.0.0.1"), said("10.0.0.1", ONE, minute=5))
    assert current(device) == {"10.0.0.1", ONE}


def test_a_private_mac_that_changes_stays_the_same_device_unless_named_otherwise() -> None:
    assert len(devices_after(said("10.0.0.1", PRIVATE), said("10.0.0.1", PRIVATE_TWO, minute=5))) == 1
    anna = said("10.0.0.1", PRIVATE, hostnames=(NameFact("anna.lan"),))
    ben = said("10.0.0.1", PRIVATE_TWO, minute=5, hostnames=(NameFact("ben.lan"),))
    assert len(devices_after(anna, ben)) == 2


def test_a_private_mac_is_nobody_whose_mac_is_for_life() -> None:
    assert len(devices_after(said("10.0.0.1", ONE), said("10.0.0.1", PRIVATE, minute=5))) == 2


def test_addresses_that_routers_share_name_nobody() -> None:
    vrrp = "00:00:5e:00:01:07"
    assert len(devices_after(said("10.0.0.1", vrrp), said("10.0.0.2", vrrp, minute=5))) == 2


def test_a_host_key_brings_a_device_back_that_lost_its_address() -> None:
    key = ("ssh:sha256:one",)
    (found,) = devices_after(said("10.0.0.1", keys=key), said("10.0.0.2", keys=key, minute=WEEKS))
    assert current(found) == {"10.0.0.2"}


def test_clones_with_one_host_key_stay_two_devices() -> None:
    key = ("ssh:sha256:one",)
    assert len(devices_after(said("10.0.0.1", keys=key), said("10.0.0.2", keys=key, minute=5))) == 2


def test_a_host_key_joins_both_address_families() -> None:
    key = ("ssh:sha256:one",)
    (device,) = devices_after(said("10.0.0.1", keys=key), said("fd00::1", keys=key, minute=1))
    assert current(device) == {"10.0.0.1", "fd00::1"}


def test_a_new_host_key_at_an_address_is_the_same_device() -> None:
    old, new = ("ssh:sha256:one",), ("ssh:sha256:two",)
    assert len(devices_after(said("10.0.0.1", keys=old), said("10.0.0.1", keys=new, minute=5))) == 1


def test_nobody_is_made_of_silence() -> None:
    assert devices_after(said("10.0.0.1", state="down")) == []


def test_silence_at_its_address_makes_a_device_unknown() -> None:
    (device,) = devices_after(said("10.0.0.1"), said("10.0.0.1", minute=90, state="down"))
    assert device.status == "unknown"
    assert device.last_seen == T0


def test_a_port_is_closed_only_by_a_scan_that_asked() -> None:
    opened = said("10.0.0.1", ports=(PortFact("tcp", 22), PortFact("tcp", 8080)))
    glance = said("10.0.0.1", minute=5, ports=(PortFact("tcp", 22),), covered=(Coverage("tcp", "1-1000"),))
    (device,) = devices_after(opened, glance)
    assert [p.port for p in device.open_ports()] == [22, 8080]
    full = said("10.0.0.1", minute=9, ports=(PortFact("tcp", 22),), covered=(Coverage("tcp", "1-65535"),))
    (device,) = devices_after(opened, glance, full)
    assert [p.port for p in device.open_ports()] == [22]


def test_a_quick_scan_does_not_wipe_out_what_a_thorough_one_found() -> None:
    thorough = said("10.0.0.1", ports=(PortFact("tcp", 22, service="ssh", product="OpenSSH", confidence=10),))
    quick = said("10.0.0.1", minute=5, ports=(PortFact("tcp", 22, service="ssh", confidence=3),))
    (device,) = devices_after(thorough, quick)
    (port,) = device.open_ports()
    assert port.product == "OpenSSH"
    assert port.last_seen > T0
