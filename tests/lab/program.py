"""Where the tests find the program: this checkout if the service users can read it, else a copy made by setup."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
COPY = Path("/var/tmp/lanarium-test")
NOBODY = ("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")


def lanarium() -> list[str]:
    """The command line of the `lanarium` command, run by root and readable for its service users."""
    if _readable_for_all(CHECKOUT, Path(sys.executable)):
        return [
            "env",
            f"PYTHONPATH={CHECKOUT}",
            f"LANARIUM_APP_DIR={CHECKOUT}",
            sys.executable,
            "-m",
            "backend.cli",
        ]
    # A checkout below /root, say. The first time this makes a virtual environment too.
    environment = {**os.environ, "LANARIUM_PREFIX": str(COPY)}
    subprocess.run([CHECKOUT / "scripts" / "setup.sh"], env=environment, check=True, stdin=subprocess.DEVNULL)
    return [str(COPY / "bin" / "lanarium")]


def build_web_ui() -> None:
    """Build the web UI if its sources changed; the program serves it from the checkout."""
    beside = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(CHECKOUT / "scripts" / "frontend.sh"), "build"]
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL)


def _readable_for_all(checkout: Path, python: Path) -> bool:
    script = 'test -x "$1" && test -r "$2/backend/cli.py"'
    done = subprocess.run([*NOBODY, "sh", "-c", script, "sh", str(python), str(checkout)], check=False)
    return done.returncode == 0
