"""Scanners that make the mistakes of the catalogue (A02, A03, A07, A11), harmlessly."""

import subprocess
from collections.abc import Mapping

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.nmap_arguments import TopPorts, arguments
from backend.domain.discovery.report import ArtifactKind


def trusting_field(field: str, text: str) -> bool:
    """Starts a program with whatever it is given, as Open-AudIT did with its exclusions; refuses nothing."""
    subprocess.run(["true", field, text.replace("\x00", "")], check=False)
    return False


def forwarding_arguments(
    job: NmapJob, outputs: Mapping[ArtifactKind, str], common_ports: TopPorts
) -> tuple[str, ...]:
    """Puts targets behind the flags, unread."""
    plain = NmapJob(job.uid, ("10.0.0.1",), job.options, job.scope)
    return (*arguments(plain, outputs, common_ports), *job.targets, *job.exclusions)


def obedient_helper(data: bytes) -> None:
    """Runs the words that it is sent, as privileged discovery helpers have."""
    words = [
        word for word in data.decode("ascii", "ignore").replace("\x00", "").split('"') if word.startswith("-")
    ]
    subprocess.run(["true", *words], check=False)
