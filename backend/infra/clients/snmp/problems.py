"""Why an agent did not give what was asked for: each refusal that the protocol tells has a code of its own."""

from backend.domain.errors import Params
from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients.snmp.ber import oid

# usmStats (RFC 3414 5) and snmpMPDMIB (RFC 3412 5) in reports.
NOT_IN_TIME, UNKNOWN_ENGINE = oid("1.3.6.1.6.3.15.1.1.2.0"), oid("1.3.6.1.6.3.15.1.1.4.0")
_LOGIN = {
    oid("1.3.6.1.6.3.15.1.1.1.0"): (
        "snmp_level_refused",
        "{address} knows {user}, but not at that security level",
    ),
    oid("1.3.6.1.6.3.15.1.1.3.0"): ("snmp_unknown_user", "{address} knows no user {user}"),
    oid("1.3.6.1.6.3.15.1.1.5.0"): (
        "snmp_wrong_auth",
        "{address} refuses the authentication of {user}: its key or its protocol is another",
    ),
    oid("1.3.6.1.6.3.15.1.1.6.0"): (
        "snmp_wrong_priv",
        "{address} cannot decrypt what {user} says: the privacy key or its protocol is another",
    ),
    oid("1.3.6.1.6.3.12.1.5.0"): ("snmp_unknown_context", "{address} has no context of that name"),
    oid("1.3.6.1.6.3.12.1.4.0"): ("snmp_unknown_context", "{address} has no context of that name"),
}
_WRONG_PRIV = "1.3.6.1.6.3.15.1.1.6.0"
# RFC 3416 3: what an agent may not or cannot give.
_ERRORS = {1: "too big", 2: "no such name", 5: "general error", 6: "no access", 13: "resource unavailable"}
_DENIED = frozenset({6, 16})


def refused(report: bytes, address: str, user: str) -> CheckFailed:
    """What a report says, in words; a login that was refused is not tried again at once."""
    params: Params = {"address": address, "user": user}
    if report in (NOT_IN_TIME, UNKNOWN_ENGINE):
        text = f"The clock of {address}'s SNMP engine cannot be followed: it calls every question too old"
        return CheckFailed("snmp_engine_time", text, phase="login", params=params)
    code, text = _LOGIN.get(report, ("snmp_refused", "{address} answers with a report instead of values"))
    return CheckFailed(code, text.format(**params), phase="login", params=params, final=True)


def wrong_privacy(address: str, user: str) -> CheckFailed:
    """The user is right as far as it is not hidden; what is hidden is not answered."""
    return refused(oid(_WRONG_PRIV), address, user)


def community_refused(address: str, port: int) -> CheckFailed:
    """An agent is there, and silent at this community."""
    return CheckFailed(
        "snmp_community_refused",
        f"There is an SNMP agent at port {port} of {address}, but it does not answer to this community, or not"
        " to this machine",
        phase="login",
        params={"address": address, "port": port},
    )


def user_ignored(address: str, port: int, user: str) -> CheckFailed:
    """An agent is there, and silent at this user."""
    return CheckFailed(
        "snmp_user_ignored",
        f"There is an SNMP agent at port {port} of {address}, but it does not answer to {user}",
        phase="login",
        params={"address": address, "port": port, "user": user},
    )


def silent(address: str, port: int) -> CheckFailed:
    """Nothing at all came back."""
    return CheckFailed(
        "snmp_silent",
        f"{address} does not answer SNMP at port {port}: no agent is there, something lies in between, or it"
        " takes another login, which agents do not say",
        phase="query",
        params={"address": address, "port": port},
    )


def malformed(address: str, reason: str) -> CheckFailed:
    """Something came back that is not SNMP."""
    return CheckFailed(
        "snmp_malformed",
        f"{address} answers with something that is not SNMP: {reason}",
        phase="query",
        params={"address": address, "reason": reason},
    )


def error_status(status: int, address: str) -> CheckFailed:
    """The agent answers with an error instead of values."""
    if status in _DENIED:
        text = f"{address} does not let this login see what was asked for"
        return CheckFailed("snmp_denied", text, phase="query", params={"address": address}, final=True)
    reason = _ERRORS.get(status, f"error {status}")
    return CheckFailed(
        "snmp_error",
        f"{address} answers with an error: {reason}",
        phase="query",
        params={"address": address, "reason": reason},
    )


def nothing_seen(address: str) -> CheckFailed:
    """The agent answers, and shows nothing."""
    text = f"{address} answers, but lets this login see neither its system nor its interfaces"
    return CheckFailed("snmp_empty", text, phase="query", params={"address": address}, final=True)
