"""A sample in the lab: a few addresses of each /24 are asked, and those in use are told."""

import pytest

from tests.e2e.person import Person

pytestmark = pytest.mark.lab


def test_a_sample_tells_which_networks_are_in_use(person: Person) -> None:
    wanted = {"targets": "10.77.0.100-199, 10.77.1.10-13", "profile": "sample"}
    expected = person.post("/targets/expand", wanted)
    assert (expected["sampled_networks"], expected["address_count"]) == (2, 8)
    started = person.start_scan(**wanted)
    scan = person.ended_scan(started["id"])
    assert scan["status"] == "completed", scan["message"]
    assert (scan["hosts_done"], scan["ports_open"]) == (8, 0)
    found = {item["network"]: item for item in person.items(f"/scans/{scan['id']}/sample")}
    assert found["10.77.1.0/24"] == {"network": "10.77.1.0/24", "asked": 4, "answered": 4}
