"""The network that the lab builds. Only data: what stands here is also the ground truth.

MAC prefixes are from the IEEE registry as nmap 7.93 ships it (`nmap-mac-prefixes`).
"""

from tests.lab.model import Daemon, Host, Interface, Plan, Port, Program, Segment

ZONE = "lab.lanarium.test"
OFFICE = Segment("office", "10.77.0.0/24", "fd77::/64")
SERVERS = Segment("servers", "10.77.1.0/24")


def _office(number: int, mac: str) -> tuple[Interface, ...]:
    return (Interface(OFFICE.name, number, mac),)


def _servers(number: int, mac: str) -> tuple[Interface, ...]:
    return (Interface(SERVERS.name, number, mac),)


def _ssh(port: int = 22) -> Program:
    return Program(Daemon.SSHD, (Port(port, ("ssh",), "OpenSSH"),))


def _web(*ports: int, title: str) -> Program:
    return Program(Daemon.NGINX, tuple(_web_port(port) for port in ports), (("title", title),))


def _web_port(port: int) -> Port:
    if port % 1000 == 443:
        return Port(port, ("http", "https"), "nginx", tunnel="ssl")
    return Port(port, ("http", "http-proxy"), "nginx")


def _dns() -> Program:
    ports = (Port(53, ("domain",), "dnsmasq"), Port(53, ("domain",), "dnsmasq", protocol="udp"))
    return Program(Daemon.DNSMASQ, ports)


def _samba(netbios: str) -> Program:
    ports = (
        Port(139, ("netbios-ssn",), "Samba"),
        Port(445, ("netbios-ssn", "microsoft-ds"), "Samba"),
        Port(137, ("netbios-ns",), protocol="udp"),
    )
    return Program(Daemon.SAMBA, ports, (("netbios", netbios),))


def _snmp(description: str, location: str) -> Program:
    port = Port(161, ("snmp",), protocol="udp")
    return Program(Daemon.SNMPD, (port,), (("description", description), ("location", location)))


def _printer() -> Program:
    return Program(Daemon.PRINTER, (Port(631, ("ipp",), "CUPS"), Port(9100, ("jetdirect",))))


HOSTS = (
    Host(
        "gw",
        (Interface(OFFICE.name, 1, "00:1b:54:77:00:01"), Interface(SERVERS.name, 1, "00:1b:54:77:01:01")),
        "Cisco",
        (_ssh(), _dns(), _snmp("Cisco IOS Software, C2900 Software, Version 15.7(3)M8", "Rack 1")),
        forwards=True,
    ),
    Host("pi", _office(10, "b8:27:eb:77:00:10"), "Raspberry", (_ssh(),)),
    Host(
        "desk",
        _office(11, "f8:bc:12:77:00:11"),
        "Dell",
        (_ssh(), _web(80, title="Desk status"), _snmp("Linux desk 6.1.0-28-amd64 x86_64", "Office")),
    ),
    Host(
        "nas",
        _office(12, "00:11:32:77:00:12"),
        "Synology",
        (_ssh(), _web(80, 443, title="DiskStation"), _samba("NAS")),
    ),
    Host(
        "printer",
        _office(20, "00:25:b3:77:00:20"),
        "Hewlett",
        (_printer(), _snmp("HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153", "Corridor")),
    ),
    Host("quiet", _office(30, "24:0a:c4:77:00:30"), "Espressif"),
    Host("noping", _office(31, "dc:a6:32:77:00:31"), "Raspberry", (_ssh(),), answers_ping=False),
    Host(
        "camera",
        _office(40, "ac:cc:8e:77:00:40"),
        "Axis",
        (_web(80, title="Axis camera"),),
        dropped=(23, 554),
    ),
    Host("phone", _office(50, "da:a1:19:77:00:50"), None, in_dns=False),
    Host("web", _servers(10, "bc:24:11:77:01:10"), "Proxmox", (_ssh(), _web(80, 443, title="Intranet"))),
    Host("files", _servers(11, "ac:1f:6b:77:01:11"), "Super Micro", (_ssh(), _samba("FILES"))),
    Host(
        "dns2",
        _servers(12, "00:0c:29:77:01:12"),
        "VMware",
        (_dns(), _snmp("Linux dns2 6.1.0-28-amd64 x86_64", "Rack 2")),
    ),
    Host("mgmt", _servers(13, "3c:52:82:77:01:13"), "Hewlett", (_ssh(2222), _web(8080, title="Management"))),
    Host(
        "silent",
        _servers(31, "bc:30:5b:77:01:31"),
        "Dell",
        (_web(443, title="No ping here"),),
        answers_ping=False,
    ),
    Host(
        "vault",
        _servers(40, "00:e0:4c:77:01:40"),
        "Realtek",
        (_ssh(),),
        dropped=(80, 443, 3389),
        in_dns=False,
    ),
)

PLAN = Plan(
    zone=ZONE,
    segments=(OFFICE, SERVERS),
    hosts=HOSTS,
    scanner=Host("scanner", _office(2, "18:b4:30:77:00:02"), "Nest", in_dns=False),
    gateway="gw",
    # A name inside the zone that leads out of it (RFC 5737 address): a scope guard must look where it leads.
    foreign_names=(("outside", "198.51.100.77"),),
)
