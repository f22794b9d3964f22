"""Log files turn over by size and lose nothing but the oldest."""

from pathlib import Path

from backend.infra.system.log_files import LogFile


def test_a_full_file_is_put_aside_and_the_oldest_goes(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "app.log", largest=10, kept=2)
    for number in range(5):
        log.write(f"line {number}\n".encode())
    log.close()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "app.log": "line 4\n",
        "app.log.1": "line 3\n",
        "app.log.2": "line 2\n",
    }


def test_a_second_start_appends(tmp_path: Path) -> None:
    for text in (b"first\n", b"second\n"):
        log = LogFile(tmp_path / "app.log")
        log.write(text)
        log.close()
    assert (tmp_path / "app.log").read_text() == "first\nsecond\n"


def test_the_tail_is_the_last_lines(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "app.log")
    log.write(b"".join(b"line %d\n" % number for number in range(50)))
    log.close()
    assert log.tail(2) == "line 48\nline 49"


def test_a_full_disk_loses_lines_not_the_process() -> None:
    log = LogFile(Path("/dev/full"))
    log.write(b"lost\n")
    log.close()
