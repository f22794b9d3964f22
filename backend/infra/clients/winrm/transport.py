"""pywinrm's authenticated, encrypted transport over a connection of ours: bounded, never in clear by surprise."""

import struct

import requests
from spnego.exceptions import SpnegoError
from winrm.encryption import Encryption
from winrm.exceptions import WinRMError
from winrm.transport import Transport

from backend.infra.clients.winrm import login, problems
from backend.infra.clients.winrm.line import Line
from backend.infra.clients.winrm.place import Account

_MULTIPART = "multipart/encrypted"


class BoundTransport(Transport):
    """One login on one connection. Blocks: it belongs in a thread."""

    def __init__(self, line: Line, account: Account) -> None:
        super().__init__(
            line.place.url,
            username=account.username,
            password=account.password,
            auth_method="basic" if account.method == "basic" else "kerberos",
            proxy=None,
        )  # its method counts in build_session alone, which is ours
        self._line, self._account = line, account

    def __repr__(self) -> str:
        return f"<BoundTransport {self.endpoint}>"

    def build_session(self) -> requests.Session:
        """Log in, once. What pywinrm does with libraries of its own for each method, pyspnego does for all."""
        if self.session:
            return self.session
        session = requests.Session()
        session.trust_env = False
        session.headers.clear()
        session.headers.update({**login.HEADERS, "Content-Type": "application/soap+xml;charset=UTF-8"})
        if self._account.method == "basic":
            session.headers.update(login.basic(self._account))
        else:
            sealer = login.log_in(self._line, self._account)
            if not self._line.place.tls:
                # By its name for Kerberos pywinrm asks a context to seal; with pyspnego NTLM's does the same.
                self.encryption = Encryption(_Sealing(sealer), "kerberos")  # type: ignore[arg-type]
        self.session = session
        self.password = None
        return session

    def ask(self, message: bytes) -> tuple[int, bytes]:
        """Send one message; answers the status and the message that came back. Raises CheckFailed."""
        session = self.build_session()
        try:
            if self.encryption:
                prepared = self.encryption.prepare_encrypted_request(session, self.endpoint, message)
            else:
                prepared = session.prepare_request(requests.Request("POST", self.endpoint, data=message))
        except SpnegoError as error:
            raise problems.malformed(self._line.place, type(error).__name__) from None
        body = prepared.body if isinstance(prepared.body, bytes) else b""
        response = self._line.post(body, {name: str(value) for name, value in prepared.headers.items()})
        if response.status_code == 401:
            raise login.refusal(self._line.place, self._account, response)
        return response.status_code, self._opened(response)

    def _opened(self, response: requests.Response) -> bytes:
        place = self._line.place
        if self.encryption is None or not response.content:
            return response.content
        if _MULTIPART not in response.headers.get("Content-Type", "").lower():
            raise problems.unprotected(place)
        try:
            return self.encryption.parse_encrypted_response(response)
        except (SpnegoError, WinRMError, ValueError, IndexError, KeyError, struct.error) as error:
            raise problems.malformed(place, f"it cannot be decrypted ({type(error).__name__})") from None


class _Sealing:
    """What pywinrm's encryption wants of a session: somebody who seals."""

    def __init__(self, auth: login.Sealer) -> None:
        self.auth = auth
