"""Credential profiles: how to log in somewhere, written once, used by many. Secrets go in, never out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID, uuid4

from backend.domain.accounts.actor import Actor
from backend.domain.errors import Blocked, Conflict, Invalid, NotFound
from backend.domain.monitoring.collector import Credential, CredentialType
from backend.domain.page import Page, PageRequest

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Login:
    """What a profile says, its secrets apart. `config` holds what is particular to its type."""

    type: CredentialType
    username: str = ""
    domain: str = ""
    port: int | None = None
    use_ssl: bool = False
    config: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SealedBox:
    """The secrets of one profile as they lie in the database: useless without the key and outside of their row."""

    key_id: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CredentialProfile:
    """A profile as it is known; `secrets_set` names the secrets it has, never what they are."""

    id: int
    uid: UUID
    site_id: int | None
    name: str
    login: Login
    box: SealedBox
    secrets_set: tuple[str, ...]
    version: int
    created_at: datetime
    updated_at: datetime
    monitors: int = 0
    discovery_profiles: int = 0


@dataclass(frozen=True, slots=True)
class NewCredentials:
    """What a person wrote. A secret that is None is left as it is; when there is none yet, it stays unset."""

    name: str
    site_id: int | None
    login: Login
    secrets: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True)
class CredentialsChanged:
    """A profile is different, or gone: whoever remembers it forgets it."""

    profile_id: int


class Vault(Protocol):
    """Seals secrets so that a box opens only with our key and only for the row that it was sealed for."""

    def seal(self, row: UUID, secrets: Mapping[str, str]) -> SealedBox:
        """Seal with the newest key."""
        ...

    def open(self, row: UUID, box: SealedBox) -> dict[str, str]:
        """The secrets; raises SealBroken for another row, a changed box, or a key that is not here."""
        ...

    @property
    def key_id(self) -> str:
        """The key that seals now."""
        ...


class SealBroken(Exception):
    """A box does not open; the text says why, and nothing of what is in it."""


class CredentialProfiles(Protocol):
    """Where profiles are kept."""

    async def page(self, site_ids: frozenset[int], request: PageRequest) -> Page[CredentialProfile]:
        """Profiles of these sites and those of every site; no sites means all."""
        ...

    async def get(self, profile_id: int, *, lock: bool = False) -> CredentialProfile | None:
        """One profile."""
        ...

    async def add(self, uid: UUID, new: NewCredentials, box: SealedBox, secrets_set: tuple[str, ...]) -> int:
        """Keep a new one; raises Conflict for a name that is taken."""
        ...

    async def change(
        self, profile_id: int, new: NewCredentials, box: SealedBox, secrets_set: tuple[str, ...]
    ) -> None:
        """Change one, and count its version up; raises Conflict for a name that is taken."""
        ...

    async def blockers(self, profile_id: int) -> dict[str, int]:
        """What uses it: monitors and discovery profiles, with counts."""
        ...

    async def remove(self, profile_id: int) -> None:
        """Delete it."""
        ...

    async def sealed_with_other_keys(self, key_id: str, limit: int) -> list[tuple[int, UUID, SealedBox]]:
        """Some boxes that another key sealed, locked for re-sealing."""
        ...

    async def reseal(self, profile_id: int, box: SealedBox) -> None:
        """Put another box in place of the old one; nothing else changes."""
        ...


class CredentialService:
    """What may be done with credential profiles."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def visible(
        self, work: "UnitOfWork", actor: Actor, profile_id: int, *, lock: bool = False
    ) -> CredentialProfile:
        """One profile; raises NotFound where there is none for this person."""
        profile = await work.credential_profiles.get(profile_id, lock=lock)
        if profile is None or not _may_see(actor, profile.site_id):
            raise NotFound(
                "Credential Profile not found", code="credential_profile_not_found", params={"id": profile_id}
            )
        return profile

    async def create(self, work: "UnitOfWork", actor: Actor, new: NewCredentials) -> CredentialProfile:
        """Write down a profile; raises Conflict for its name, Invalid where a secret is missing."""
        await self._check_site(work, actor, new.site_id)
        secrets = {name: value for name, value in new.secrets.items() if value}
        _require_secrets(new.login, secrets)
        uid = uuid4()
        made = await work.credential_profiles.add(uid, new, self._vault.seal(uid, secrets), tuple(sorted(secrets)))
        await work.audit.record(actor, "create", "credential_profile", made, _told(new))
        return await self.visible(work, actor, made)

    async def change(
        self, work: "UnitOfWork", actor: Actor, profile_id: int, new: NewCredentials
    ) -> CredentialProfile:
        """Put another version in place. Secrets that are not given again stay, unless they would now go elsewhere.

        Raises NotFound, Conflict (name, or somebody else was faster), Invalid.
        """
        old = await self.visible(work, actor, profile_id, lock=True)
        if new.version is not None and new.version != old.version:
            raise Conflict(
                "Somebody else changed this profile; look again",
                code="changed_meanwhile",
                params={"version": old.version},
            )
        await self._check_site(work, actor, new.site_id)
        secrets = self._merged(old, new)
        _require_secrets(new.login, secrets)
        box = self._vault.seal(old.uid, secrets)
        await work.credential_profiles.change(profile_id, new, box, tuple(sorted(secrets)))
        await work.audit.record(actor, "update", "credential_profile", profile_id, _told(new))
        work.collect(CredentialsChanged(profile_id))
        return await self.visible(work, actor, profile_id)

    async def delete(self, work: "UnitOfWork", actor: Actor, profile_id: int) -> None:
        """Forget a profile; raises Blocked while a monitor or a discovery profile uses it."""
        profile = await self.visible(work, actor, profile_id, lock=True)
        blockers = await work.credential_profiles.blockers(profile_id)
        if any(blockers.values()):
            raise Blocked.by("credential_profile", blockers)
        await work.credential_profiles.remove(profile_id)
        await work.audit.record(actor, "delete", "credential_profile", profile_id, {"name": profile.name})
        work.collect(CredentialsChanged(profile_id))

    def opened(self, profile: CredentialProfile) -> Credential:
        """The profile with its secrets, for one use; raises SealBroken."""
        login = profile.login
        return Credential(
            id=profile.id,
            type=login.type,
            username=login.username,
            domain=login.domain,
            port=login.port,
            use_ssl=login.use_ssl,
            config=login.config,
            secrets=self._vault.open(profile.uid, profile.box),
        )

    async def reseal_some(self, work: "UnitOfWork", limit: int = 500) -> int:
        """Seal up to `limit` boxes of older keys anew; answers how many. Until it answers 0, keep the old keys."""
        found = await work.credential_profiles.sealed_with_other_keys(self._vault.key_id, limit)
        for profile_id, uid, box in found:
            await work.credential_profiles.reseal(profile_id, self._vault.seal(uid, self._vault.open(uid, box)))
            work.collect(CredentialsChanged(profile_id))
        return len(found)

    def _merged(self, old: CredentialProfile, new: NewCredentials) -> dict[str, str]:
        given = {name: value for name, value in new.secrets.items() if value is not None}
        same_type = old.login.type == new.login.type
        kept = self._vault.open(old.uid, old.box) if same_type else {}
        left = {name: value for name, value in kept.items() if name not in given}
        if left and _goes_elsewhere(old.login, new.login):
            name = min(left)
            raise Invalid.for_field(
                name, "secret_needed_again", "Another port or protocol needs the secret again", secret=name
            )
        return {**left, **{name: value for name, value in given.items() if value}}

    async def _check_site(self, work: "UnitOfWork", actor: Actor, site_id: int | None) -> None:
        if site_id is not None and not await work.projects.site_exists(site_id):
            raise NotFound.of("site", site_id)
        if not _may_see(actor, site_id) or (site_id is None and actor.site_ids):
            raise NotFound.of("site", site_id)


def _may_see(actor: Actor, site_id: int | None) -> bool:
    return site_id is None or actor.may_see_site(site_id)


def _goes_elsewhere(old: Login, new: Login) -> bool:
    """Whether secrets would now be shown to another listener, or without the protection that they had."""
    protection = ("verify_certificate", "fingerprint", "ca_certificate", "host_key", "transport", "security_level")
    return (old.port, old.use_ssl, old.domain) != (new.port, new.use_ssl, new.domain) or any(
        old.config.get(name) != new.config.get(name) for name in protection
    )


# One of each group has to be there.
_NEEDED: Mapping[CredentialType, tuple[str, ...]] = {
    "winrm": ("password",),
    "ssh": ("password", "private_key"),
    "snmp_v2c": ("community",),
    "snmp_v3": (),
    "http_basic": ("password",),
    "http_bearer": ("token",),
    "proxmox": ("password", "token"),
}
_SNMP_V3 = {"noAuthNoPriv": (), "authNoPriv": ("auth_key",), "authPriv": ("auth_key", "priv_key")}


def _require_secrets(login: Login, secrets: Mapping[str, str]) -> None:
    level = str(login.config.get("security_level", "authPriv"))
    missing = [name for name in _SNMP_V3.get(level, ()) if login.type == "snmp_v3" and name not in secrets]
    one_of = _NEEDED[login.type]
    if one_of and not any(name in secrets for name in one_of):
        missing.append(one_of[0])
    if missing:
        name = missing[0]
        raise Invalid.for_field(
            name, "secret_missing", f"This type of credential needs {' or '.join(one_of) or name}", secret=name
        )


def _told(new: NewCredentials) -> dict[str, object]:
    given = sorted(name for name, value in new.secrets.items() if value)
    return {"name": new.name, "type": new.login.type, "username": new.login.username, "secrets_given": given}
