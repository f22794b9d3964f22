"""Whether a host is a Windows, and what it says of itself: asked by discovery, answered by infra."""

from dataclasses import dataclass
from typing import Protocol

from backend.domain.monitoring.collector import CheckFailed, Credential

# The RPC endpoint mapper, and WS-Management in clear and over TLS: what a Windows host is known by.
WINDOWS_PORTS = (135, 5985, 5986)


@dataclass(frozen=True, slots=True)
class WindowsFacts:
    """What is known of a Windows host. Its text is its own: hostile, already cut and cleaned.

    `ports` are those of WINDOWS_PORTS that are open. `logged_in` says that the credential worked and that the
    names come from WMI; else name and OS are what an NTLM greeting says to strangers, or None. `refused` says
    why a credential that was given did not work, in words.
    """

    address: str
    ports: tuple[int, ...]
    name: str | None = None
    domain: str | None = None
    os: str | None = None
    version: str | None = None
    logged_in: bool = False
    refused: CheckFailed | None = None


class WindowsRecogniser(Protocol):
    """Asks one host whether it is a Windows."""

    async def recognise(
        self, address: str, credential: Credential | None, *, timeout_s: float, name: str | None = None
    ) -> WindowsFacts | None:
        """What the host says, or None where none of its ports is open (or what is there is no Windows).

        A credential of another type than winrm is not used. `name` is what certificates know the host by. Never
        raises for what the host does; it ends within timeout_s. The address must have been judged by the caller.
        """
        ...
