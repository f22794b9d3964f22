"""What is remembered of a lab on disk, so that it can be ended by a process that did not start it.

Each lab has a folder named by its prefix that only root can enter: the state, the ground truth, the logs
and every host's configuration. A lock on the folder says that the lab's owner lives.
"""

import fcntl
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path("/run/lanarium-lab")
PRODUCTS = Path("/var/tmp")


@dataclass(frozen=True, slots=True)
class State:
    """The namespaces of a lab and the process that owns it."""

    owner: int
    namespaces: list[str]


class Folder:
    """The folder of one lab."""

    def __init__(self, prefix: str) -> None:
        self.path = ROOT / prefix
        self.truth = self.path / "truth.json"
        # The product's accounts must be able to pass, so its data cannot lie in the folder above.
        self.product = PRODUCTS / f"lanarium-lab-{prefix}"
        self._state = self.path / "state.json"
        self._lock: int | None = None

    def create(self) -> bool:
        """Make the folder and take its lock; False if a living lab has it."""
        ROOT.mkdir(mode=0o700, exist_ok=True)
        self.path.mkdir(mode=0o700, exist_ok=True)
        return self._take_lock()

    def exists(self) -> bool:
        """Whether a lab of this prefix left anything."""
        return self.path.is_dir()

    def owned(self) -> bool:
        """Whether the process that brought the lab up still lives (it holds the lock)."""
        if not self.exists() or self._lock is not None:
            return self._lock is not None
        free = self._take_lock()
        self._release()
        return not free

    def remember(self, state: State) -> None:
        """Write the state before anything that it names is made."""
        self._state.write_text(json.dumps(asdict(state)))

    def recall(self) -> State | None:
        """The state of a lab that is up or was; None if none was written."""
        if not self._state.exists():
            return None
        return State(**json.loads(self._state.read_text()))

    def host(self, name: str, program: str) -> Path:
        """A new folder for one program of one host. Others may pass through it but not list it."""
        path = self.path / "hosts" / f"{name}-{program}"
        path.mkdir(mode=0o711, parents=True)
        return path

    def log(self, name: str) -> Path:
        """Where a program of the lab writes."""
        folder = self.path / "logs"
        folder.mkdir(exist_ok=True)
        return folder / f"{name}.log"

    def remove(self) -> None:
        """Forget everything and give the lock back."""
        for path in (self.product, self.path):
            shutil.rmtree(path, ignore_errors=True)
        self._release()

    def _take_lock(self) -> bool:
        self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._release()
            return False
        return True

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def abandoned() -> list[str]:
    """The prefixes of labs that have a state and no living owner.

    A lab that is only just coming up is not among them: it takes its lock before it writes its state.
    """
    if not ROOT.is_dir():
        return []
    folders = [Folder(path.name) for path in ROOT.iterdir()]
    return [folder.path.name for folder in folders if folder.recall() and not folder.owned()]
