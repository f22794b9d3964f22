"""The database that `lanarium up` runs, for commands of whoever has a shell on the machine."""

import os
import pwd
from pathlib import Path

from backend.settings import Settings


class NoLanarium(Exception):
    """There is no Lanarium where the settings say; the text says what to set."""


def with_database(settings: Settings) -> Settings:
    """The settings with the private database filled in, where none is named. Raises NoLanarium.

    That database lets in nobody but its users, so root becomes the application's user.
    """
    if settings.database_url:
        return settings
    sockets: Path = settings.run_dir / "pg"
    keys = settings.jwt_key_file.parent
    if not keys.is_dir():
        raise NoLanarium(f"There is no Lanarium in {settings.data_dir}; set DATABASE_URL or LANARIUM_DATA_DIR")
    owner = keys.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        entry = pwd.getpwuid(owner)
        os.initgroups(entry.pw_name, entry.pw_gid)
        os.setgid(entry.pw_gid)
        os.setuid(owner)
    return settings.model_copy(update={"database_url": f"postgresql://lanarium@/lanarium?host={sockets}"})
