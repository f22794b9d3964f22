"""The lab itself: build, check that it is a dead end, start the machines' programs, and end it all.

    from tests.lab.lab import Lab
    with Lab("mylab") as lab:
        lab.run(["nmap", "-sn", "10.77.0.0/24"])

Two labs with two prefixes share nothing, so their addresses may be, and are, the same.
"""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from typing import Any, Self

from tests.lab import isolation, netns, probes, processes, truth, wiring
from tests.lab.daemons import PREPARATIONS
from tests.lab.daemons.place import Place
from tests.lab.errors import LabError, SilenceError
from tests.lab.model import Host, Plan
from tests.lab.network import PLAN
from tests.lab.state import Folder, State, abandoned

PREFIX = re.compile(r"[a-z][a-z0-9]{1,15}")
START_PATIENCE_S = 15.0


class Lab:
    """One lab. `up` makes it, `down` leaves nothing of it; both need root."""

    def __init__(self, prefix: str, plan: Plan = PLAN) -> None:
        """Name a lab; nothing is made yet. Raises LabError for a prefix that cannot name namespaces."""
        if not PREFIX.fullmatch(prefix):
            raise LabError(f"prefix {prefix!r}: 2 to 16 small letters and digits, a letter first")
        self.prefix = prefix
        self.plan = plan
        self.folder = Folder(prefix)
        self.children = processes.Children()
        self._namespaces = wiring.namespaces(prefix, plan)

    def __enter__(self) -> Self:
        """Bring the lab up."""
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the lab down."""
        self.down()

    def up(self) -> None:
        """Build, prove isolation, start every program and wait until each port answers.

        Raises LabError; then nothing stays.
        """
        if os.geteuid() != 0:
            raise LabError("a lab needs root: it makes network namespaces")
        self._take_folder()
        try:
            self._build()
        except BaseException:
            self.down()
            raise

    def down(self) -> None:
        """End every program and remove every namespace and file, also those of an owner that was killed."""
        self.children.end_all()
        state = self.folder.recall()
        names = state.namespaces if state else []
        processes.end_inhabitants(names)
        for name in names:
            netns.delete(name)
        self.folder.remove()

    def namespace(self, machine: str) -> str:
        """The namespace of a machine, by its name in the plan or "scanner" or "switch"."""
        name = wiring.namespace(self.prefix, machine)
        if name not in self._namespaces:
            raise LabError(f"the lab has no machine {machine!r}")
        return name

    def run(
        self, argv: Sequence[str], machine: str = "scanner", *, timeout_s: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on a machine and wait for it. Raises what subprocess.run(check=True) raises."""
        return subprocess.run(
            netns.argv_inside(self.namespace(machine), argv),
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=True,
        )

    def truth(self) -> dict[str, Any]:
        """The ground truth, read back from its file."""
        found: dict[str, Any] = json.loads(self.folder.truth.read_text())
        return found

    def silent_ports(self, patience_s: float = 1.0) -> list[probes.Doorbell]:
        """The ports that should answer and do not."""
        return probes.silent(self.prefix, self.plan, probes.doorbells(self.plan), patience_s=patience_s)

    def _take_folder(self) -> None:
        if self.folder.owned():
            raise LabError(f"lab {self.prefix} is up already")
        for prefix in abandoned():
            Lab(prefix).down()
        if not self.folder.create():
            raise LabError(f"lab {self.prefix} is being brought up by another process")

    def _build(self) -> None:
        for name in self._namespaces:
            if (netns.NAMESPACES / name).exists():
                raise LabError(f"namespace {name} exists and is not this lab's")
        self.folder.remember(State(os.getpid(), self._namespaces))
        wiring.build(self.prefix, self.plan)
        isolation.require_isolation(self._namespaces)
        for host in self.plan.hosts:
            self._start(host)
        if late := self.silent_ports(START_PATIENCE_S):
            gone = f"; ended: {self.children.ended()}" if self.children.ended() else ""
            raise SilenceError(f"no answer from {late}{gone}")
        truth.write(self.folder.truth, truth.ground_truth(self.plan))

    def _start(self, host: Host) -> None:
        for program in host.programs:
            folder = self.folder.host(host.name, program.daemon)
            commands = PREPARATIONS[program.daemon](Place(self.plan, host, folder), program)
            log = self.folder.log(f"{host.name}-{program.daemon}")
            for wanted in commands:
                self.children.start(self.namespace(host.name), wanted, log)
