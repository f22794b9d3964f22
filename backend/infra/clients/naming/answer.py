"""What one conversation has told, before it is put together with those of the same host."""

from dataclasses import dataclass, field

from backend.domain.discovery.report import OsGuess, PortReport, ScriptResult

SURE, PLAIN = 10, 3


@dataclass(slots=True)
class Answer:
    """A service in its own words: what it is, and what it lets out about its machine.

    `certificate_names` and `certificate_keys` are kept apart, for they make an observation of their own.
    """

    service: str | None = None
    product: str | None = None
    version: str | None = None
    extra: str | None = None
    tunnel: str | None = None
    os: OsGuess | None = None
    vendor: str | None = None
    type_hint: str | None = None
    display_name: str | None = None
    mac: str | None = None
    hostnames: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    scripts: list[ScriptResult] = field(default_factory=list)
    certificate_names: list[str] = field(default_factory=list)
    certificate_keys: list[str] = field(default_factory=list)
    dripped: bool = False
    greeting: bytes = b""

    def note(self, name: str, text: str) -> None:
        """Keep something that was said, as a script's output is kept."""
        if text:
            self.scripts.append(ScriptResult(name, text[:4096]))

    def port(self, protocol: str, number: int) -> PortReport:
        """The port as a report has it."""
        return PortReport(
            protocol=protocol,
            port=number,
            state="open",
            reason="syn-ack" if protocol == "tcp" else "udp-response",
            service=self.service,
            product=self.product,
            version=self.version,
            extra=self.extra,
            tunnel=self.tunnel,
            confidence=SURE if self.product else PLAIN if self.service else 0,
            scripts=tuple(self.scripts),
        )
