"""Multicast DNS asked of one machine (RFC 6762 5.5, 6.7; RFC 6763): its name, and the services it offers.

A machine may speak for others; a name is taken only where it leads to the address that was asked.
"""

import asyncio
import ipaddress
import random

from backend.infra.clients.naming import datagrams, dns_message
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.dns_message import Record
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Gate

PORT = 5353
SERVICES = "_services._dns-sd._udp.local"
DEVICE_INFO = "_device-info._tcp.local"
MAX_SERVICES = 12
# A computer shares printers and plays music too, but is none of both.
_COMPUTERS = ("_workstation.", "_ssh.", "_sftp-ssh.", "_smb.", "_rfb.", "_afpovertcp.")
# TXT entries in which a device says what it is (Bonjour printing, AirPlay, Google Cast), and what people call it.
_MODELS, _NAMES = ("model", "ty", "md", "am", "product"), ("fn",)


async def ask_udp(gate: Gate, address: str) -> Answer | None:
    """Ask for the name and the list of services, then for each of them."""
    reverse = ipaddress.ip_address(address).reverse_pointer
    first = await _ask(gate, address, [(reverse, dns_message.PTR), (SERVICES, dns_message.PTR)])
    if first is None:
        return None
    if not any(record.name.lower() == SERVICES for record in first):
        first += await _ask(gate, address, [(SERVICES, dns_message.PTR)], 0.5) or []
    kinds = services(first)
    asked = [_ask(gate, address, [(kind, dns_message.PTR)], 0.7) for kind in kinds]
    further = [record for found in await asyncio.gather(*asked) if found for record in found]
    answer = Answer(service="mdns")
    read(address, [*first, *further], answer)
    return answer


async def _ask(
    gate: Gate, address: str, asked: list[tuple[str, int]], patience_s: float = datagrams.PATIENCE_S
) -> list[Record] | None:
    number = random.randrange(1, 1 << 16)  # noqa: S311 - told apart, not kept secret
    message = dns_message.questions(number, asked)
    heard = await datagrams.ask(
        gate,
        address,
        PORT,
        message,
        lambda data: dns_message.is_answer(data, number) or dns_message.is_answer(data, 0),
        patience_s=patience_s,
    )
    return dns_message.records(heard) if heard else None


def services(records: list[Record]) -> list[str]:
    """The kinds of services in a list, such as `_ipp._tcp.local`."""
    texts = (record.text.lower() for record in records if record.name.lower() == SERVICES)
    kinds = [text for text in texts if text.startswith("_") and text.endswith(".local") and len(text) <= 80]
    return list(dict.fromkeys(kinds))[:MAX_SERVICES]


def read(address: str, records: list[Record], answer: Answer) -> None:
    """Note the machine's names, what it offers and what it says it is."""
    for name in _own_names(address, records):
        answer.hostnames.append(name)
    offered, told = services(records), _told(records)
    model = next((told[key] for key in _MODELS if told.get(key)), "")
    recognise("mdns-model", model, answer)
    if not any(kind.startswith(_COMPUTERS) for kind in offered):
        for kind in offered:
            recognise("mdns-service", kind, answer)
    answer.display_name = next((told[key] for key in _NAMES if told.get(key)), None)
    lines = [f"service: {kind.removesuffix('.local')}" for kind in offered]
    lines += [f"{key}: {text}" for key, text in told.items()]
    answer.note("dns-service-discovery", "\n".join(lines))


def _own_names(address: str, records: list[Record]) -> list[str]:
    """The names that lead to this address: by its reverse name, or from a service by an address record."""
    reverse = ipaddress.ip_address(address).reverse_pointer
    pointed = [r.text for r in records if r.type == dns_message.PTR and r.name.lower() == reverse]
    here = {r.name.lower() for r in records if r.type in {dns_message.A, dns_message.AAAA} and r.text == address}
    served = [r.text for r in records if r.type == dns_message.SRV and r.text.lower() in here]
    names = (name.rstrip(".") for name in [*pointed, *served])
    return list(dict.fromkeys(name for name in names if name.lower().endswith(".local")))[:4]


def _told(records: list[Record]) -> dict[str, str]:
    """What TXT records say of the device, the first word on each point."""
    told: dict[str, str] = {}
    for record in records:
        if record.type != dns_message.TXT:
            continue
        for entry in dns_message.txt(record.data):
            key, found, text = entry.partition(b"=")
            word = key.decode("latin-1").lower()
            if found and text and word in {*_MODELS, *_NAMES}:
                told.setdefault(word, text[:120].decode("utf-8", "replace"))
    return told
