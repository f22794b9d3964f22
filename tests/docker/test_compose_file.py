"""What the Compose file and the Dockerfile promise; scripts/prove-docker.sh shows it on a real engine."""

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "deploy/docker/Dockerfile").read_text()
FINAL_STAGES = ("app", "scanner", "web", "database")


def stage(name: str) -> str:
    found = re.search(rf"^FROM \S+ AS {name}$(.*?)(?=^FROM |\Z)", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


def test_the_four_parts_are_there() -> None:
    assert set(SERVICES) == set(FINAL_STAGES)


@pytest.mark.parametrize("name", FINAL_STAGES)
def test_every_container_is_caged_and_watched(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["pids_limit"] > 0
    assert not {"privileged", "user", "pid", "ipc", "devices", "network_mode"} & set(service)


def test_only_the_scanner_has_a_capability_and_it_has_one() -> None:
    assert {name: s["cap_add"] for name, s in SERVICES.items() if "cap_add" in s} == {"scanner": ["NET_RAW"]}
    # The scanner gives up gaining rights itself, right after it took that capability from its file.
    free = {name for name, s in SERVICES.items() if s.get("security_opt") != ["no-new-privileges:true"]}
    assert free == {"scanner"}
    assert "--no-new-privs" in (ROOT / "deploy/docker/scanner-entrypoint.sh").read_text()


def test_one_port_is_published() -> None:
    published = [(name, port) for name, s in SERVICES.items() for port in s.get("ports", [])]
    assert published == [("web", "${LANARIUM_PORT:-8443}:8443")]


def test_the_database_has_no_way_out_and_the_scanner_none_to_it() -> None:
    assert COMPOSE["networks"]["storage"] == {"internal": True}
    assert SERVICES["database"]["networks"] == ["storage"]
    assert SERVICES["scanner"]["networks"] == ["scan"]
    assert SERVICES["web"]["networks"] == ["front"]


def test_a_socket_is_written_by_its_owner_only() -> None:
    mounts = [(name, mount) for name, s in SERVICES.items() for mount in s.get("volumes", []) if "socket" in mount]
    writers = {(name, mount.split(":")[0]) for name, mount in mounts if not mount.endswith(":ro")}
    assert writers == {("app", "app-socket"), ("scanner", "scan-socket")}
    assert len(mounts) == 4


def test_secrets_are_files_and_in_no_environment() -> None:
    assert SERVICES["app"]["secrets"] == ["database_password", "jwt_secret", "auth_password"]
    assert SERVICES["database"]["secrets"] == ["database_password"]
    assert "secrets" not in SERVICES["web"]
    assert "secrets" not in SERVICES["scanner"]
    for service in SERVICES.values():
        assert not {name for name in service.get("environment", {}) if re.search("PASSWORD|SECRET", name)}


@pytest.mark.parametrize("name", FINAL_STAGES)
def test_nothing_is_pulled_under_our_names(name: str) -> None:
    assert SERVICES[name]["image"] == f"lanarium-{name}:${{LANARIUM_TAG:-local}}"
    assert SERVICES[name]["pull_policy"] == "never"
    assert SERVICES[name]["build"]["target"] == name


@pytest.mark.parametrize("name", FINAL_STAGES)
def test_every_image_runs_as_a_user_and_lists_its_parts(name: str) -> None:
    last_user = re.findall(r"^USER (\S+)$", stage(name), re.MULTILINE)[-1]
    assert last_user.startswith("lanarium")
    assert f"/sbom/{name}.json /usr/share/sbom/lanarium.spdx.json" in stage(name)
    assert stage(name).index("USER ") < stage(name).index("ENTRYPOINT [")


def test_every_stage_stands_on_the_one_base() -> None:
    known = {"${BASE}"}
    for source, name in re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, re.MULTILINE):
        assert source in known
        known.add(name)
    assert re.findall(r"^ARG BASE=(.*)$", DOCKERFILE, re.MULTILINE) == ["debian:trixie-slim"]
    assert ":latest" not in DOCKERFILE


def test_no_registry_is_named() -> None:
    texts = [path.read_text() for path in (ROOT / "deploy/docker").iterdir()] + [json.dumps(COMPOSE)]
    for text in texts:
        assert not re.search(r"https?://(?!127\.0\.0\.1)|docker\.io|ghcr|quay|index-url|registry=", text)


def test_host_networking_is_an_override_of_the_scanner_alone() -> None:
    text = (ROOT / "deploy/docker/compose.host-network.yml").read_text()
    assert "networks: !reset []" in text
    override = yaml.safe_load(text.replace("!reset []", "null"))
    assert override["services"]["scanner"] == {"network_mode": "host", "networks": None}
    assert override["services"]["app"] == {"environment": {"LANARIUM_SCAN_NETWORK": "host"}}
    assert SERVICES["app"]["environment"]["LANARIUM_SCAN_NETWORK"] == "container"


def test_the_list_of_parts_names_packages_of_npm(tmp_path: Path) -> None:
    make = runpy.run_path(str(ROOT / "deploy/docker/make_sbom.py"))
    found = make["document"]("lanarium-web", list(make["npm"](ROOT / "frontend/package-lock.json")))
    urls = {package["externalRefs"][0]["referenceLocator"] for package in found["packages"]}
    assert found["spdxVersion"] == "SPDX-2.3"
    assert any(url.startswith("pkg:npm/react@") for url in urls)
    assert not any("/eslint@" in url for url in urls)
    ids = [package["SPDXID"] for package in found["packages"]]
    assert len(ids) == len(set(ids)) == len(found["relationships"])
