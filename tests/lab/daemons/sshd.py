"""OpenSSH with host keys of its own."""

from pathlib import Path

from tests.lab.daemons.place import Command, Place
from tests.lab.model import Program
from tests.lab.netns import command

KEY_TYPES = ("ed25519", "ecdsa")
PRIVILEGE_SEPARATION = Path("/run/sshd")  # compiled into Debian's sshd, which refuses to start without it


def prepare(place: Place, program: Program) -> list[Command]:
    """Make the host keys and the configuration; nobody can log in."""
    PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    lines = [f"Port {port.number}" for port in program.ports]
    for kind in KEY_TYPES:
        key = place.folder / f"host_{kind}"
        command("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", place.host.name, "-f", str(key))
        lines.append(f"HostKey {key}")
    lines += [
        "PidFile none",
        "UsePAM no",
        "PasswordAuthentication no",
        "UseDNS no",
        "AuthorizedKeysFile none",
    ]
    config = place.write("sshd_config", "\n".join(lines) + "\n")
    return [Command(("/usr/sbin/sshd", "-D", "-e", "-f", str(config)))]
