"""NTLM's first two messages ([MS-NLMP] 2.2.1): a server that is greeted says its names and its build.

No password and no name of a user is ever sent.
"""

import base64
import binascii
import struct
from dataclasses import dataclass, field

from backend.domain.discovery.report import OsGuess
from backend.infra.clients.naming import der
from backend.infra.clients.naming.answer import Answer

SIGNATURE = b"NTLMSSP\x00"
# Unicode, OEM, request target, sign, NTLM, always sign, extended security, version, 128, key exchange, 56.
_FLAGS = 0xE2088297
_PAIRS = {1: "computer", 2: "domain", 3: "dns_computer", 4: "dns_domain", 5: "dns_tree"}
MAX_PAIRS = 32
_SPNEGO = "1.3.6.1.5.5.2"
_NTLM = "1.3.6.1.4.1.311.2.2.10"
# Build numbers from Microsoft's lists of releases; server and client editions share some of them.
_BUILDS = (
    (26100, "Windows 11 or Windows Server 2025"),
    (22000, "Windows 11"),
    (20348, "Windows Server 2022"),
    (17763, "Windows 10 or Windows Server 2019"),
    (14393, "Windows 10 or Windows Server 2016"),
    (10240, "Windows 10"),
    (9600, "Windows 8.1 or Windows Server 2012 R2"),
    (9200, "Windows 8 or Windows Server 2012"),
    (7600, "Windows 7 or Windows Server 2008 R2"),
    (6000, "Windows Vista or Windows Server 2008"),
    (3790, "Windows Server 2003"),
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a server says of itself: names by sort, and major, minor and build of its Windows."""

    names: dict[str, str] = field(default_factory=dict)
    version: tuple[int, int, int] | None = None

    @property
    def windows(self) -> str | None:
        """The Windows that has this build. Samba says 6.1 without a build, and is none."""
        build = self.version[2] if self.version else 0
        return next((name for first, name in _BUILDS if build >= first), None)

    def tell(self, answer: Answer) -> None:
        """Note names and operating system."""
        names = self.names
        for name in (names.get("dns_computer"), names.get("computer")):
            if name and name not in answer.hostnames:
                answer.hostnames.append(name)
        if self.windows and self.version:
            answer.os = OsGuess(f"Microsoft {self.windows}", 90, "Windows")
        shown = [f"{sort.replace('_', ' ')}: {name}" for sort, name in names.items()]
        if self.version and self.version[2]:
            shown.append("version: {}.{}.{}".format(*self.version))
        answer.note("ntlm-info", "\n".join(shown))


def hello() -> bytes:
    """The NEGOTIATE message, bare."""
    return SIGNATURE + struct.pack("<II", 1, _FLAGS) + bytes(16) + bytes([10, 0, 0, 0, 0, 0, 0, 15])


def hello_spnego() -> bytes:
    """The same inside SPNEGO (RFC 4178), as SMB and WinRM want it."""
    types = der.wrap(0xA0, der.wrap(0x30, der.oid(_NTLM)))
    token = der.wrap(0xA2, der.wrap(0x04, hello()))
    inner = der.wrap(0xA0, der.wrap(0x30, types + token))
    return der.wrap(0x60, der.oid(_SPNEGO) + inner)


def hello_text() -> str:
    """SPNEGO for an HTTP header."""
    return base64.b64encode(hello_spnego()).decode()


def from_text(text: str) -> bytes:
    """Bytes of base64, none where it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def challenge_in(data: bytes) -> Challenge | None:
    """The CHALLENGE message somewhere in these bytes; whatever wraps it does not matter."""
    start = data.find(SIGNATURE)
    message = data[start:]
    if start < 0 or len(message) < 48 or message[8:12] != b"\x02\x00\x00\x00":
        return None
    length, _, offset = struct.unpack_from("<HHI", message, 40)
    version = struct.unpack_from("<BBH", message, 48) if len(message) >= 56 and offset >= 56 else None
    return Challenge(_pairs(message[offset : offset + length]), version)


def _pairs(data: bytes) -> dict[str, str]:
    names: dict[str, str] = {}
    for _ in range(MAX_PAIRS):
        if len(data) < 4:
            break
        sort, length = struct.unpack_from("<HH", data)
        if sort in _PAIRS and length <= 1024:
            names[_PAIRS[sort]] = data[4 : 4 + length].decode("utf-16-le", "replace").strip("\x00")
        data = data[4 + length :]
        if sort == 0:
            break
    return {sort: name for sort, name in names.items() if name}
