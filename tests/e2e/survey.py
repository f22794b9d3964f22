"""Scans of the lab that several tests start from."""

from tests.e2e.person import Json, Person
from tests.e2e.waiting import until

Inventory = dict[str, tuple[str | None, tuple[str, ...]]]
NETWORKS = ("10.77.0.0/24", "10.77.1.0/24")
TARGETS = ["10.77.0.0/26", "10.77.1.0/26"]

# Cut so small that some chunks end before a blow and some are left for after it, and so slow (five seconds for
# the first chunk) that there is time to strike.
SLOW = {
    "targets": "10.77.0.8-23, 10.77.1.8-15",
    "profile": "custom",
    # By nmap alone, for it is nmap that is struck.
    "options": {"tcp_ports": "top:100", "max_rate": 60, "resolve_names": False, "sweep": False},
    "chunk_size": 8,
    "concurrency": 1,
}
SLOW_ALIVE = {f"10.77.0.{last}" for last in (10, 11, 12, 20)} | {f"10.77.1.{last}" for last in (10, 11, 12, 13)}


def survey(person: Person) -> Json:
    """Scan the lab once with the standard profile, and give the scan when it has ended."""
    started = person.start_scan(targets=TARGETS, profile="standard", name="Whole lab")
    scan = person.ended_scan(started["id"])
    assert scan["status"] == "completed", scan["message"]
    return scan


def slow_scan(person: Person) -> Json:
    """Start a slow scan, and give it when it has found devices and has more to do."""
    scan = person.start_scan(**SLOW)

    def look() -> Json | None:
        now = person.scan(scan["id"])
        return now if found(person, scan["id"]) and now["status"] == "running" else None

    return until(look, "the first devices of a slow scan are stored")


def found(person: Person, scan_id: int) -> set[str]:
    """The addresses that a scan has found so far."""
    return {host["address"] for host in person.items(f"/scans/{scan_id}/hosts")}


def device_at(person: Person, address: str) -> Json:
    """The device that has the address."""
    return next(device for device in person.items("/devices") if device["primary_address"] == address)


def subjects(person: Person) -> Json:
    """One of each thing that has a page of its own: the newest whole scan, and the NAS."""
    scan = next(scan for scan in person.items("/scans") if scan["name"] == "Whole lab")
    return {"scan": scan["id"], "device": device_at(person, "10.77.0.12")["id"]}


def inventory(person: Person) -> Inventory:
    """Every device that was scanned, by address: its MAC and its open ports."""
    known: Inventory = {}
    for device in person.items("/devices"):
        # The machine's own neighbours come to the inventory at their own time, whatever is scanned.
        if device["sources"] == ["neighbours"]:
            continue
        ports = person.items(f"/devices/{device['id']}/ports")
        opened = sorted(f"{port['protocol']}/{port['port']}" for port in ports if port["state"] == "open")
        known[device["primary_address"]] = (device["mac"], tuple(opened))
    return known


def forget_devices(person: Person) -> None:
    """Empty the inventory; what is watched of it goes first."""
    forget_monitoring(person)
    for device in person.items("/devices"):
        person.delete(f"/devices/{device['id']}")


def forget_monitoring(person: Person) -> None:
    """Delete the monitors, and the credentials and plugins that people made."""
    for monitor in person.items("/monitors"):
        person.delete(f"/monitors/{monitor['id']}")
    for profile in person.items("/credential-profiles"):
        person.delete(f"/credential-profiles/{profile['id']}")
    for plugin in person.items("/plugins"):
        if not plugin["built_in"]:
            person.delete(f"/plugins/{plugin['id']}")


def differences(control: Inventory, after: Inventory, parked: set[str]) -> list[str]:
    """The addresses of which two scans say different things, but for those that were put aside, and said so."""
    every = control.keys() | after.keys()
    return sorted(item for item in every - parked if control.get(item) != after.get(item))


def watch(person: Person) -> int:
    """Monitors of the lab, one of which has an answer and one of which is down; gives the first one's id."""
    plugins = {plugin["type"]: plugin["id"] for plugin in person.items("/plugins") if plugin["built_in"]}
    nas, camera = device_at(person, "10.77.0.12")["id"], device_at(person, "10.77.0.40")["id"]
    first = {"name": "NAS web page", "plugin_id": plugins["http"], "device_id": nas, "config": {"scheme": "http"}}
    wanted: list[Json] = [
        first | {"tags": ["home"]},
        {"name": "NAS file shares", "plugin_id": plugins["tcp"], "device_id": nas, "config": {"port": 445}},
        {"plugin_id": plugins["tls"], "device_id": nas, "config": {"verify_certificate": False}},
        {"name": "Camera at the door", "plugin_id": plugins["http"], "device_id": camera, "config": {"port": 81}},
        {"name": "Office door", "plugin_id": plugins["tcp"], "address": "10.77.0.20", "enabled": False},
    ]
    made = [person.post("/monitors", {"polling_interval": 2, **monitor})["id"] for monitor in wanted]

    def look() -> bool:
        states = {monitor["id"]: monitor["state"] for monitor in person.items("/monitors")}
        return bool(states[made[0]] == "up" and states[made[3]] == "down")

    until(look, "a monitor is up and another one down")
    return int(made[0])
