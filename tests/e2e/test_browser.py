"""What a person sees: the stories in `browser/stories`, told in Debian's chromium against the real product."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.corpus import TEXTS
from tests.e2e.browser_story import tell
from tests.e2e.person import Person
from tests.e2e.survey import device_at, forget_monitoring, subjects, survey
from tests.lab import netns
from tests.lab.daemons.snmpd import COMMUNITY
from tests.lab.lab import Lab
from tests.lab.product import Product
from tests.lab.program import build_web_ui

pytestmark = [pytest.mark.lab, pytest.mark.browser]

VIEWER: dict[str, Any] = {"viewer": "vera", "viewer_password": "only-looking-through-glass-3"}


DESK, TARGET_PORT = "10.77.0.11", 8099
# Takes connections until somebody says "stop".
TARGET = """
import socket, sys
door = socket.create_server(("", int(sys.argv[1])))
print("open", flush=True)
said = b""
while said != b"stop":
    caller = door.accept()[0]
    said = caller.recv(8)
    caller.close()
"""


@contextmanager
def _target(namespace: str) -> Iterator[None]:
    """Something that listens on a machine of the lab, and can be told to end."""
    argv = netns.argv_inside(namespace, [sys.executable, "-c", TARGET, str(TARGET_PORT)])
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as target:
        try:
            assert target.stdout is not None
            assert target.stdout.readline() == b"open\n"
            yield
        finally:
            target.kill()


@pytest.fixture(scope="module")
def scanned(product: Product) -> Product:
    """A product that has scanned the lab, and a viewer who may look at it."""
    build_web_ui()
    with Person(product) as admin:
        survey(admin)
        viewer = {"username": VIEWER["viewer"], "password": VIEWER["viewer_password"], "role": "viewer"}
        admin.post("/users", viewer)
    return product


@pytest.mark.parametrize("language", ["en", "de"])
def test_login_and_logout(scanned: Product, person: Person, tmp_path: Path, language: str) -> None:
    person.patch("/auth/me", {"language": language})
    tell("login", scanned, tmp_path, language=language)


@pytest.mark.parametrize("language", ["en", "no"])
def test_a_scan_from_start_to_device_page(scanned: Product, person: Person, tmp_path: Path, language: str) -> None:
    person.patch("/auth/me", {"language": language})
    tell("scan_to_device", scanned, tmp_path, language=language)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_inbox_with_undo(scanned: Product, person: Person, tmp_path: Path, language: str) -> None:
    person.patch("/auth/me", {"language": language})
    tell("inbox", scanned, tmp_path, language=language)


def test_the_cockpit_of_a_scan(scanned: Product, person: Person, tmp_path: Path) -> None:
    person.patch("/auth/me", {"language": "en"})
    tell("cockpit", scanned, tmp_path, scan=subjects(person)["scan"], said="scan report")


def _watched_without_login(person: Person) -> int:
    """A device of which everything that is suggested can be watched at once."""
    suggested = person.items("/monitor-suggestions")
    asking = {each["device_id"] for each in suggested if each["credential_needed"]}
    return next(int(each["device_id"]) for each in suggested if each["device_id"] not in asking)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_credentials_to_monitors(scanned: Product, person: Person, tmp_path: Path, language: str) -> None:
    person.patch("/auth/me", {"language": language})
    device = device_at(person, "10.77.0.20")["id"] if language == "en" else _watched_without_login(person)
    try:
        tell(
            "credentials_to_monitor",
            scanned,
            tmp_path,
            language=language,
            community=COMMUNITY,
            snmp="10.77.0.20",
            device=device,
        )
    finally:
        forget_monitoring(person)


def test_a_monitor_from_its_making_to_its_fall(scanned: Product, person: Person, lab: Lab, tmp_path: Path) -> None:
    person.patch("/auth/me", {"language": "fr"})
    found = {"device": device_at(person, DESK)["id"], "address": DESK, "port": TARGET_PORT, "name": "Bench"}
    try:
        with _target(lab.namespace("desk")):
            tell("monitors", scanned, tmp_path, timeout_s=180, language="fr", **found)
    finally:
        forget_monitoring(person)


def test_a_viewer_cannot_write(scanned: Product, tmp_path: Path) -> None:
    tell("viewer", scanned, tmp_path, **VIEWER)


def test_no_page_scrolls_sideways(scanned: Product, person: Person, tmp_path: Path) -> None:
    person.patch("/auth/me", {"language": "en"})
    tell("every_page", scanned, tmp_path, timeout_s=170, screens=[1, 2], **subjects(person))


def test_hostile_devices_are_text(scanned: Product, person: Person, tmp_path: Path) -> None:
    person.patch("/auth/me", {"language": "en"})
    active = [text for text in TEXTS if "<" in text and len(text) <= 100 and text.isprintable()][:24]
    assert len(active) > 15
    fields = ("name", "hostname", "vendor", "os", "notes")
    devices = [person.post("/devices", dict.fromkeys(fields, text)) for text in active]
    try:
        shown = [{"id": device["id"], "name": device["name"]} for device in devices]
        tell("hostile_devices", scanned, tmp_path, timeout_s=170, devices=shown)
    finally:
        for device in devices:
            person.delete(f"/devices/{device['id']}")
