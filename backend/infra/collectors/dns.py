"""The collector "dns": asks a name server for a name, and judges the answer (RFC 1035)."""

import asyncio
import secrets
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.domain.monitoring.catalogue import LATENCY, Metric
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.registry import collector
from backend.infra.clients.connect_errors import connect_failure
from backend.infra.clients.naming import dns_message
from backend.infra.collector_options import CheckOptions

ANSWERS = Metric("dns_answers", "count", "Records in the answer")
TYPES = {"A": dns_message.A, "AAAA": dns_message.AAAA, "PTR": dns_message.PTR, "TXT": dns_message.TXT}
# RFC 1035, 4.1.1 and RFC 2136
REPLY_CODES = {1: "format error", 2: "server failure", 3: "no such name", 4: "not implemented", 5: "refused"}
DnsName = Annotated[
    str, StringConstraints(max_length=253, pattern=r"^([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?$")
]


class DnsOptions(CheckOptions):
    """What to ask, and which answer is good."""

    name: DnsName = Field("localhost", description="The name to ask for")
    type: Literal["A", "AAAA", "PTR", "TXT"] = Field("A", description="The kind of record")
    port: int = Field(53, ge=1, le=65535, description="The name server's port")
    expected: str = Field("", max_length=255, description="An address or text that must be among the answers")
    allow_missing: bool = Field(False, description="That the name does not exist is a good answer too")


class _Answer(asyncio.DatagramProtocol):
    """Waits for the answer with our number, from the one who was asked; a connected socket hears nobody else."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: object) -> None:
        del addr
        if dns_message.is_answer(data, self.number) and not self.heard.done():
            self.heard.set_result(data)

    def error_received(self, exc: Exception) -> None:
        if not self.heard.done():
            self.heard.set_exception(exc)


@collector(
    "dns",
    options=DnsOptions,
    traits=Traits(metrics=(LATENCY, ANSWERS), ports=(("udp", 53), ("tcp", 53)), timeout_s=5.0),
)
async def lookup(target: Target, options: DnsOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Asks a name server for a name."""
    del credential
    number = secrets.randbelow(1 << 16)
    message = dns_message.question(number, options.name, TYPES[options.type])
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        lambda: _Answer(number), remote_addr=(target.address, options.port)
    )
    try:
        with trace.step("query"):
            transport.sendto(message)
            try:
                data = await protocol.heard
            except OSError as error:
                raise connect_failure(error, target.address, options.port) from None
    finally:
        transport.close()
    return _judged(data, options, trace)


def _judged(data: bytes, options: DnsOptions, trace: Trace) -> Reading:
    code = dns_message.reply_code(data)
    if code == 3 and not options.allow_missing:
        raise CheckFailed(
            "name_missing", f"{options.name} does not exist", phase="query", params={"name": options.name}
        )
    if code not in {0, 3}:
        reason = REPLY_CODES.get(code, f"code {code}")
        raise CheckFailed(
            "dns_refused", f"The name server answers: {reason}", phase="query", params={"reason": reason}
        )
    found = [_text(record) for record in dns_message.records(data) if record.type == TYPES[options.type]]
    if options.expected and options.expected.lower().rstrip(".") not in found:
        text = f"{options.expected} is not among the answers"
        raise CheckFailed("answer_missing", text, phase="query", params={"expected": options.expected})
    values = {"latency_ms": trace.phases[-1].ms}
    facts = {"answers": ", ".join(found[:16])[:500]}
    return Reading(values, (Sample(ANSWERS.name, len(found)),), tuple(trace.phases), facts)


def _text(record: dns_message.Record) -> str:
    if record.type == dns_message.TXT:
        return b"".join(dns_message.txt(record.data)).decode("utf-8", "replace").lower()
    return record.text.lower().rstrip(".")
