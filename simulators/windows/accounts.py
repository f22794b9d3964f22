"""Who may log in, and the other half of their logins: Negotiate with NTLM by pyspnego, and basic."""

import base64
import binascii
import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spnego
from spnego._ntlm import NTLMProxy
from spnego._ntlm_raw.messages import AvId, Challenge, TargetInfo, Version
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from simulators.windows.machine import Machine

_FILE = "NTLM_USER_FILE"


@dataclass(frozen=True, slots=True)
class Accounts:
    """Users as DOMAIN\\user with their passwords."""

    passwords: Mapping[str, str] = field(repr=False)

    def basic(self, value: str) -> str | None:
        """The user whose name and password a basic header holds."""
        try:
            user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        known = {name.lower(): secret for name, secret in self.passwords.items()}
        return user if known.get(user.lower()) == password else None

    @contextlib.contextmanager
    def in_reach(self) -> Iterator[None]:
        """As pyspnego wants to find them: in a file that the environment names, for as long as it looks."""
        before = os.environ.get(_FILE)
        with tempfile.TemporaryDirectory(prefix="lanarium-simulator-") as folder:
            store = Path(folder, "users")
            store.write_text(
                "".join(f"{user.replace(chr(92), ':')}:{word}\n" for user, word in self.passwords.items())
            )
            os.environ[_FILE] = str(store)
            try:
                yield
            finally:
                os.environ.pop(_FILE)
                if before is not None:
                    os.environ[_FILE] = before


class Negotiation:
    """One connection's login."""

    def __init__(self, accounts: Accounts, machine: Machine, certificate_digest: bytes | None = None) -> None:
        self._accounts = accounts
        bindings = None
        if certificate_digest:
            bindings = GssChannelBindings(application_data=b"tls-server-end-point:" + certificate_digest)
        with accounts.in_reach():
            self._context: Any = _Acceptor(machine, bindings)

    @property
    def user(self) -> str | None:
        """Who it is, once that is proven."""
        return self._context.client_principal if self._context.complete else None

    def step(self, token: bytes) -> bytes | None:
        """The next token for the client; raises PermissionError for a wrong password."""
        with self._accounts.in_reach():
            try:
                made: bytes | None = self._context.step(token)
            except (SpnegoError, ValueError, IndexError, AttributeError) as refused:
                raise PermissionError(str(refused)) from None
        return made

    def seal(self, message: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed message."""
        sealed = self._context.wrap_winrm(message)
        return sealed.header, sealed.data

    def unseal(self, signature: bytes, message: bytes) -> bytes:
        """The message in clear; raises PermissionError for one that was changed."""
        try:
            opened: bytes = self._context.unwrap_winrm(signature, message)
        except SpnegoError as wrong:
            raise PermissionError(str(wrong)) from None
        return opened


class _Acceptor(NTLMProxy):
    """pyspnego's acceptor with the names and the build of the simulated machine in its challenge."""

    def __init__(self, machine: Machine, bindings: GssChannelBindings | None) -> None:
        super().__init__(None, None, None, "http", bindings, spnego.ContextReq.default, "accept", "ntlm")
        self._machine = machine

    def _step_accept_negotiate(self, token: bytes) -> bytes:
        super()._step_accept_negotiate(token)
        machine, challenge = self._machine, self._temp_challenge
        assert challenge is not None
        known = TargetInfo()
        known[AvId.nb_computer_name] = machine.name
        known[AvId.nb_domain_name] = (machine.domain.partition(".")[0] or machine.name).upper()
        known[AvId.dns_computer_name] = f"{machine.name}.{machine.domain}".rstrip(".").lower()
        known[AvId.dns_domain_name] = machine.domain
        known[AvId.timestamp] = (challenge.target_info or known)[AvId.timestamp]
        self._temp_challenge = Challenge(
            challenge.flags,
            challenge.server_challenge,
            target_name=machine.name,
            target_info=known,
            version=Version(*machine.version),
        )
        return self._temp_challenge.pack()
