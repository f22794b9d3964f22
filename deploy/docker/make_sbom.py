"""Writes what an image is made of as SPDX 2.3 JSON: `make_sbom.py NAME OUTPUT [--dpkg DIR] [--venv DIR] …`.

Three sources, each the one that installed: dpkg's database, the metadata of the Python packages, npm's lock.
Standard library only, so that it runs in any stage of a build.
"""

import argparse
import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from urllib.parse import quote

DPKG_FORMAT = "${db:Status-Abbrev}\t${binary:Package}\t${Version}\t${Architecture}\t${Maintainer}\n"
Package = dict[str, object]


def debian(database: Path) -> Iterator[Package]:
    """What dpkg says is installed."""
    command = ["dpkg-query", f"--admindir={database}", "-W", "-f", DPKG_FORMAT]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():  # noqa: S603
        status, name, version, architecture, maintainer = line.split("\t")
        if status.startswith("ii"):
            plain = name.partition(":")[0]
            url = f"pkg:deb/debian/{plain}@{quote(version)}?arch={architecture}"
            yield _package(plain, version, url, supplier=f"Organization: {maintainer}")


def python(venv: Path) -> Iterator[Package]:
    """The packages of a virtual environment, with the licences that they declare."""
    for found in metadata.distributions(path=[str(path) for path in venv.glob("lib/python3*/site-packages")]):
        name = re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower()
        licence = found.metadata.get("License-Expression")
        yield _package(name, found.version, f"pkg:pypi/{name}@{found.version}", licence=licence)


def npm(lock: Path) -> Iterator[Package]:
    """What the web UI was bundled from: the lock's packages that are not for building only."""
    for path, entry in json.loads(lock.read_text("utf-8"))["packages"].items():
        if path and not entry.get("dev") and "version" in entry:
            name = path.rpartition("node_modules/")[2]
            url = f"pkg:npm/{quote(name)}@{entry['version']}"
            yield _package(name, entry["version"], url, licence=entry.get("license"))


def _package(
    name: str, version: str, url: str, *, licence: str | None = None, supplier: str = "NOASSERTION"
) -> Package:
    return {
        "SPDXID": "SPDXRef-" + hashlib.sha256(url.encode()).hexdigest()[:20],
        "name": name,
        "versionInfo": version,
        "supplier": supplier,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": licence or "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "externalRefs": [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": url}
        ],
    }


def document(name: str, packages: list[Package]) -> dict[str, object]:
    """The whole document; its namespace follows from its content."""
    unique = {str(package["SPDXID"]): package for package in packages}
    kept = [unique[key] for key in sorted(unique)]
    digest = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": name,
        "documentNamespace": f"urn:lanarium:sbom:{name}:{digest}",
        "creationInfo": {
            "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: lanarium-make-sbom"],
        },
        "packages": kept,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": key}
            for key in sorted(unique)
        ],
    }


def main() -> None:
    """Collect, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("output", type=Path)
    parser.add_argument("--dpkg", type=Path, default=Path("/var/lib/dpkg"))
    parser.add_argument("--venv", type=Path)
    parser.add_argument("--npm", type=Path)
    options = parser.parse_args()
    found = list(debian(options.dpkg))
    found += python(options.venv) if options.venv else []
    found += npm(options.npm) if options.npm else []
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(document(options.name, found), indent=1), "utf-8")


if __name__ == "__main__":
    main()
