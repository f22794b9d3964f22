"""The login at a service: NTLM or Kerberos in two round trips ([MS-WSMV] 3.1.4.1.30, RFC 4559), or basic.

The password never travels by NTLM or Kerberos: whoever answers in place of the host gets nothing to log in with.
"""

import base64
import binascii
import re
from typing import Any

import requests
import spnego
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients.winrm import problems
from backend.infra.clients.winrm.line import Line
from backend.infra.clients.winrm.place import Account, Place

MAX_LEGS = 4
HEADERS = {"User-Agent": "Lanarium", "Accept-Encoding": "identity", "Connection": "Keep-Alive"}
_TOKEN = re.compile(r"\b(?:Negotiate|Kerberos|NTLM)\s+([A-Za-z0-9+/]+={0,2})", re.IGNORECASE)
_METHOD = re.compile(r"(?:^|,)\s*([A-Za-z]{1,20})(?=\s|,|$)")


class Sealer:
    """A context that is agreed on: seals what goes out and opens what comes in, as pywinrm asks for it.

    It serves one host, so that the name that pywinrm gives along tells nothing.
    """

    def __init__(self, context: Any) -> None:
        self._context = context

    def wrap_winrm(self, _host: str | None, message: bytes) -> tuple[bytes, bytes]:
        """The sealed message and its signature."""
        sealed = self._context.wrap_winrm(message)
        return sealed.data, sealed.header

    def unwrap_winrm(self, _host: str | None, message: bytes, signature: bytes) -> bytes:
        """The message in clear; raises SpnegoError for one that was changed."""
        opened: bytes = self._context.unwrap_winrm(signature, message)
        return opened


def log_in(line: Line, account: Account) -> Sealer:
    """Prove by NTLM or Kerberos who asks; raises CheckFailed. The connection is logged in from then on."""
    place = line.place
    context = _context(line, account)
    token = _begun(place, account, context)
    for _ in range(MAX_LEGS):
        sent = base64.b64encode(token or b"").decode()
        response = line.post(b"", {**HEADERS, "Authorization": f"Negotiate {sent}"})
        answered = _token_of(place, response)
        if response.status_code != 401:
            return _agreed(place, context, response, answered)
        if answered is None or context.complete:
            raise _refused(place, account, response, begun=context.complete)
        token = _step(place, context, answered)
    raise problems.malformed(place, "the login does not come to an end")


def basic(account: Account) -> dict[str, str]:
    """The header for the method basic (RFC 7617); `account_of` saw to it that it only goes over TLS."""
    pair = base64.b64encode(f"{account.username}:{account.password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def refusal(place: Place, account: Account, response: requests.Response) -> CheckFailed:
    """A 401 to a request with a password or on a connection that was logged in."""
    return _refused(place, account, response, begun=_offers(response, account.method))


def _context(line: Line, account: Account) -> Any:
    place = line.place
    try:
        return spnego.client(
            account.username,
            account.password,
            hostname=place.name,
            service="http",
            protocol="ntlm" if account.method == "ntlm" else "kerberos",
            channel_bindings=_bindings(line.certificate),
            options=spnego.NegotiateOptions.use_ntlm if account.method == "ntlm" else spnego.NegotiateOptions.none,
        )
    except ImportError:
        raise problems.kerberos_missing() from None
    except (SpnegoError, ValueError):
        raise problems.login_impossible(place, account) from None


def _begun(place: Place, account: Account, context: Any) -> bytes | None:
    """The first token. Kerberos asks the domain for a ticket here, before anything goes to the host."""
    try:
        made: bytes | None = context.step(None)
    except (SpnegoError, ValueError):
        raise problems.login_impossible(place, account) from None
    return made


def _step(place: Place, context: Any, token: bytes) -> bytes | None:
    try:
        made: bytes | None = context.step(token)
    except (SpnegoError, ValueError, IndexError, KeyError, OverflowError, TypeError) as error:
        raise problems.malformed(place, f"a login token that is none ({type(error).__name__})") from None
    return made


def _agreed(place: Place, context: Any, response: requests.Response, answered: bytes | None) -> Sealer:
    """The end of a login: nothing goes on with a stranger who never asked who we are."""
    if response.status_code != 200:
        raise problems.not_winrm(place, f"HTTP {response.status_code}")
    if answered is not None and not context.complete:
        _step(place, context, answered)
    if not context.complete:
        raise problems.not_winrm(place, "it asks nobody who they are")
    if not place.tls and not context.context_attr & spnego.ContextReq.confidentiality:
        raise problems.unprotected(place)
    return Sealer(context)


def _refused(place: Place, account: Account, response: requests.Response, *, begun: bool) -> CheckFailed:
    if begun or _offers(response, account.method):
        return problems.login_refused(place, account)
    return problems.method_refused(place, account, ", ".join(_offered(response)))


def _offers(response: requests.Response, method: str) -> bool:
    wanted = {"ntlm": {"negotiate", "ntlm"}, "kerberos": {"negotiate", "kerberos"}, "basic": {"basic"}}
    return any(each.lower() in wanted[method] for each in _offered(response))


def _offered(response: requests.Response) -> list[str]:
    return _METHOD.findall(response.headers.get("WWW-Authenticate", "")[:1000])[:8]


def _token_of(place: Place, response: requests.Response) -> bytes | None:
    found = _TOKEN.search(response.headers.get("WWW-Authenticate", ""))
    if found is None:
        return None
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error:
        raise problems.malformed(place, "a login token that is none") from None


def _bindings(certificate: bytes) -> GssChannelBindings | None:
    """The certificate that we see, bound into the login (RFC 5929, tls-server-end-point)."""
    if not certificate:
        return None
    signed_with = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    weak = signed_with is None or signed_with.name in {"md5", "sha1"}
    digest = hashes.Hash(hashes.SHA256() if weak or signed_with is None else signed_with)
    digest.update(certificate)
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest.finalize())
