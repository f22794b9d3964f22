"""The real scan helper; the program in nmap's place says as many lines as it is told to and sends nothing."""

import asyncio
import os
import sys
from pathlib import Path

from backend.infra.clients.nmap_process import NmapProgram
from backend.infra.scan_helper.server import ScanHelper

# It begins when everybody listens (a file is there), says its lines by the clock, as a scanner does that waits
# for the network, and then reports its hosts.
TALKER = """#!{python} -I
import os, sys, time
if "--version" in sys.argv:
    print("Nmap version 7.99 ( talker )")
    sys.exit()
files = {{a: open(sys.argv[sys.argv.index(a) + 1], "w") for a in ("-oX", "-oN", "-oG") if a in sys.argv}}
xml = files["-oX"]
xml.write('<?xml version="1.0" encoding="UTF-8"?>\\n<!DOCTYPE nmaprun>\\n<nmaprun scanner="nmap">\\n')
while not os.path.exists("{gate}"):
    time.sleep(0.005)
started, lines, rate = time.monotonic(), {lines}, {rate}
for number in range(lines):
    sys.stdout.write("%07d Discovered open port 443/tcp on 10.79.0.%d after a while of looking and listening\\n"
                     % (number, number % 250))
    ahead = number / rate - (time.monotonic() - started)
    if ahead > 0.01:
        sys.stdout.flush()
        time.sleep(ahead)
sys.stdout.flush()
for number in range(1, 17):
    address = '<address addr="10.79.0.%d" addrtype="ipv4"/>' % number
    xml.write('<host><status state="up" reason="x"/>' + address + '</host>\\n')
xml.write('<runstats><finished exit="success"/></runstats></nmaprun>\\n')
xml.flush()
"""


async def serve(socket: Path, lines: int, rate: int) -> None:
    """Serve until ended."""
    program = socket.with_name("talker")
    program.write_text(TALKER.format(python=sys.executable, lines=lines, rate=rate, gate=socket.with_name("go")))
    program.chmod(0o755)
    server = await ScanHelper(NmapProgram(str(program)), {os.getuid()}).listen(socket)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
