"""From a credential profile to whom an agent is asked as."""

from backend.domain.monitoring.collector import CheckFailed, Credential
from backend.infra.clients.snmp.keys import AUTH
from backend.infra.clients.snmp.session import Agent
from backend.infra.clients.snmp.usm import Level, User

PORT = 161
_LEVELS: dict[str, Level] = {"noAuthNoPriv": "noAuthNoPriv", "authNoPriv": "authNoPriv", "authPriv": "authPriv"}
_PRIV = ("DES", "AES128")


def agent_of(address: str, port: int | None, credential: Credential) -> Agent:
    """Whom to ask; raises CheckFailed for a profile of another kind. Secrets reach the agent byte for byte."""
    where = port or credential.port or PORT
    if credential.type == "snmp_v2c":
        return Agent(address, where, credential.secret("community").encode())
    if credential.type == "snmp_v3":
        return Agent(address, where, _user(credential))
    raise CheckFailed(
        "credential_type_wrong",
        f"SNMP cannot log in with a credential profile of the type {credential.type}",
        phase="login",
        params={"type": credential.type},
        final=True,
    )


def _user(credential: Credential) -> User:
    config = credential.config
    level = _LEVELS.get(str(config.get("security_level")), "authPriv")
    auth, priv = str(config.get("auth_protocol", "SHA256")), str(config.get("priv_protocol", "AES128"))
    if auth not in AUTH or priv not in _PRIV:
        raise CheckFailed("invalid_config", f"{auth} with {priv} is no protocol of SNMP v3", final=True)
    return User(
        name=credential.username,
        level=level,
        auth=auth,
        priv=priv,
        auth_secret=credential.secret("auth_key").encode(),
        priv_secret=credential.secret("priv_key").encode(),
        context=str(config.get("context", "")),
    )
