"""Is this host a Windows? Its ports say so, its greeting names it, and a login that works asks it.

The greeting is NTLM's first message ([MS-NLMP] 2.2.1.1): no user and no password is in it.
"""

import asyncio
import time
from dataclasses import replace

from backend.domain.inventory.text import optional_line
from backend.domain.monitoring.collector import CheckFailed, Credential, Trace
from backend.domain.monitoring.windows import WINDOWS_PORTS, WindowsFacts
from backend.infra.clients.naming import ntlm
from backend.infra.clients.winrm import login
from backend.infra.clients.winrm.line import Line
from backend.infra.clients.winrm.messages import Row
from backend.infra.clients.winrm.place import Place, Trust, account_of, place_of
from backend.infra.clients.winrm.session import connected, session

# A port that does not answer within this many seconds is taken for closed.
KNOCK_S = 2.0
SYSTEM = "SELECT CSName, Caption, Version, BuildNumber FROM Win32_OperatingSystem"
COMPUTER = "SELECT DNSHostName, Domain, PartOfDomain FROM Win32_ComputerSystem"


class WinrmRecogniser:
    """Recognises Windows hosts over the network; `ports` are knocked at, in the order of WINDOWS_PORTS."""

    def __init__(self, ports: tuple[int, int, int] = WINDOWS_PORTS) -> None:
        self._ports = ports

    async def recognise(
        self, address: str, credential: Credential | None, *, timeout_s: float, name: str | None = None
    ) -> WindowsFacts | None:
        """What the host says; None where it is no Windows. See the port in the domain."""
        ends_at = time.monotonic() + timeout_s
        found = await self._knock(address, credential, min(KNOCK_S, timeout_s / 2))
        if not found:
            return None
        facts = WindowsFacts(address, found)
        if credential is not None and credential.type == "winrm":
            facts = await self._asked(facts, credential, name, ends_at)
        if facts.logged_in:
            return facts
        return await self._greeted(facts, ends_at)

    async def _knock(self, address: str, credential: Credential | None, seconds: float) -> tuple[int, ...]:
        own = (credential.port,) if credential and credential.type == "winrm" and credential.port else ()
        ports = tuple(dict.fromkeys((*self._ports, *own)))
        opened = await asyncio.gather(*(_open(address, port, seconds) for port in ports))
        return tuple(port for port, is_open in zip(ports, opened, strict=True) if is_open)

    async def _asked(
        self, facts: WindowsFacts, credential: Credential, name: str | None, ends_at: float
    ) -> WindowsFacts:
        """With the credential, in half of the time, so that a host that hangs can still be greeted."""
        seconds = max(0.5, (ends_at - time.monotonic()) / 2)
        usual = self._ports[2] if credential.use_ssl else self._ports[1]
        try:
            place = place_of(facts.address, credential, name=name, port=credential.port or usual)
            async with (
                asyncio.timeout(seconds),
                session(place, account_of(credential, place), Trace(), seconds) as asked,
            ):
                system = await asked.query(SYSTEM)
                computer = await asked.query(COMPUTER)
        except CheckFailed as failed:
            return replace(facts, refused=failed)
        except TimeoutError:
            late = CheckFailed("timeout", f"{facts.address} did not answer in time", phase="login")
            return replace(facts, refused=late)
        return _told(facts, system, computer)

    async def _greeted(self, facts: WindowsFacts, ends_at: float) -> WindowsFacts | None:
        """Its names and its build by NTLM; None where something answers that is no Windows."""
        clear, tls = self._ports[1], self._ports[2]
        for port in (port for port in facts.ports if port in {clear, tls}):
            place = Place(facts.address, port, facts.address, port == tls, Trust(verify=False))
            try:
                async with asyncio.timeout(max(0.1, ends_at - time.monotonic())):
                    async with connected(place, Trace(), ends_at) as connection:
                        challenge, is_winrm = await connection.do(_greet, connection.line)
            except (CheckFailed, TimeoutError):
                continue
            if challenge is not None:
                return _named(facts, challenge)
            if not is_winrm:
                facts = replace(facts, ports=tuple(each for each in facts.ports if each != port))
        return facts if facts.ports else None


def _greet(line: Line) -> tuple[ntlm.Challenge | None, bool]:
    """What the host says to a stranger, and whether it asks for a login by Negotiate at all."""
    answer = line.post(b"", {**login.HEADERS, "Authorization": f"Negotiate {ntlm.hello_text()}"})
    offered = answer.headers.get("WWW-Authenticate", "")
    token = offered.partition("Negotiate ")[2].partition(",")[0].strip()
    challenge = ntlm.challenge_in(ntlm.from_text(token)) if token else None
    return challenge, "negotiate" in offered.lower() or "kerberos" in offered.lower()


def _named(facts: WindowsFacts, challenge: ntlm.Challenge) -> WindowsFacts:
    names = challenge.names
    version = "{}.{}.{}".format(*challenge.version) if challenge.version and challenge.version[2] else None
    return replace(
        facts,
        name=optional_line(names.get("computer") or names.get("dns_computer"), 255),
        domain=optional_line(names.get("dns_domain"), 255),
        os=f"Microsoft {challenge.windows}" if challenge.windows else None,
        version=version,
    )


def _told(facts: WindowsFacts, system: list[Row], computer: list[Row]) -> WindowsFacts:
    about, machine = (system or [{}])[0], (computer or [{}])[0]
    joined = (machine.get("PartOfDomain") or "").lower() == "true"
    return replace(
        facts,
        name=optional_line(machine.get("DNSHostName") or about.get("CSName"), 255),
        domain=optional_line(machine.get("Domain"), 255) if joined else None,
        os=optional_line(about.get("Caption"), 255),
        version=optional_line(about.get("Version"), 100),
        logged_in=True,
    )


async def _open(address: str, port: int, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(address, port)
    except OSError:  # TimeoutError is one
        return False
    writer.transport.abort()
    return True
