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


def _sample(admin: Person) -> int:
    """A sample that has ended."""
    started = admin.start_scan(targets=list(NETWORKS), profile="sample", name="What is in use")
    return int(admin.ended_scan(started["id"])["id"])


if __name__ == "__main__":
    main()
