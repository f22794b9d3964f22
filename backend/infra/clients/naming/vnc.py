"""VNC (RFC 6143 7.1.1): the version it opens with."""

import re

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Place, Talk

_VERSION = re.compile(rb"^RFB (\d{3})\.(\d{3})\n")


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Read it; 3.889 is what Apple's server says."""
    found = _VERSION.match(await talk.until(lambda data: len(data) >= 12))
    if not found:
        return None
    major, minor = int(found[1]), int(found[2])
    if (major, minor) == (3, 889):
        return Answer(service="vnc", product="Apple remote desktop vnc", vendor="Apple")
    return Answer(service="vnc", product="VNC", extra=f"protocol {major}.{minor}")
