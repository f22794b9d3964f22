"""One SSH connection and one command: a login that is shown to the pinned server only, and bounded output.

The host key is settled before a password leaves: pinned at the first contact, compared at every other one. No
configuration files, no agent, no forwarding, no keys but the one of the credential profile.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import asyncssh

from backend.domain.monitoring.collector import CheckFailed, Credential, KnownHosts, ServerKey, Trace
from backend.infra.clients.connect_errors import connect_failure
from backend.infra.clients.ssh import problems

PORT = 22
MAX_OUTPUT = 256 * 1024
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="ssh-key")
# What a server may prove itself by, in our order of liking; SHA-1 signatures are not among them.
ALGORITHMS = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where to log in, as whom, and by what it is known."""

    address: str
    port: int
    credential: Credential = field(repr=False)
    known_hosts: KnownHosts


class _HostKey(asyncssh.SSHClient):
    """Compares the key that the server shows."""

    def __init__(self, pinned: ServerKey | None) -> None:
        self.pinned = pinned
        self.shown: ServerKey | None = None

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        """Whether to go on: a first contact, or the pinned key."""
        del host, addr, port
        self.shown = ServerKey(key.get_algorithm(), key.public_data)
        return self.pinned is None or self.pinned.blob == self.shown.blob


@asynccontextmanager
async def logged_in(server: Server, trace: Trace) -> AsyncIterator[asyncssh.SSHClientConnection]:
    """A connection on which we are logged in; cut off at the end. Raises CheckFailed."""
    client = _HostKey(await server.known_hosts.pinned(server.address, server.port))
    with trace.step("login"):
        connection = await _connect(server, client)
    try:
        await _settle(server, client)
        yield connection
    finally:
        connection.abort()


async def output(connection: asyncssh.SSHClientConnection, command: str, address: str) -> bytes:
    """What a command says; raises CheckFailed where that is too much, or where commands may not be run."""
    try:
        process = await connection.create_process(
            command, encoding=None, stdin=asyncssh.DEVNULL, stderr=asyncssh.DEVNULL, request_pty=False
        )
        said = bytearray()
        while data := await process.stdout.read(65_536):
            said += data
            if len(said) > MAX_OUTPUT:
                raise problems.too_much(address)
        return bytes(said)
    except (asyncssh.Error, OSError) as error:
        raise problems.no_command(error, address) from None


async def _connect(server: Server, client: _HostKey) -> asyncssh.SSHClientConnection:
    credential = server.credential
    keys = [await _private_key(credential, server.address)] if credential.secret("private_key") else None
    password = credential.secret()

    async def told() -> str | None:
        """The password, for whom it is meant: asked for after the host key was shown."""
        await _settle(server, client)
        return password

    try:
        return await asyncssh.connect(
            server.address,
            server.port,
            client_factory=lambda: client,
            username=credential.username,
            client_keys=keys,
            password=told if password else None,
            password_auth=bool(password),
            kbdint_auth=bool(password),
            public_key_auth=keys is not None,
            # Tuples of nothing: the user's own files would be read where this is empty or left out.
            known_hosts=([], [], [], [], [], [], []),
            config=None,
            agent_path=None,
            agent_forwarding=False,
            host_based_auth=False,
            gss_host=None,
            gss_kex=False,
            gss_auth=False,
            x509_trusted_certs=None,
            server_host_key_algs=_preferred(client.pinned),
            compression_algs=["none"],
            client_version="Lanarium",
            keepalive_interval=0,
        )
    except CheckFailed:
        raise
    except asyncssh.Error as error:
        if client.pinned and client.shown and client.shown.blob != client.pinned.blob:
            await _changed(server, client.pinned, client.shown)
        raise problems.refused(error, server.address, server.port, credential.username) from None
    except OSError as error:
        raise connect_failure(error, server.address, server.port) from None


async def _settle(server: Server, client: _HostKey) -> None:
    """Pin the key of a first contact; somebody faster may have seen another one."""
    if client.pinned is None and client.shown is not None:
        client.pinned = await server.known_hosts.pin(server.address, server.port, client.shown)
    if client.pinned is None or client.shown is None or client.pinned.blob != client.shown.blob:
        assert client.pinned is not None
        assert client.shown is not None
        await _changed(server, client.pinned, client.shown)


async def _changed(server: Server, pinned: ServerKey, shown: ServerKey) -> None:
    """Write down what is shown, and refuse."""
    await server.known_hosts.changed(server.address, server.port, shown)
    raise problems.another_host_key(server.address, server.port, pinned.fingerprint, shown.fingerprint)


async def _private_key(credential: Credential, address: str) -> asyncssh.SSHKey:
    """The profile's key. A passphrase is slow by design, so that is waited for on a thread."""
    secret, phrase = credential.secret("private_key"), credential.secret("passphrase") or None
    try:
        if phrase is None:
            return asyncssh.import_private_key(secret)
        unlock = partial(asyncssh.import_private_key, secret, phrase)
        return await asyncio.get_running_loop().run_in_executor(_THREADS, unlock)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError, ValueError) as error:
        raise problems.unusable_key(error, address) from None


def _preferred(pinned: ServerKey | None) -> list[str]:
    """Ask first for the kind of key that is pinned: a server with several must not look changed."""
    if pinned is None:
        return list(ALGORITHMS)
    kind = "rsa-" if pinned.algorithm == "ssh-rsa" else pinned.algorithm
    return sorted(ALGORITHMS, key=lambda name: not name.startswith(kind))
