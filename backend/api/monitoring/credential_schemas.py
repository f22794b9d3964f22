"""Credential profiles as the API says them: one shape a type; what is secret can be written, never read."""

import dataclasses
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, SecretStr, StringConstraints

from backend.api.fields import MAX_ID, Input, Line, Name, UtcTime
from backend.api.monitoring.schemas import Address, CheckPhase
from backend.domain.inventory.text import one_line
from backend.domain.monitoring.collector import CredentialType
from backend.domain.monitoring.credentials import CredentialProfile as ProfileValue
from backend.domain.monitoring.credentials import Login, NewCredentials
from backend.domain.monitoring.trying_logins import LoginTried, LoginTry

Port = Annotated[int, Field(ge=1, le=65535)]
# Any text is a legal secret; it reaches the other side as it was written.
Secret = Annotated[SecretStr, Field(min_length=1, max_length=16_384)]
Fingerprint = Annotated[
    str, StringConstraints(pattern=r"^(SHA256:[A-Za-z0-9+/]{43}|[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31})$")
]
Certificate = Annotated[str, StringConstraints(max_length=65_536, pattern=r"^-----BEGIN CERTIFICATE-----")]


class _Credentials(Input):
    """What every type has; `secret_names` are the fields that can only be written."""

    secret_names: ClassVar[tuple[str, ...]] = ("password",)

    name: Name
    site_id: int | None = Field(None, ge=1, le=MAX_ID, description="The site that it serves; null: every site")
    version: int | None = Field(None, description="The version that was read; another one in force is a 409")

    def to_domain(self) -> NewCredentials:
        """The same as the domain has it."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        secrets = {name: given[name] for name in self.secret_names}
        outer = ("name", "site_id", "version", "type", "username", "domain", "port", "use_ssl")
        config = {k: v for k, v in given.items() if k not in outer and k not in secrets and v is not None}
        login = Login(
            type=given["type"],
            username=given.get("username", ""),
            domain=given.get("domain", ""),
            port=given.get("port"),
            use_ssl=given.get("use_ssl", False),
            config=config,
        )
        opened = {name: value.get_secret_value() if value else None for name, value in secrets.items()}
        return NewCredentials(self.name, self.site_id, login, opened, self.version)


class WinrmCredentials(_Credentials):
    """Windows over WS-Management: 5985, or 5986 with `use_ssl`."""

    type: Literal["winrm"]
    username: Line = Field(min_length=1, description="user, DOMAIN\\user or user@domain")
    password: Secret | None = None
    domain: Line = ""
    port: Port | None = Field(None, description="Unset: 5985, or 5986 with use_ssl")
    use_ssl: bool = False
    transport: Literal["ntlm", "kerberos", "basic"] = Field("ntlm", description="basic only with use_ssl")
    verify_certificate: bool = True
    fingerprint: Fingerprint | None = Field(None, description="Accept exactly this certificate")
    ca_certificate: Certificate | None = Field(None, description="Trust this authority, in PEM")


class SshCredentials(_Credentials):
    """SSH by password or private key; the host key is pinned at the first login."""

    secret_names: ClassVar[tuple[str, ...]] = ("password", "private_key", "passphrase")

    type: Literal["ssh"]
    username: Line = Field(min_length=1)
    password: Secret | None = None
    private_key: Secret | None = Field(None, description="OpenSSH or PEM")
    passphrase: Secret | None = Field(None, description="Of the private key")
    port: Port | None = Field(None, description="Unset: 22")


class SnmpV2cCredentials(_Credentials):
    """SNMP v2c; the community travels in clear."""

    secret_names: ClassVar[tuple[str, ...]] = ("community",)

    type: Literal["snmp_v2c"]
    community: Secret | None = None
    port: Port | None = Field(None, description="Unset: 161")


class SnmpV3Credentials(_Credentials):
    """SNMP v3 with the user-based security model (RFC 3414, 3826)."""

    secret_names: ClassVar[tuple[str, ...]] = ("auth_key", "priv_key")

    type: Literal["snmp_v3"]
    username: Line = Field(min_length=1)
    security_level: Literal["noAuthNoPriv", "authNoPriv", "authPriv"] = "authPriv"
    auth_protocol: Literal["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"] = "SHA256"
    auth_key: Annotated[SecretStr, Field(min_length=8, max_length=1024)] | None = None
    priv_protocol: Literal["DES", "AES128"] = "AES128"
    priv_key: Annotated[SecretStr, Field(min_length=8, max_length=1024)] | None = None
    context: Line = ""
    port: Port | None = Field(None, description="Unset: 161")


class HttpBasicCredentials(_Credentials):
    """HTTP with user name and password (RFC 7617)."""

    type: Literal["http_basic"]
    username: Line = Field(min_length=1)
    password: Secret | None = None
    verify_certificate: bool = True


class HttpBearerCredentials(_Credentials):
    """HTTP with a bearer token (RFC 6750)."""

    secret_names: ClassVar[tuple[str, ...]] = ("token",)

    type: Literal["http_bearer"]
    token: Secret | None = None
    verify_certificate: bool = True


class ProxmoxCredentials(_Credentials):
    """Proxmox VE by API token, or by user name and password."""

    secret_names: ClassVar[tuple[str, ...]] = ("token", "password")

    type: Literal["proxmox"]
    username: Line = Field(min_length=1, description="With its realm: monitor@pve")
    token_name: Line = Field("", description="The token's name; unset: log in by password")
    token: Secret | None = None
    password: Secret | None = None
    port: Port | None = Field(None, description="Unset: 8006")
    verify_certificate: bool = True
    fingerprint: Fingerprint | None = Field(None, description="Accept exactly this certificate")
    ca_certificate: Certificate | None = Field(None, description="Trust this authority, in PEM")


CredentialsBody = Annotated[
    WinrmCredentials
    | SshCredentials
    | SnmpV2cCredentials
    | SnmpV3Credentials
    | HttpBasicCredentials
    | HttpBearerCredentials
    | ProxmoxCredentials,
    Field(discriminator="type"),
]


class CredentialProfile(BaseModel):
    """A credential profile; `secrets_set` names the secrets that are there, nothing gives them out."""

    id: int
    uid: str
    site_id: int | None
    name: str
    type: CredentialType
    username: str
    domain: str
    port: int | None
    use_ssl: bool
    config: dict[str, Any]
    secrets_set: list[str]
    monitors: int
    discovery_profiles: int
    version: int
    created_at: UtcTime
    updated_at: UtcTime

    @classmethod
    def of(cls, profile: ProfileValue) -> "CredentialProfile":
        """The answer for a profile."""
        login = dataclasses.asdict(profile.login)
        return cls(
            id=profile.id,
            uid=str(profile.uid),
            site_id=profile.site_id,
            name=profile.name,
            secrets_set=list(profile.secrets_set),
            monitors=profile.monitors,
            discovery_profiles=profile.discovery_profiles,
            version=profile.version,
            created_at=profile.created_at,
            updated_at=profile.updated_at,
            **login,
        )


class CredentialTest(Input):
    """Where to try a login."""

    address: Address = Field(description="An address or a host name")
    port: Port | None = Field(None, description="Unset: the profile's, else the usual one")
    collector: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        None, description="Unset: the one that is made for this type of login"
    )

    def to_domain(self) -> LoginTry:
        """The same as the domain has it."""
        return LoginTry(self.address, self.port, self.collector)


class CredentialTested(BaseModel):
    """What came of it.

    `login_accepted`; `login_not_asked`: strangers are let in too, so nothing is known of the login; else what was
    refused, in which phase.
    """

    ok: bool
    code: str
    params: dict[str, Any]
    text: str
    collector: str
    address: str
    phase: str
    phases: list[CheckPhase]
    facts: dict[str, str]

    @classmethod
    def of(cls, tried: LoginTried) -> "CredentialTested":
        """The answer for a try."""
        return cls(
            ok=tried.ok,
            code=tried.code,
            params=dict(tried.params),
            text=tried.text,
            collector=tried.collector,
            address=tried.address,
            phase=tried.phase,
            phases=[CheckPhase(name=each.name, ms=each.ms, detail=each.detail) for each in tried.phases],
            facts={one_line(name, 60): one_line(value, 300) for name, value in tried.facts.items()},
        )
