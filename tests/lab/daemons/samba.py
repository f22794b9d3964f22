"""Samba: smbd with one guest share, nmbd for the NetBIOS name; all state in the host's folder."""

from tests.lab.daemons.place import Command, Place
from tests.lab.model import Program

FOLDERS = ("private", "lock", "state", "cache", "pid", "ncalrpc", "binddns", "usershares", "share", "log")
CONFIG = """\
[global]
  server role = standalone server
  workgroup = LANLAB
  netbios name = {netbios}
  server string = {netbios} file server
  map to guest = Bad User
  load printers = no
  printing = bsd
  printcap name = /dev/null
  disable spoolss = yes
  dns proxy = no
  private dir = {folder}/private
  lock directory = {folder}/lock
  state directory = {folder}/state
  cache directory = {folder}/cache
  pid directory = {folder}/pid
  ncalrpc dir = {folder}/ncalrpc
  binddns dir = {folder}/binddns
  usershare path = {folder}/usershares
  usershare max shares = 0
  log file = {folder}/log/%m.log
[public]
  path = {folder}/share
  guest ok = yes
  read only = yes
"""


def prepare(place: Place, program: Program) -> list[Command]:
    """Write smb.conf and the folders it names."""
    for name in FOLDERS:
        (place.folder / name).mkdir(mode=0o755)
    config = place.write(
        "smb.conf",
        CONFIG.format(folder=place.folder, netbios=program.word("netbios", place.host.name.upper())),
    )
    options = ("--foreground", "--no-process-group", f"--configfile={config}", "--debug-stdout")
    return [Command((f"/usr/sbin/{name}", *options)) for name in ("smbd", "nmbd")]
