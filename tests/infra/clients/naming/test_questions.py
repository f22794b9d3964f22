"""Each question, with what such a service answers: recorded from real ones, or written after their documents."""

import struct

import pytest

from backend.infra.clients.naming import (
    doors,
    greeting,
    http,
    ipp,
    mqtt,
    mysql,
    netbios,
    ntlm,
    postgresql,
    rdp,
    redis,
    rtsp,
    sip,
    smb,
    smux,
    ssh,
    telnet,
    vnc,
)
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.doors import Question
from tests.infra.clients.naming.talks import place, talk

PAGE = b"<html><head><title>NAS\n one</title></head></html>"
TOPIC = b"\x30\x2d\x00\x13$SYS/broker/versionmosquitto version 2.0.11"


async def answer_to(question: Question, *said: bytes, port: int = 1) -> Answer:
    """What a question makes of this."""
    conversation, _ = talk(*said)
    answer = await question(conversation, place(port))
    assert answer is not None
    return answer


def identity(answer: Answer) -> tuple[str | None, ...]:
    return (answer.service, answer.product, answer.version, answer.extra)


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        (greeting.ask, b"220 (vsFTPd 3.0.3)\r\n", ("ftp", "vsftpd", "3.0.3", None)),
        (greeting.ask, b"220 ProFTPD Server (Debian) [::1]\r\n", ("ftp", "ProFTPD", None, None)),
        (greeting.ask, b"220 a.example ESMTP Exim 4.96 Mon\r\n", ("smtp", "Exim smtpd", "4.96", None)),
        (
            greeting.ask,
            b"220 a.example ESMTP Postfix (Debian/GNU)\r\n",
            ("smtp", "Postfix smtpd", None, "Debian/GNU"),
        ),
        (
            greeting.ask,
            b"* OK [CAPABILITY IMAP4rev1] Dovecot (Debian) ready.\r\n",
            ("imap", "Dovecot imapd", None, "Debian"),
        ),
        (greeting.ask, b"+OK Dovecot (Debian) ready.\r\n", ("pop3", "Dovecot pop3d", None, "Debian")),
        (greeting.ask, b"@RSYNCD: 31.0\n", ("rsync", "rsync", None, "protocol version 31.0")),
        (
            ssh.ask,
            b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n",
            ("ssh", "OpenSSH", "9.2p1 Debian 2+deb12u3", "protocol 2.0"),
        ),
        (
            ssh.ask,
            b"SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.10\r\n",
            ("ssh", "OpenSSH", "8.9p1 Ubuntu 3ubuntu0.10", "Ubuntu Linux; protocol 2.0"),
        ),
        (ssh.ask, b"no admittance\r\nSSH-1.99-Cisco-1.25\n", ("ssh", "Cisco SSH", "1.25", "protocol 2.0")),
        (ssh.ask, b"SSH-2.0-thing\r\n", ("ssh", None, None, "protocol 2.0")),
        (vnc.ask, b"RFB 003.008\n", ("vnc", "VNC", None, "protocol 3.8")),
        (vnc.ask, b"RFB 003.889\n", ("vnc", "Apple remote desktop vnc", None, None)),
        (postgresql.ask, b"N", ("postgresql", "PostgreSQL DB", None, None)),
        (
            redis.ask,
            b"$40\r\n# Server\r\nredis_version:7.0.15\r\nos:Linux 6\r\n\r\n",
            ("redis", redis.NAME, "7.0.15", None),
        ),
        (redis.ask, b"-NOAUTH Authentication required.\r\n", ("redis", redis.NAME, None, None)),
        (mqtt.ask, b"\x20\x02\x00\x00\x90\x03\x00\x01\x00" + TOPIC, ("mqtt", "mosquitto", "2.0.11", None)),
        (mqtt.ask, b"\x20\x02\x00\x05", ("mqtt", None, None, "authentication required")),
        (
            mysql.ask,
            b"\x1f\x00\x00\x00\x0a5.5.5-10.11.6-MariaDB\x00" + bytes(9),
            ("mysql", "MariaDB", "10.11.6-MariaDB", None),
        ),
        (
            mysql.ask,
            b"\x45\x00\x00\x00\xffj\x04Host '10.0.0.1' is not allowed to connect to this MariaDB server",
            ("mysql", "MariaDB", None, "unauthorized"),
        ),
        (
            rtsp.ask,
            b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: GStreamer RTSP server\r\n\r\n",
            ("rtsp", "GStreamer rtspd", None, None),
        ),
        (
            sip.ask,
            b"SIP/2.0 200 OK\r\nServer: Asterisk PBX 18.10.0\r\n\r\n",
            ("sip", "Asterisk PBX", "18.10.0", None),
        ),
        (smux.ask, b"A\x01\x05", ("smux", "Linux SNMP multiplexer", None, None)),
        (
            telnet.ask,
            b"\xff\xfd\x18\xff\xfb\x01MikroTik v6.49.10 (long-term)\r\nLogin: ",
            ("telnet", "MikroTik router telnetd", "6.49.10", None),
        ),
        (rdp.ask, bytes.fromhex("030000130ed000001234000200080000000000"), ("ms-wbt-server", None, None, None)),
    ],
)
async def test_services(question: Question, said: bytes, expected: tuple[str | None, ...]) -> None:
    assert identity(await answer_to(question, said)) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (b"Server: nginx/1.22.1", ("http", "nginx", "1.22.1", None)),
        (b"Server: Apache/2.4.57 (Debian)", ("http", "Apache httpd", "2.4.57", "(Debian)")),
        (b"server:  lighttpd/1.4.69  ", ("http", "lighttpd", "1.4.69", None)),
        (b"Server: Microsoft-HTTPAPI/2.0", ("http", "Microsoft HTTPAPI httpd", "2.0", "SSDP/UPnP")),
        (b"Server: secret", ("http", None, None, None)),
        (b"X: y", ("http", None, None, None)),
    ],
)
async def test_web_servers(headers: bytes, expected: tuple[str | None, ...]) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + headers + b"\r\nContent-Length: 49\r\n\r\n"
    answer = await answer_to(http.ask, head + PAGE)
    assert identity(answer) == expected
    assert ("http-title", "NAS one") in [(script.name, script.output) for script in answer.scripts]


async def test_the_server_goes_before_the_page_and_the_page_before_nothing() -> None:
    page = b"<title>nas1 - Synology DiskStation</title>"
    both = await answer_to(http.ask, b"HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n" + page)
    assert (both.product, both.vendor, both.type_hint) == ("nginx", "Synology", "nas")
    alone = await answer_to(http.ask, b"HTTP/1.1 200 OK\r\n\r\n" + page)
    assert (alone.product, alone.hostnames) == ("Synology DiskStation Manager", ["nas1"])


async def test_a_redirect_is_noted_and_not_followed() -> None:
    conversation, said = talk(b"HTTP/1.1 302 Found\r\nLocation: http://10.9.9.9/\r\nContent-Length: 0\r\n\r\n")
    answer = await http.ask(conversation, place(80))
    assert answer is not None
    assert [(script.name, script.output) for script in answer.scripts] == [("http-location", "http://10.9.9.9/")]
    assert said.count(b"GET ") == 1


def challenge(version: tuple[int, int, int] = (10, 0, 20348), **names: str) -> bytes:
    """A CHALLENGE message ([MS-NLMP] 2.2.1.2)."""
    ids = {"computer": 1, "domain": 2, "dns_computer": 3}
    pairs = b"".join(
        struct.pack("<HH", ids[sort], 2 * len(name)) + name.encode("utf-16-le") for sort, name in names.items()
    )
    info = pairs + bytes(4)
    head = ntlm.SIGNATURE + struct.pack("<IHHII8s8s", 2, 0, 0, 56, 0xE2898215, b"12345678", bytes(8))
    return (
        head
        + struct.pack("<HHI", len(info), len(info), 56)
        + struct.pack("<BBHBBBB", *version, 0, 0, 0, 15)
        + info
    )


def smb_frames(version: tuple[int, int, int]) -> tuple[bytes, bytes]:
    """A server's answers to negotiate and to the first half of a login."""
    chosen = b"\xfeSMB" + bytes(60) + struct.pack("<HHH", 65, 3, 0x0302) + bytes(58)
    greeted = (
        b"\xfeSMB" + bytes(60) + bytes(8) + challenge(version, computer="PC1", dns_computer="pc1.corp.example")
    )
    return tuple(struct.pack(">I", len(item)) + item for item in (chosen, greeted))  # type: ignore[return-value]  # two


async def test_windows_tells_names_and_build() -> None:
    answer = await answer_to(smb.ask, *smb_frames((10, 0, 20348)), port=445)
    assert identity(answer) == ("microsoft-ds", "Microsoft Windows SMB", "10.0.20348", None)
    assert answer.hostnames == ["pc1.corp.example", "PC1"]
    assert answer.os is not None
    assert (answer.os.name, answer.os.family) == ("Microsoft Windows Server 2022", "Windows")
    assert "signing: required" in answer.scripts[0].output


async def test_samba_says_windows_without_a_build() -> None:
    answer = await answer_to(smb.ask, b"\x82\x00\x00\x00", *smb_frames((6, 1, 0)), port=139)
    assert identity(answer) == ("netbios-ssn", "Samba smbd", "4", None)
    assert answer.os is None


async def test_nothing_but_a_greeting_is_sent_in_ntlm() -> None:
    conversation, said = talk(*smb_frames((10, 0, 20348)))
    await smb.ask(conversation, place(445))
    assert said.count(ntlm.SIGNATURE) == 1
    assert ntlm.SIGNATURE + b"\x01\x00\x00\x00" in bytes(said)


def test_node_status() -> None:
    names = [(b"FILER", 0x00, 0), (b"FILER", 0x20, 0), (b"LANLAB", 0x00, 0x8000)]
    table = b"".join(name.ljust(15) + bytes([suffix]) + struct.pack(">H", flags) for name, suffix, flags in names)
    record = b"\x20" + b"CK" + b"A" * 30 + b"\x00" + struct.pack(">HHIH", 0x21, 1, 0, 1 + len(table) + 6)
    data = (
        struct.pack(">HHHHHH", 7, 0x8400, 0, 1, 0, 0) + record + bytes([3]) + table + bytes.fromhex("001122334455")
    )
    assert netbios.is_answer(data, 7)
    answer = netbios.read(data)
    assert answer is not None
    assert (answer.hostnames, answer.mac, answer.extra) == (["FILER"], "00:11:22:33:44:55", "workgroup: LANLAB")


def test_a_printer_by_ipp() -> None:
    value = b"Brother HL-L2350DW series"
    body = b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x04"
    body += b"\x41\x00\x16printer-make-and-model" + struct.pack(">H", len(value)) + value + b"\x03"
    assert ipp.attributes(body) == {"printer-make-and-model": value.decode()}
    assert ipp.attributes(ipp.question(place(631))) == {}


@pytest.mark.parametrize(
    ("said", "port", "question"),
    [
        (b"SSH-2.0-x\r\n", 2200, ssh.ask),
        (b"RFB 003.008\n", 5999, vnc.ask),
        (b"\xff\xfb\x01", 2000, telnet.ask),
        (b"\x4a\x00\x00\x00\x0a8.0", 3307, mysql.ask),
        (b"220 hello\r\n", 2021, greeting.ask),
        (b"* OK ready\r\n", 1143, greeting.ask),
        (b"whatever", 4242, None),
    ],
)
def test_who_speaks_like_this(said: bytes, port: int, question: Question | None) -> None:
    assert doors.recognised(said, port) is question


def test_the_port_decides_between_those_who_greet_alike() -> None:
    assert greeting.kind_of(b"220 hello\r\n", 25) == "smtp"
    assert greeting.kind_of(b"220 hello\r\n", 21) == "ftp"
    assert greeting.kind_of(b"220 a ESMTP\r\n", 21) == "smtp"
    assert greeting.kind_of(b"554 go away\r\n", 25) == "smtp"
