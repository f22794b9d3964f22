"""The system users under whom Lanarium's processes run, made when they are missing. Needs root."""

import pwd
import shutil
import subprocess
from dataclasses import dataclass

from backend.infra.system.problems import StartRefused


@dataclass(frozen=True, slots=True)
class ServiceUsers:
    """One user per job, so that a break-in at one does not reach what the others hold."""

    app: str = "lanarium"
    database: str = "lanarium-db"
    web: str = "lanarium-web"
    scan: str = "lanarium-scan"

    def all(self) -> tuple[str, ...]:
        """Every name, the application's first."""
        return (self.app, self.database, self.web, self.scan)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a process runs as: a user and its own group, no other groups."""

    user: str
    uid: int
    gid: int

    @classmethod
    def of(cls, user: str) -> "Identity":
        """Look a user up; KeyError when there is none of that name."""
        entry = pwd.getpwnam(user)
        return cls(user, entry.pw_uid, entry.pw_gid)


def ensure_users(users: ServiceUsers) -> None:
    """Create the system users that are missing; each gets a group of its own name and no login."""
    for name in users.all():
        if not _exists(name):
            _create(name)


def _exists(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


def _create(name: str) -> None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        raise StartRefused("The program `useradd` is missing.", code="useradd_missing", remedy="Install `passwd`.")
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(  # noqa: S603 - names come from our settings, never from the network
        [program, *options, "--shell", "/usr/sbin/nologin", name], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise StartRefused(f"Cannot create the user {name}: {done.stderr.strip()}", code="user_not_created")


def privileges(identity: Identity, *, raw_sockets: bool = False) -> list[str]:
    """The command that becomes `identity` before it runs what follows it.

    Everything is given up for good: capabilities, the bounding set and the way back through set-uid programs.
    With `raw_sockets` exactly CAP_NET_RAW stays, inherited by programs without file capabilities (ambient).
    """
    kept = "-all,+net_raw" if raw_sockets else "-all"
    return [
        "setpriv",
        f"--reuid={identity.uid}",
        f"--regid={identity.gid}",
        "--clear-groups",
        f"--inh-caps={kept}",
        f"--ambient-caps={kept}",
        f"--bounding-set={kept}",
        "--no-new-privs",
        "--",
    ]
