"""All settings, from the environment; read by main, cli and bootstrap only.

The documents' names hold (AUTH_USERNAME, AUTH_PASSWORD, JWT_SECRET, DATABASE_URL); others begin with LANARIUM_.
Secrets may also be files, named like the setting in small letters, in the folder LANARIUM_SECRETS_DIR.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote, urlsplit

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SecretsSettingsSource, SettingsConfigDict


def _default_data_dir() -> Path:
    """Root keeps things where services do; anybody else below their home folder."""
    return Path("/var/lib/lanarium") if os.geteuid() == 0 else Path.home() / ".local/share/lanarium"


def _named(name: str) -> AliasChoices:
    return AliasChoices(name, name.lower())


class Settings(BaseSettings):
    """What can be set from outside; each default is what a single machine wants."""

    model_config = SettingsConfigDict(env_prefix="LANARIUM_", extra="ignore")

    database_url: str = Field(
        default="",
        validation_alias=_named("DATABASE_URL"),
        description="PostgreSQL 15 or later. Empty: `lanarium up` starts one of its own.",
    )
    database_password: SecretStr | None = Field(
        default=None,
        validation_alias=_named("DATABASE_PASSWORD"),
        description="Put into DATABASE_URL, where that names a user and no password.",
    )
    data_dir: Path = Field(default_factory=_default_data_dir, description="Where everything is kept.")
    app_dir: Path = Field(
        default=Path(__file__).resolve().parent.parent, description="Where the program and the built web UI are."
    )

    auth_username: str = Field(default="admin", validation_alias=_named("AUTH_USERNAME"))
    auth_password: SecretStr | None = Field(
        default=None,
        validation_alias=_named("AUTH_PASSWORD"),
        description="The first admin's password. Empty: one is generated and shown once.",
    )
    jwt_secret: SecretStr | None = Field(
        default=None,
        validation_alias=_named("JWT_SECRET"),
        description="At least 32 characters. Empty: one is generated and kept in the data folder.",
    )
    access_token_lifetime: timedelta = timedelta(minutes=30)
    session_lifetime: timedelta = timedelta(days=30)
    session_idle_lifetime: timedelta = timedelta(days=7)
    open_registration: bool = False
    rate_limit: str = Field(default="3000/minute", description="Calls that one person or API token may make.")
    rate_limit_strangers: str = Field(
        default="6000/minute", description="Calls from one address (IPv6: one /64) without a login."
    )

    https_port: int = Field(default=8443, ge=1, le=65535, description="The one port that is open to the network.")
    listen: str = Field(default="", description="Addresses to listen on, comma separated. Empty: all of them.")
    tls_names: str = Field(default="", description="Further names for the certificate, comma separated.")
    service_user: str = Field(
        default="lanarium", description="Started as root, this user and the ones named after it run the parts."
    )
    trusted_proxies: str = Field(
        default="",
        validation_alias=AliasChoices("TRUSTED_PROXIES", "LANARIUM_TRUSTED_PROXIES"),
        description="Addresses or networks of proxies in front of our nginx, comma separated.",
    )
    public_origin: str = Field(default="", description="https://name:port under which people reach the UI.")
    scan_socket: Path | None = Field(default=None, description="The scan helper's socket; default: run/scan.sock.")
    scan_network: Literal["", "host", "container"] = Field(
        default="",
        description="Which network a scan helper in a container of its own sees. `container`: one of Docker's, "
        "and the page says what that costs. Empty: the helper runs beside the application.",
    )
    pool_size: int = Field(default=10, ge=2, le=100)
    max_scans: int = Field(default=2, ge=1, le=20, description="Scans that run at the same time; others wait.")
    poll_tick_s: float = Field(default=10.0, gt=0, le=300, description="How often changed monitors are read.")
    spool_mb: int = Field(
        default=512, ge=1, le=1_000_000, description="Room for results while the database is away, in megabytes."
    )
    log_level: str = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over secrets in files; without a folder of secrets none is looked for."""
        folder = os.environ.get("LANARIUM_SECRETS_DIR")
        files = (SecretsSettingsSource(settings_cls, secrets_dir=folder),) if folder else ()
        return init_settings, env_settings, *files

    @model_validator(mode="after")
    def _with_password(self) -> Self:
        """Put the password into the database's URL, so that it need not stand in an environment."""
        parts = urlsplit(self.database_url)
        if self.database_password and parts.username and parts.password is None:
            password = quote(self.database_password.get_secret_value(), safe="")
            self.database_url = self.database_url.replace("@", f":{password}@", 1)
        return self

    @staticmethod
    def listed(value: str) -> tuple[str, ...]:
        """The parts of a comma separated setting."""
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @property
    def run_dir(self) -> Path:
        """Sockets and other things that last as long as the process."""
        return self.data_dir / "run"

    @property
    def scans_dir(self) -> Path:
        """The artefacts of scans, a folder each."""
        return self.data_dir / "scans"

    @property
    def spool_dir(self) -> Path:
        """Where results wait while the database is away."""
        return self.data_dir / "spool"

    @property
    def jwt_key_file(self) -> Path:
        """The signing key, when JWT_SECRET does not give one."""
        return self.data_dir / "keys" / "jwt.key"

    @property
    def vault_dir(self) -> Path:
        """The keys that seal credentials."""
        return self.data_dir / "keys" / "vault"

    @property
    def first_admin_file(self) -> Path:
        """Where a generated first password waits to be shown."""
        return self.run_dir / "first-admin"

    @property
    def helper_socket(self) -> Path:
        """Where the scan helper listens."""
        return self.scan_socket or self.run_dir / "scan.sock"
