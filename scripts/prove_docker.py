"""What scripts/prove-docker.sh asks of the running containers; ends with 1 at the first thing that is not so."""

import argparse
import contextlib
import itertools
import json
import os
import re
import shutil
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

SERVICES = ("database", "app", "scanner", "web")
NET_RAW = 1 << 13
HEALTHY_WITHIN_S = 20.0
OVER = {"completed", "partial", "failed", "stopped", "interrupted"}


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def until(question: Callable[[], Any], what: str, within_s: float) -> Any:
    """Ask until the answer is true; the answer."""
    deadline = time.monotonic() + within_s
    while True:
        with contextlib.suppress(OSError, urllib.error.URLError):
            if answer := question():
                return answer
        if time.monotonic() > deadline:
            raise SystemExit(f"not within {within_s:.0f} s: {what}")
        time.sleep(0.3)


class Stack:
    """The containers of one tree."""

    def __init__(self, tree: Path, inside: Path, tag: str) -> None:
        self._files = ("-f", str(tree / "docker-compose.yml"), "-f", str(inside))
        self._tag = tag

    def compose(self, *arguments: str) -> str:
        os.environ["LANARIUM_TAG"] = self._tag
        return run("docker", "compose", "--progress", "quiet", *self._files, *arguments)

    def container(self, service: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = json.loads(run("docker", "inspect", self.compose("ps", "-aq", service)))
        return found[0]

    def up(self) -> float:
        begun = time.monotonic()
        self.compose("up", "-d", "--wait")
        return time.monotonic() - begun

    def all_healthy(self) -> bool:
        states = [self.container(service)["State"] for service in SERVICES]
        return all(state["Running"] and state["Health"]["Status"] == "healthy" for state in states)


class Person:
    """Somebody at the published port, who checks the certificate."""

    def __init__(self, stack: Stack, port: str) -> None:
        self._base = f"https://localhost:{port}"
        with tempfile.NamedTemporaryFile("w", suffix=".crt") as file:
            file.write(stack.compose("exec", "-T", "web", "cat", "/var/lib/lanarium-tls/active.crt"))
            file.flush()
            self._tls = ssl.create_default_context(cafile=file.name)
        self._token = ""

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=15, context=self._tls) as answer:
            text = answer.read().decode()
            return json.loads(text) if "json" in answer.headers["Content-Type"] else text

    def log_in(self, password: str) -> None:
        self._token = ""
        body = {"username": "admin", "password": password}
        self._token = self.ask("POST", "/api/v1/auth/login", body)["token"]

    def items(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("GET", f"/api/v1/{path}")["items"]
        return found

    def scan(self) -> int:
        options = {"tcp_ports": "1-1000", "service_versions": True}
        body = {"targets": "10.213.77.0/26", "profile": "custom", "options": options, "chunk_size": 4}
        body["exclusions"] = "10.213.77.1"  # the engine's end of the network: the machine that this runs on
        number: int = self.ask("POST", "/api/v1/scans/start", body)["id"]
        return number

    def finish(self, number: int) -> dict[str, Any]:
        """Wait for a scan; where part of it was lost, ask for the rest."""
        rests = itertools.count()

        def over() -> dict[str, Any] | None:
            scan: dict[str, Any] = self.ask("GET", f"/api/v1/scans/{number}")
            if scan["status"] in OVER - {"completed"} and scan["can"]["resume"]:
                check(next(rests) < 5, f"scan {number} is {scan['status']}; the rest is asked for")
                self.ask("POST", f"/api/v1/scans/{number}/resume")
            return scan if scan["status"] == "completed" else None

        done: dict[str, Any] = until(over, f"scan {number} completes", 240)
        return done


def check(truth: bool, sentence: str) -> None:
    if not truth:
        raise SystemExit(f"NOT TRUE: {sentence}")
    print(f"   {sentence}", flush=True)


def found_devices(person: Person) -> dict[str, tuple[str, int]]:
    return {d["primary_address"]: (d["uid"], d["ports_open"]) for d in person.items("devices?limit=500")}


def first_scan(person: Person, targets: int) -> None:
    person.ask("POST", "/api/v1/networks", {"cidr": "10.213.77.0/26", "name": "proof", "scan_allowed": True})
    scan = person.finish(person.scan())
    devices = found_devices(person)
    expected = {f"10.213.77.{10 * n}" for n in range(1, targets + 1)}
    check(expected <= devices.keys(), f"a scan finds all {targets} machines ({len(devices)} devices)")
    check("10.213.77.1" not in devices, "and not the machine that this runs on")
    check(all(devices[address][1] == 2 for address in expected), "each with its two open ports")
    check(scan["capabilities"]["raw_sockets"], "scanned with raw packets")


def upgraded(person: Person, password: str, before: dict[str, tuple[str, int]], scans: int) -> None:
    person.log_in(password)
    check(found_devices(person) == before, "after the update: the same devices, ports and uids, the same password")
    check(len(person.items("scans")) == scans, "and the same scans")
    lacks = person.ask("GET", "/status")["capabilities"]["limitations"]
    check("container_network" in lacks, f"the page says what is lost: {lacks}")
    check("<div id=" in person.ask("GET", "/"), "the web UI is served")


def looked_at(password: str, addresses: set[str], pictures: Path) -> None:
    """What a person sees: logs in with a browser and reads the addresses on the page."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if not node or not chromium or not Path("frontend/node_modules/playwright-core").exists():
        print("   not looked at in a browser: node, chromium or frontend/node_modules is missing", flush=True)
        return
    config = {
        "url": f"https://localhost:{os.environ['LANARIUM_PORT']}",
        "username": "admin",
        "password": password,
        "pictures": str(pictures),
        "addresses": sorted(addresses),
    }
    story = [node, "tests/e2e/browser/run.mjs", "devices_on_the_page"]
    done = subprocess.run(story, input=json.dumps(config), capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"a browser shows the devices on the page {done.stderr}".strip())


def cages(stack: Stack) -> None:
    published = []
    for service in SERVICES:
        found = stack.container(service)
        published += [port for ports in (found["NetworkSettings"]["Ports"] or {}).values() for port in ports or []]
        check(found["HostConfig"]["ReadonlyRootfs"], f"{service}: the root file system is read-only")
        uids, powers, caged = set(), 0, True
        for pid in run("docker", "top", found["Id"], "-eo", "pid").split()[1:]:
            try:
                status = Path(f"/proc/{pid}/status").read_text("ascii")
                asks_for_health = b"healthy.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
            except FileNotFoundError:  # a health check that is over
                continue
            uids |= set(re.findall(r"^Uid:\t(.*)$", status, re.MULTILINE)[0].split())
            for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
                powers |= int(re.findall(rf"^{name}:\t(\w+)$", status, re.MULTILINE)[0], 16)
            caged &= asks_for_health or "NoNewPrivs:\t1" in status
        check(caged, f"{service}: no process can gain a right")
        check("0" not in uids, f"{service}: runs as {', '.join(sorted(uids))}, none of it as root")
        check(powers == (NET_RAW if service == "scanner" else 0), f"{service}: capabilities {powers:016x}")
    check(len({port["HostPort"] for port in published}) == 1, "one port is published")


def storm(stack: Stack, person: Person, service: str, *, kill: bool) -> None:
    """Restart or kill a container under a running scan; `docker kill` would tell Docker not to start it again."""
    before = found_devices(person)
    number = person.scan()
    busy = f"/api/v1/scans/{number}"
    until(lambda: person.ask("GET", busy)["chunks"]["done"] >= 1, "the first chunk", 120)
    check(person.ask("GET", busy)["status"] == "running", f"scan {number} runs")
    begun = time.monotonic()
    if kill:
        stopped = stack.container(service)["State"]
        os.kill(stopped["Pid"], 9)
        until(lambda: stack.container(service)["State"]["StartedAt"] != stopped["StartedAt"], "a new start", 20)
    else:
        stack.compose("restart", service)
    until(stack.all_healthy, f"all healthy after {service}", 60)
    until(lambda: person.ask("GET", "/ready")["status"] == "ready", "ready", 60)
    took = time.monotonic() - begun
    check(took <= HEALTHY_WITHIN_S, f"{service} {'killed' if kill else 'restarted'}: healthy after {took:.1f} s")
    scan = person.finish(number)
    check(found_devices(person) == before, "nothing lost, nothing twice")
    check(scan["chunks"]["done"] == scan["chunks"]["total"], f"every chunk done ({scan['chunks']['total']})")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--inside", type=Path, required=True)
    parser.add_argument("--targets", type=int, required=True)
    parser.add_argument("--storms", default=" ".join(SERVICES))
    options = parser.parse_args()
    password = (Path(os.environ["LANARIUM_SECRETS"]) / "auth_password").read_text().strip()
    print("== the commit before")
    old = Stack(options.before, options.inside, "before")
    print(f"   healthy after {old.up():.1f} s")
    person = Person(old, os.environ["LANARIUM_PORT"])
    person.log_in(password)
    first_scan(person, options.targets)
    before, scans = found_devices(person), len(person.items("scans"))
    print("== up to date")
    stack = Stack(Path.cwd(), options.inside, "local")
    print(f"   healthy after {stack.up():.1f} s")
    upgraded(person, password, before, scans)
    looked_at(password, set(before), Path(os.environ["LANARIUM_SECRETS"]).parent / "pictures")
    print("== cages")
    cages(stack)
    print("== storms")
    for service in options.storms.split():
        storm(stack, person, service, kill=False)
        storm(stack, person, service, kill=True)
    print("== all of it holds")


if __name__ == "__main__":
    main()
