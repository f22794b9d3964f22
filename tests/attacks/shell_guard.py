"""Fails a test in which the product starts a shell; imported by the suite's conftest, so it watches every test."""

import sys
from pathlib import Path
from types import FrameType

PRODUCT = str(Path(__file__).resolve().parents[2] / "backend") + "/"
SHELLS = {"sh", "bash", "dash"}


class ShellStarted(Exception):
    """The product started a shell."""


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event not in {"os.system", "subprocess.Popen"} or not _is_shell(event, arguments):
        return
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith(PRODUCT):
            raise ShellStarted(f"{event} {arguments!r} from {frame.f_code.co_filename}")
        frame = frame.f_back


def _is_shell(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "os.system":
        return True
    words = arguments[1] if len(arguments) > 1 else ()
    first = words[0] if isinstance(words, list | tuple) and words else words
    return str(first).rpartition("/")[2] in SHELLS


def install() -> None:
    """Watch from now on."""
    sys.addaudithook(_watch)
