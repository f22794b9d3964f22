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
