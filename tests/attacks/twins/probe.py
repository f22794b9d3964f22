"""What a broken-into nmap would try next (A06). Run inside the cage, and by the twin outside of it.

Prints the names of the attempts that succeeded, one on each line. Arguments: a key file, a database socket.
"""

import os
import socket
import sys
from pathlib import Path

KEY, DATABASE = sys.argv[1:3]


def read_key() -> None:
    """The keyring is not ours."""
    Path(KEY).read_bytes()


def open_database() -> None:
    """The database takes the app only."""
    socket.socket(socket.AF_UNIX).connect(DATABASE)


def become_root() -> None:
    """Another uid, by asking."""
    os.setuid(0)


def become_other() -> None:
    """Another service's uid."""
    os.setresuid(61_700, 61_700, 61_700)


def trace_init() -> None:
    """Another process's memory."""
    Path("/proc/1/mem").open("rb").close()


def signal_init() -> None:
    """Another user's process."""
    os.kill(1, 0)


def change_root() -> None:
    """Another view of the files."""
    os.chroot("/")


def grow_file() -> None:
    """A file of our own that holds anything."""
    path = Path(f"/dev/shm/lnm-probe-{os.getpid()}")
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.write(descriptor, b"x")
    finally:
        path.unlink()


def gain_by_program() -> None:
    """A program that gives its caller more rights: with no_new_privs it must not."""
    pid = os.fork()
    if pid == 0:
        os.execvp("su", ["su", "-s", "/bin/true", "root"])
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise PermissionError("refused")


ATTEMPTS = (
    read_key,
    open_database,
    become_root,
    trace_init,
    signal_init,
    change_root,
    grow_file,
    gain_by_program,
    become_other,
)
sys.stdin.close()
for attempt in ATTEMPTS:
    try:
        attempt()
    except OSError:
        continue
    sys.stdout.write(attempt.__name__ + "\n")
sys.stdout.flush()
