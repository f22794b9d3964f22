"""A05: a hostile web server makes a script write files; in the cage nothing is written anywhere."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.scripts import ALLOWED_SCRIPTS
from backend.infra.clients.nmap_process import CAGE, LIMITS
from backend.infra.clients.scan_helper import ScanHelperProcesses
from tests.domain.discovery.jobs import make_job
from tests.infra.scan_helper.cage import HELPER_UID, SCOPE, TARGETS, Pair, caged_helper
from tests.infra.scan_helper.listeners import serve
from tests.infra.scan_helper.scans import code, folder, scan
from tests.lab import netns

pytestmark = pytest.mark.lab
PORT = 80
SCRIPT = Path(__file__).parent / "twins/fetch.nse"
TRAVERSAL = (
    b"HTTP/1.1 200 OK\r\nServer: ../../../../tmp/a05\r\nContent-Type: text/html\r\n"
    b'Content-Disposition: attachment; filename="../../../../tmp/a05"\r\nConnection: close\r\n\r\n'
    b"<title>../../../tmp/a05</title><a href='/../../../../tmp/a05'>x</a>"
)
WRITABLE = ("/tmp", "/var/tmp", "/dev/shm")


@pytest.fixture(scope="module")
def hostile_server(pair: Pair) -> Iterator[None]:
    with serve(pair, {(TARGETS[0], PORT): TRAVERSAL}):
        yield


def files_of(uid: int) -> list[str]:
    """Files with something in them, of this user, where everybody may write."""
    places = [Path(place) / name for root in WRITABLE for place, _, names in os.walk(root) for name in names]
    return [str(path) for path in places if _is_filled(path, uid)]


def _is_filled(path: Path, uid: int) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return status.st_uid == uid and status.st_size > 0


@pytest.mark.usefixtures("hostile_server")
async def test_a_scan_with_every_script_writes_nothing(pair: Pair, tmp_path: Path) -> None:
    every = ScanOptions(tcp_ports=str(PORT), service_versions=True, version_intensity=0, scripts=ALLOWED_SCRIPTS)
    job = make_job(targets=(TARGETS[0],), scope=SCOPE, artifact_dir=folder(tmp_path), options=every)
    with caged_helper(pair.scanner) as helper:
        told = await scan(ScanHelperProcesses(helper.socket), job)
        assert code(told) == "success"
        assert any(port.port == PORT for host in told.hosts for port in host.ports)
        assert files_of(HELPER_UID) == []


def saved_by(pair: Pair, wrapping: Sequence[str]) -> list[str]:
    """What a script that saves files leaves behind when nmap starts like this."""
    uid = HELPER_UID + 5
    place = Path(tempfile.mkdtemp(prefix="lnm-a05-"))
    script = str(shutil.copy(SCRIPT, place))
    Path(script).chmod(0o644)
    os.chown(place, uid, uid)
    flags = ["-n", "-Pn", "-sT", "-p", str(PORT), "--script", script, "--script-args", f"fetch.to={place}/a05"]
    user = ["setpriv", "--reuid", str(uid), "--regid", str(uid), "--clear-groups"]
    try:
        argv = netns.argv_inside(pair.scanner, [*user, *wrapping, "nmap", *flags, TARGETS[0]])
        subprocess.run(argv, capture_output=True, check=False, timeout=60)
        return files_of(uid)
    finally:
        shutil.rmtree(place)


@pytest.mark.usefixtures("hostile_server")
def test_the_cage_holds_a_script_that_saves_files(pair: Pair) -> None:
    assert saved_by(pair, (*LIMITS, *CAGE)) == []


@pytest.mark.usefixtures("hostile_server")
def test_the_twin_is_caught(pair: Pair) -> None:
    assert [Path(path).name for path in saved_by(pair, ())] == ["a05"]
