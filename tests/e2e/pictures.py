"""`make screenshots`: the product on the lab, every page as a picture in docs/screenshots. Needs root."""

import os

from tests.e2e.browser_story import tell
from tests.e2e.person import Person
from tests.e2e.survey import NETWORKS, subjects, survey, watch
from tests.lab.lab import Lab
from tests.lab.product import Product
from tests.lab.program import CHECKOUT, build_web_ui

PICTURES = CHECKOUT / "docs" / "screenshots"
PEOPLE = (("vera", "viewer"), ("olav", "operator"))


def main() -> None:
    """Scan the lab once, then take every picture anew."""
    build_web_ui()
    with Lab(f"p{os.getpid()}") as lab, Product(lab) as product, Person(product) as admin:
        _furnish(admin)
        extra = {"sample": _sample(admin), "monitor": watch(admin)}
        tell("every_page", product, PICTURES, timeout_s=600, screens=[0, 1, 2, 3], **extra, **subjects(admin))


def _furnish(admin: Person) -> None:
    """Networks, people and a finished scan, so that no page is empty."""
    for cidr, name in zip(NETWORKS, ("Office", "Servers"), strict=True):
        admin.post("/networks", {"cidr": cidr, "name": name, "scan_allowed": True})
    for username, role in PEOPLE:
        admin.post("/users", {"username": username, "password": f"{username}-under-glass-77", "role": role})
    admin.post("/api-tokens", {"name": "Dashboard", "role": "viewer", "expires_in_days": 90})
    survey(admin)
    _prepare_monitoring(admin)


def _prepare_monitoring(admin: Person) -> None:
    """Logins, a plugin, a discovery profile and a rule: the pages around monitoring are not empty."""
    windows = {"type": "winrm", "name": "Windows servers", "username": "svc-lanarium", "domain": "CORP"}
    login = admin.post("/credential-profiles", {**windows, "password": "only-for-the-picture"})
    admin.post(
        "/credential-profiles", {"type": "snmp_v2c", "name": "Printers", "community": "only-for-the-picture"}
    )
    shop = {"path": "/shop", "contains": "Basket", "expiry_days": 30}
    admin.post("/plugins", {"name": "Shop front page", "type": "http", "config": shop})
    nightly = {"name": "Office, every night", "subnet": "10.77.0.0/26", "cron": "30 2 * * *"}
    admin.post("/discovery-profiles", {**nightly, "credential_profile_id": login["id"]})
    network = admin.items("/networks")[0]
    rule = {"name": "Web servers", "network_id": network["id"], "collectors": ["http", "tls"]}
    admin.post("/provisioning-rules", {**rule, "enabled": False})


def _sample(admin: Person) -> int:
    """A sample that has ended."""
    started = admin.start_scan(targets=list(NETWORKS), profile="sample", name="What is in use")
    return int(admin.ended_scan(started["id"])["id"])


if __name__ == "__main__":
    main()
