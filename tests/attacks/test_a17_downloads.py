"""A17: a downloaded file cannot act in a browser: saved and not shown, no stylesheet, sandboxed, per person."""

import httpx2
import pytest

from backend.bootstrap import Lanarium
from backend.infra.scan_files import ScanFolder
from tests.api.discovery.conftest import other_site
from tests.attacks.test_a45_artifact_paths import CHUNK, SCAN, artifact_row
from tests.attacks.twins.files import TrustingFolder
from tests.people import add_person, client_of

ACTIVE = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n'
    b'<?xml-stylesheet href="https://evil.example/x.xsl" type="text/xsl"?>\n'
    b"<?XML-STYLESHEET href='javascript:alert(1)'?><?php system('id') ?>\n"
    b'<nmaprun scanner="nmap"><host/></nmaprun>\n'
)


async def _download(files: ScanFolder | TrustingFolder, path: str) -> bytes:
    size, pieces = await files.open(path)
    content = b"".join([piece async for piece in pieces])
    assert len(content) == size
    return content


def _acts(content: bytes) -> bool:
    """Whether anything but the XML declaration is an instruction to whoever opens it."""
    return content.lower().replace(b"<?xml ", b"").count(b"<?") > 0


@pytest.fixture
def path(program: Lanarium) -> str:
    folder = program.settings.scans_dir / SCAN
    folder.mkdir(parents=True)
    (folder / f"{CHUNK}.xml").write_bytes(ACTIVE)
    return f"{SCAN}/{CHUNK}.xml"


async def test_instructions_are_taken_out(program: Lanarium, path: str) -> None:
    content = await _download(ScanFolder(program.settings.scans_dir), path)
    assert not _acts(content)
    assert content.startswith(b'<?xml version="1.0"')
    assert content.endswith(b'<nmaprun scanner="nmap"><host/></nmaprun>\n')


async def test_the_check_finds_a_folder_that_trusts(program: Lanarium, path: str) -> None:
    assert _acts(await _download(TrustingFolder(program.settings.scans_dir), path))


async def test_headers_keep_a_browser_from_showing_it(
    program: Lanarium, as_viewer: httpx2.AsyncClient, path: str
) -> None:
    uid = await artifact_row(program, path)
    answer = await as_viewer.get(f"/api/v1/artifacts/{uid}")
    assert answer.status_code == 200
    headers = answer.headers
    assert headers["content-disposition"].startswith("attachment; filename=")
    assert headers["content-security-policy"].startswith("sandbox")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert not _acts(answer.content)


async def test_people_of_another_site_get_nothing(program: Lanarium, app: object, path: str) -> None:
    uid = await artifact_row(program, path)
    stranger = await add_person(program, "sven", "viewer", site_ids=frozenset({await other_site(program)}))
    async with client_of(app, stranger) as calling:  # type: ignore[arg-type]
        assert (await calling.get(f"/api/v1/artifacts/{uid}")).status_code == 404
