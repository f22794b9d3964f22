"""How each real program is configured: one file per program, one function `prepare` in each.

`prepare` writes what the program needs into the host's folder and gives the command lines that run it in
the foreground. It starts nothing.
"""

from collections.abc import Mapping

from tests.lab.daemons import dnsmasq, nginx, printer, samba, snmpd, sshd
from tests.lab.daemons.place import Prepare
from tests.lab.model import Daemon

PREPARATIONS: Mapping[Daemon, Prepare] = {
    Daemon.SSHD: sshd.prepare,
    Daemon.NGINX: nginx.prepare,
    Daemon.DNSMASQ: dnsmasq.prepare,
    Daemon.SAMBA: samba.prepare,
    Daemon.SNMPD: snmpd.prepare,
    Daemon.PRINTER: printer.prepare,
}
