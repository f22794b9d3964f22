"""What can go wrong at a WS-Management service, each in a sentence of its own."""

from backend.domain.errors import Params
from backend.domain.inventory.text import one_line
from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients.winrm.place import Account, Place


def login_refused(place: Place, account: Account) -> CheckFailed:
    """The wrong password, an unknown user, a locked or disabled account: Windows does not say which."""
    username = one_line(account.username, 100)
    return CheckFailed(
        "winrm_login_refused",
        f"{place.address} refused the login of {username}",
        phase="login",
        params={"address": place.address, "username": username},
        final=True,
    )


def login_impossible(place: Place, account: Account) -> CheckFailed:
    """No login can be begun: the domain gives no ticket, or there is no domain."""
    username = one_line(account.username, 100)
    return CheckFailed(
        "winrm_login_impossible",
        f"No login by {account.method} can begin for {username} at {place.name}; for Kerberos, look at the domain",
        phase="connect",
        params={"name": place.name, "username": username, "method": account.method},
        final=True,
    )


def method_refused(place: Place, account: Account, offered: str) -> CheckFailed:
    """The service takes no login of this sort."""
    params: Params = {"address": place.address, "method": account.method, "offered": one_line(offered, 100)}
    text = f"{place.address} takes no login by {account.method}; it offers {params['offered'] or 'none'}"
    return CheckFailed("winrm_method_refused", text, phase="query", params=params, final=True)


def access_denied(place: Place, account: Account) -> CheckFailed:
    """The login worked, and the user may not read."""
    username = one_line(account.username, 100)
    return CheckFailed(
        "winrm_access_denied",
        f"{place.address} took the login of {username}, who may not read WMI there",
        phase="query",
        params={"address": place.address, "username": username},
        final=True,
    )


def silent(place: Place) -> CheckFailed:
    """It took the connection, and said nothing."""
    return CheckFailed(
        "winrm_silent",
        f"{place.address} took the connection at port {place.port} and did not answer in time",
        phase="first_byte",
        params={"address": place.address, "port": place.port},
    )


def hung(place: Place, received: int) -> CheckFailed:
    """It began to answer, and stopped."""
    return CheckFailed(
        "winrm_stopped",
        f"{place.address} stopped in the middle of its answer, after {received} bytes",
        phase="transfer",
        params={"address": place.address, "bytes": received},
    )


def cut_off(place: Place) -> CheckFailed:
    """It began to answer, and hung up."""
    return CheckFailed(
        "winrm_cut_off",
        f"{place.address} ended the connection before its answer was whole",
        phase="transfer",
        params={"address": place.address},
    )


def too_long(place: Place, most: int) -> CheckFailed:
    """It says more than any poll needs."""
    return CheckFailed(
        "winrm_too_long",
        f"The answer of {place.address} is longer than {most} bytes",
        phase="transfer",
        params={"address": place.address, "bytes": most},
        final=True,
    )


def not_winrm(place: Place, detail: str) -> CheckFailed:
    """Somebody else listens there."""
    params: Params = {"address": place.address, "port": place.port, "detail": one_line(detail, 100)}
    text = f"What listens at port {place.port} of {place.address} is not WS-Management: {params['detail']}"
    return CheckFailed("winrm_absent", text, phase="transfer", params=params, final=True)


def malformed(place: Place, detail: str) -> CheckFailed:
    """An answer that is not what the protocol has."""
    params: Params = {"address": place.address, "detail": one_line(detail, 100)}
    text = f"The answer of {place.address} cannot be read: {params['detail']}"
    return CheckFailed("winrm_malformed", text, phase="transfer", params=params, final=True)


def unprotected(place: Place) -> CheckFailed:
    """An answer in clear where encryption was agreed: not from whom we logged in to."""
    return CheckFailed(
        "winrm_unprotected",
        f"The answer of {place.address} was not encrypted, though the login agreed on it",
        phase="transfer",
        params={"address": place.address},
        final=True,
    )


def fault(place: Place, reason: str) -> CheckFailed:
    """A SOAP fault."""
    params: Params = {"address": place.address, "reason": one_line(reason, 200)}
    text = f"{place.address} answered with a fault: {params['reason']}"
    return CheckFailed("winrm_fault", text, phase="query", params=params)


def certificate_changed(place: Place) -> CheckFailed:
    """Not the pinned certificate."""
    text = f"{place.name} shows another certificate than the pinned one"
    return CheckFailed("certificate_changed", text, phase="tls", params={"name": place.name}, final=True)


def kerberos_missing() -> CheckFailed:
    """The extra is not installed."""
    text = "Kerberos is not installed here; it is an extra of Lanarium"
    return CheckFailed("winrm_kerberos_missing", text, phase="connect", final=True)
