"""snmpd, version 2c, with the community that careless networks use."""

from tests.lab.daemons.place import Command, Place
from tests.lab.model import Program

COMMUNITY = "public"


def prepare(place: Place, program: Program) -> list[Command]:
    """Write snmpd.conf; what the agent remembers between starts stays in the folder too."""
    lines = [
        f"rocommunity {COMMUNITY}",
        f"sysName {place.host.name}.{place.plan.zone}",
        f"sysDescr {program.word('description')}",
        f"sysLocation {program.word('location')}",
        "sysContact lab@lanarium.test",
        *(f"agentaddress udp:{port.number},udp6:{port.number}" for port in program.ports),
    ]
    config = place.write("snmpd.conf", "\n".join(lines) + "\n")
    argv = (
        "/usr/sbin/snmpd",
        "-f",
        "-Lo",
        "-I",
        "-smux",
        "-C",
        "-c",
        str(config),
        "-p",
        str(place.folder / "snmpd.pid"),
    )
    return [Command(argv, (("SNMP_PERSISTENT_DIR", str(place.folder)), ("MIBS", "")))]
