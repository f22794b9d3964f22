"""The files of a scan: named by uid, bounded by the disk, honest about both."""

from pathlib import Path

import pytest

from backend.domain.discovery.report import ArtifactWritten
from backend.infra.scan_artifacts import FileArtifacts
from tests.domain.discovery.jobs import make_job


async def test_a_file_is_written_where_its_uid_says(tmp_path: Path) -> None:
    job = make_job(artifact_dir=str(tmp_path / "scan"))
    for text in (b"an earlier attempt", b"one two"):
        file = await FileArtifacts().open(job, "xml")
        for part in text.split():
            await file.write(part)
        written = await file.close(whole=True)
    path = tmp_path / "scan" / f"{job.uid}.xml"
    assert written == ArtifactWritten("xml", str(path), 6, True)
    assert path.read_bytes() == b"onetwo"
    assert not file.disk_full


async def test_a_file_of_a_broken_run_is_incomplete(tmp_path: Path) -> None:
    file = await FileArtifacts().open(make_job(artifact_dir=str(tmp_path)), "gnmap")
    await file.write(b"x")
    assert (await file.close(whole=False)).complete is False


async def test_a_full_disk_is_remembered_not_raised(tmp_path: Path) -> None:
    job = make_job(artifact_dir=str(tmp_path))
    (tmp_path / f"{job.uid}.nmap").symlink_to("/dev/full")
    file = await FileArtifacts().open(job, "nmap")
    await file.write(b"x")
    await file.write(b"y")
    assert file.disk_full
    assert (await file.close(whole=True)).complete is False


async def test_a_folder_that_cannot_be_made_is_not_fatal_either(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = await FileArtifacts().open(make_job(artifact_dir=str(tmp_path / "file" / "scan")), "xml")
    await file.write(b"x")
    written = await file.close(whole=True)
    assert (written.size, written.complete) == (0, False)


@pytest.mark.parametrize("uid", ["../x", "/etc/passwd", "", "a" * 300])
async def test_a_name_that_is_no_uid_opens_nothing(tmp_path: Path, uid: str) -> None:
    with pytest.raises(ValueError):
        await FileArtifacts().open(make_job(uid=uid, artifact_dir=str(tmp_path)), "xml")
    assert files_below(tmp_path) == []


def files_below(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))
