"""Programs that behave as badly as nmap might, for the helper to start in nmap's place."""

import sys
from pathlib import Path

_HEAD = """#!{python} -I
import os, signal, sys, time
OUT = {{a: sys.argv[sys.argv.index(a) + 1] for a in ("-oX", "-oN", "-oG") if a in sys.argv}}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\\n<!DOCTYPE nmaprun>\\n<nmaprun scanner="nmap">\\n'
def host(address, state="up"):
    return '<host><status state="%s" reason="x"/><address addr="%s" addrtype="ipv4"/></host>\\n' % (state, address)
TAIL = '<runstats><finished exit="success"/></runstats></nmaprun>\\n'
def xml(*parts):
    for part in parts:
        XML.write(part)
    XML.flush()
def say(text):
    sys.stdout.write(text + "\\n")
    sys.stdout.flush()
if "--version" in sys.argv:
    print("Nmap version 7.99 ( fake )")
    sys.exit()
XML = open(OUT["-oX"], "w")
NMAP = open(OUT["-oN"], "w")
GNMAP = open(OUT["-oG"], "w")
"""


def write_fake_nmap(folder: Path, body: str) -> str:
    """An executable with this body (Python; `xml`, `say`, `host`, HEAD, TAIL, NMAP, GNMAP are there)."""
    path = folder / "fake-nmap"
    path.write_text(_HEAD.format(python=Path(sys.executable).resolve()) + body)
    path.chmod(0o755)
    return str(path)
