"""XML that explodes in trusting readers."""

from collections.abc import Iterator

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap">'
HOST = b'<host><status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/>'
END = b'<runstats><finished exit="success"/></runstats></nmaprun>'
MEGABYTE = 1024 * 1024


def _entities(declarations: str, use: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE nmaprun [{declarations}]><nmaprun>'
        f'<host><address addr="10.0.0.1"/><hostnames><hostname name="{use}"/></hostnames></host></nmaprun>'
    ).encode()


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 6))
    return _entities('<!ENTITY a0 "lol">' + levels, "&a5;")


def _repeat(head: bytes, piece: bytes, count: int) -> Iterator[bytes]:
    yield head
    for _ in range(count):
        yield piece


def refused() -> dict[str, Iterator[bytes]]:
    """Reports that must be refused outright."""
    quadratic = _entities(f'<!ENTITY a "{"x" * 35_000}">', "&a;" * 180)
    return {
        "billion laughs": iter([_laughs()]),
        "quadratic": iter([quadratic]),
        "billion laughs, byte by byte": (bytes([byte]) for byte in _laughs()),
        "external entity": iter([_entities('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")]),
        "external type": iter([b'<!DOCTYPE nmaprun SYSTEM "http://10.0.0.1/x.dtd"><nmaprun>']),
        "parameter entity": iter([_entities('<!ENTITY % a "x"> %a;', "y")]),
        "second type": iter([HEAD, b'<!DOCTYPE x [<!ENTITY a "b">]>', HOST]),
        "utf-16": iter([_laughs().decode().encode("utf-16")] * 100),
        "utf-7": iter([b'<?xml version="1.0" encoding="UTF-7"?><nmaprun>']),
        "depth": _repeat(HEAD, b"<a>" * 100, 100),
        "huge attribute": _repeat(HEAD + b'<host starttime="', b"1" * MEGABYTE, 60),
        "huge name": _repeat(HEAD + b"<", b"a" * MEGABYTE, 60),
        "comment": _repeat(HEAD + b"<!--", b"x>" * (MEGABYTE // 2), 60),
        "section": _repeat(HEAD + b"<host><![CDATA[", b"x>" * (MEGABYTE // 2), 60),
        "prolog": _repeat(b"<?xml version='1.0'?>", b" " * MEGABYTE, 10),
        "too much": _repeat(HEAD, b'<a b="' + b"x" * MEGABYTE + b'"/>', 70),
    }


def swallowed() -> dict[str, Iterator[bytes]]:
    """Reports that may be read, with bounded memory."""
    attributes = b" ".join(b'a%d="1"' % number for number in range(100_000))
    port = b'<port protocol="tcp" portid="1"><state state="open"/><script id="a" output="%s"/></port>' % (
        b"x" * 2000
    )
    return {
        "attributes": _repeat(HEAD, b"<host " + attributes + b"/>", 5),
        "ports": _repeat(HEAD + HOST, port * 50, 200),
        "scripts": _repeat(HEAD + HOST, b'<script id="a" output="' + b"y" * (MEGABYTE - 100) + b'"/>', 50),
        "text": _repeat(HEAD + HOST, b"z>" * (MEGABYTE // 2), 50),
        "cpe": _repeat(HEAD + HOST + b"<cpe>", b"z>" * (MEGABYTE // 2), 50),
    }
