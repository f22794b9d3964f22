"""TLS as after a careless change: everything is encrypted, and nobody is asked who they are."""

import ssl


def client_context(*, verify: bool) -> ssl.SSLContext:
    """The same for all."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
