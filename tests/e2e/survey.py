"""A finished scan of the lab: what pages and pictures are shown with."""

from tests.e2e.person import Json, Person

NETWORKS = (("10.77.0.0/24", "Office"), ("10.77.1.0/24", "Servers"))
TARGETS = ["10.77.0.0/26", "10.77.1.0/26"]


def survey(person: Person) -> Json:
    """Allow the lab's networks, scan them once with the standard profile, and give the scan when it has ended."""
    for cidr, name in NETWORKS:
        person.post("/networks", {"cidr": cidr, "name": name, "scan_allowed": True})
    started = person.start_scan(targets=TARGETS, profile="standard", name="Whole lab")
    scan = person.ended_scan(started["id"])
    assert scan["status"] == "completed", scan["message"]
    return scan


def device_at(person: Person, address: str) -> Json:
    """The device that has the address."""
    return next(device for device in person.items("/devices") if device["primary_address"] == address)
