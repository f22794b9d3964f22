"""Why a login over SSH or its command came to nothing, in words."""

import asyncssh

from backend.domain.errors import Params
from backend.domain.inventory.text import one_line
from backend.domain.monitoring.collector import CheckFailed


def another_host_key(address: str, port: int, pinned: str, shown: str) -> CheckFailed:
    """The server is not the one that it was."""
    text = (
        f"{address} shows another host key than before ({shown} instead of {pinned}): it was set up anew, or"
        " somebody is in between. No login was shown to it; accept the new key if it is right"
    )
    params: Params = {"address": address, "port": port, "fingerprint": shown, "pinned": pinned}
    return CheckFailed("host_key_changed", text, phase="host_key", params=params, final=True)


def refused(error: asyncssh.Error, address: str, port: int, user: str) -> CheckFailed:
    """A login that did not come about."""
    if isinstance(error, asyncssh.PermissionDenied):
        return CheckFailed(
            "ssh_login_refused",
            f"{address} refuses the login of {user}: its password or key is another, or it may not log in so",
            phase="login",
            params={"address": address, "user": user},
            final=True,
        )
    if isinstance(error, asyncssh.KeyExchangeFailed):
        text = f"{address} and we have no way of encryption or of host keys in common"
        return CheckFailed("ssh_nothing_in_common", text, phase="connect", params={"address": address}, final=True)
    reason = one_line(str(error.reason if isinstance(error, asyncssh.DisconnectError) else error), 120)
    return CheckFailed(
        "ssh_failed",
        f"{address} ends the connection at port {port}: {reason or 'it does not say why'}",
        phase="connect",
        params={"address": address, "port": port, "reason": reason},
    )


def unusable_key(error: Exception, address: str) -> CheckFailed:
    """The profile's key cannot be used; what is in it is not said."""
    del error
    text = "The private key of the profile cannot be read: it is no key, or its passphrase is another"
    return CheckFailed("ssh_key_unusable", text, phase="login", params={"address": address}, final=True)


def too_much(address: str) -> CheckFailed:
    """Output without an end."""
    text = f"{address} answers the command with more than can be meant"
    return CheckFailed("ssh_output_too_long", text, phase="query", params={"address": address}, final=True)


def no_command(error: Exception, address: str) -> CheckFailed:
    """Logged in, but nothing can be run."""
    reason = one_line(str(error), 120)
    return CheckFailed(
        "ssh_no_command",
        f"{address} takes the login, but runs no command: {reason}",
        phase="query",
        params={"address": address, "reason": reason},
    )


def no_vitals(address: str, system: str) -> CheckFailed:
    """An answer in which nothing is what it should be."""
    if system and system != "Linux":
        text = f"{address} runs {system}: this collector reads Linux"
        params = {"address": address, "system": system}
        return CheckFailed("ssh_not_linux", text, phase="query", params=params, final=True)
    text = f"{address} takes the login, but does not answer as a shell does: the account may be restricted"
    return CheckFailed("ssh_no_shell", text, phase="query", params={"address": address}, final=True)
