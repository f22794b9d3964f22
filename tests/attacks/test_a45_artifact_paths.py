"""A45: no download leaves the scans folder, whatever the path in the database or the links on the disk say."""

import os
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from backend.domain.errors import NotFound
from backend.infra.scan_files import ScanFolder
from tests.attacks.twins.files import TrustingFolder

SCAN = "8a2c6b52-3f0e-4a57-9f0f-7f4f5a1f7d10"
CHUNK = "0d5a3c1e-52c5-4a3f-8f5b-0a8f64c7b9aa"
CANARY = b"canary: not of this scan"


def _hostile_paths(root: Path) -> list[str]:
    """Paths and links that lead out of the folder, or to something that is no file of a scan."""
    secret = root.parent / "secret.xml"
    secret.write_bytes(CANARY)
    folder = root / SCAN
    folder.mkdir(parents=True)
    (folder / f"{CHUNK}.xml").symlink_to(secret)
    os.link(secret, folder / "hard.xml")
    other = "11111111-1111-4111-8111-111111111111"
    (root / other).symlink_to(root.parent)
    (root.parent / f"{CHUNK}.gnmap").write_bytes(CANARY)
    (root / f"{CHUNK}.xml").write_bytes(CANARY)
    steps = ["../secret.xml", f"{SCAN}/../../secret.xml", str(secret), f"{SCAN}/hard.xml", f"./{SCAN}/hard.xml"]
    doubled = [f"{SCAN}/{SCAN}/../../../secret.xml", f"{SCAN}//../../secret.xml", f"{CHUNK}.xml"]
    links = [f"{SCAN}/{CHUNK}.xml", f"{other}/{CHUNK}.gnmap", f"{other}/secret.xml"]
    odd = [f"{SCAN}/{CHUNK}.xml\x00.nmap", "", "/", ".", "..", f"{SCAN}/", SCAN, f"{SCAN.upper()}/{CHUNK}.xml"]
    return steps + doubled + links + odd


async def _leaks(files: ScanFolder | TrustingFolder, paths: list[str]) -> list[str]:
    """The paths that gave out what they should not."""
    leaked = []
    for path in paths:
        try:
            _, content = await files.open(path)
            if CANARY in b"".join([piece async for piece in content]):
                leaked.append(path)
        except (NotFound, OSError, ValueError):
            continue
    return leaked


async def test_no_path_and_no_link_leads_out(tmp_path: Path) -> None:
    root = tmp_path / "scans"
    assert await _leaks(ScanFolder(root), _hostile_paths(root)) == []


async def test_the_check_finds_a_folder_that_trusts(tmp_path: Path) -> None:
    root = tmp_path / "scans"
    assert len(await _leaks(TrustingFolder(root), _hostile_paths(root))) > 5


async def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / SCAN
    folder.mkdir()
    (folder / f"{CHUNK}.nmap").mkdir()
    os.mkfifo(folder / f"{CHUNK}.xml")
    for kind in ("nmap", "xml", "gnmap"):
        with pytest.raises(NotFound):
            await ScanFolder(tmp_path).open(f"{SCAN}/{CHUNK}.{kind}")


async def test_the_api_knows_files_by_uid_only(
    program: Lanarium, as_viewer: httpx2.AsyncClient, client: httpx2.AsyncClient
) -> None:
    (program.settings.scans_dir / "x.xml").parent.mkdir(parents=True, exist_ok=True)
    (program.settings.scans_dir / "x.xml").write_bytes(CANARY)
    for name in ("x.xml", "..%2fx.xml", "%2e%2e/x.xml", "1", SCAN, "../../etc/passwd", f"{SCAN}%00"):
        answer = await as_viewer.get(f"/api/v1/artifacts/{name}")
        assert answer.status_code in {404, 422}, name
        assert CANARY not in answer.content
    assert (await client.get(f"/api/v1/artifacts/{SCAN}")).status_code == 401


async def test_a_row_that_points_elsewhere_gives_nothing(program: Lanarium, as_viewer: httpx2.AsyncClient) -> None:
    for path in ("../secret.xml", "/etc/passwd", f"{SCAN}/../../secret.xml"):
        (program.settings.scans_dir.parent / "secret.xml").write_bytes(CANARY)
        uid = await artifact_row(program, path)
        answer = await as_viewer.get(f"/api/v1/artifacts/{uid}")
        assert (answer.status_code, answer.json()["code"]) == (404, "artifact_not_found")


async def artifact_row(program: Lanarium, path: str) -> str:
    """A scan, a chunk and a file in the database, with that path."""
    async with program.engine.begin() as connection:
        scan_id = await connection.scalar(
            sa.text(
                "INSERT INTO scans (site_id, project_id, profile, status, address_count, chunk_size, concurrency,"
                " host_timeout_s, chunk_timeout_s)"
                " SELECT site_id, id, 'quick', 'completed', 1, 1, 1, 1, 1 FROM projects LIMIT 1 RETURNING id"
            )
        )
        chunk = "INSERT INTO scan_chunks (scan_id, number, target_count) VALUES (:scan, 1, 1) RETURNING id"
        chunk_id = await connection.scalar(sa.text(chunk), {"scan": scan_id})
        file = (
            "INSERT INTO artifacts (scan_id, chunk_id, kind, path, complete)"
            " VALUES (:scan, :chunk, 'xml', :path, true) RETURNING uid"
        )
        values = {"scan": scan_id, "chunk": chunk_id, "path": path}
        return str(await connection.scalar(sa.text(file), values))
