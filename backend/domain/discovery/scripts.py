"""The only NSE scripts that Lanarium runs: safe, read-only, asked of the host itself, each by name.

Left out on purpose although nmap calls them safe: scripts that go where the answer sends them (upnp-info and
http-favicon follow a device's URL, ftp-anon its PASV address) or that make the device ask outside
(dns-recursion). A hostile device could steer those out of the networks a person allowed.
"""

ALLOWED_SCRIPTS: tuple[str, ...] = (
    "banner",
    "dns-nsid",
    "dns-service-discovery",
    "ftp-syst",
    "http-generator",
    "http-server-header",
    "http-title",
    "imap-capabilities",
    "mysql-info",
    "nbstat",
    "nfs-showmount",
    "ntp-info",
    "pop3-capabilities",
    "rdp-ntlm-info",
    "rpcinfo",
    "smb-os-discovery",
    "smb-protocols",
    "smb-security-mode",
    "smb2-security-mode",
    "smb2-time",
    "smtp-commands",
    "snmp-info",
    "snmp-sysdescr",
    "ssh-hostkey",
    "ssh2-enum-algos",
    "ssl-cert",
    "tls-alpn",
    "vmware-version",
    "vnc-info",
)

STANDARD_SCRIPTS: tuple[str, ...] = (
    "dns-service-discovery",
    "http-server-header",
    "http-title",
    "nbstat",
    "rdp-ntlm-info",
    "smb-os-discovery",
    "smb2-security-mode",
    "snmp-info",
    "ssh-hostkey",
    "ssl-cert",
    "vmware-version",
)

# What our own conversations with a host's services print themselves, under the same names.
TOLD_BY_NAMING = frozenset(
    {
        "banner",
        "dns-service-discovery",
        "http-server-header",
        "http-title",
        "nbstat",
        "smb-protocols",
        "snmp-info",
        "ssh-hostkey",
        "ssl-cert",
    }
)

# The doors without which a script has nobody to ask; one that is not listed here may find something anywhere.
_DOORS: dict[str, frozenset[int]] = {
    "imap-capabilities": frozenset({143, 993}),
    "mysql-info": frozenset({3306}),
    "nfs-showmount": frozenset({111, 2049}),
    "ntp-info": frozenset({123}),
    "pop3-capabilities": frozenset({110, 995}),
    "rdp-ntlm-info": frozenset({3389}),
    "rpcinfo": frozenset({111}),
    "smb-os-discovery": frozenset({139, 445}),
    "smb-security-mode": frozenset({139, 445}),
    "smb2-security-mode": frozenset({139, 445}),
    "smb2-time": frozenset({139, 445}),
    "vmware-version": frozenset({443, 902, 8333, 9443}),
    "vnc-info": frozenset(range(5900, 5910)),
}


def worth_asking(scripts: tuple[str, ...], ports: frozenset[int], *, spoken_to: bool) -> tuple[str, ...]:
    """The scripts that can still tell something of a host with these open ports."""
    left = (name for name in scripts if not (spoken_to and name in TOLD_BY_NAMING))
    return tuple(name for name in left if ports & _DOORS.get(name, ports))
