"""Whether a login works at an address: one try by a collector that takes its type, in front of somebody's eyes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from backend.domain.accounts.actor import Actor
from backend.domain.accounts.ports import RateLimiter
from backend.domain.errors import Invalid, Throttled
from backend.domain.monitoring.collector import CredentialType, Phase
from backend.domain.monitoring.credentials import CredentialProfile, CredentialService
from backend.domain.monitoring.jobs import Watched
from backend.domain.monitoring.measuring import Measured, Measurer
from backend.domain.monitoring.plugins import Collectors
from backend.domain.monitoring.poller import failure_of

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

_NOBODY = UUID(int=0)
INTERVAL_S = 120
PLAIN_HTTP = frozenset({80, 8000, 8080})
REFUSING = frozenset({401, 403})  # RFC 9110, 15.5.2 and 15.5.4


@dataclass(frozen=True, slots=True)
class LoginTry:
    """Where to try, and how."""

    address: str
    port: int | None = None
    collector: str | None = None


@dataclass(frozen=True, slots=True)
class LoginTried:
    """What came of it: accepted, or what was refused and in which phase."""

    ok: bool
    code: str
    text: str
    collector: str
    address: str
    params: Mapping[str, Any] = field(default_factory=dict)
    phase: str = ""
    phases: tuple[Phase, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


class LoginTrials:
    """Tries logins; a few a minute, since every refusal counts towards somebody's lockout."""

    def __init__(
        self, collectors: Collectors, credentials: CredentialService, measurer: Measurer, rate: RateLimiter
    ) -> None:
        self._collectors, self._credentials = collectors, credentials
        self._measurer, self._rate = measurer, rate

    async def prepare(self, work: "UnitOfWork", actor: Actor, profile_id: int, wanted: LoginTry) -> Watched:
        """The try, ready to run. Raises NotFound, Invalid for the collector or the port, Throttled."""
        profile = await self._credentials.visible(work, actor, profile_id)
        name = self._collector(profile.login.type, wanted.collector)
        config = self._config(name, profile, wanted)
        if wait := await self._rate.wait(f"credential:{profile_id}"):
            raise Throttled(
                f"This login was tried often just now; go on in {wait} s",
                code="credential_test_rate",
                params={"retry_after": wait},
            )
        told = {"address": wanted.address, "port": wanted.port, "collector": name}
        await work.audit.record(actor, "test", "credential_profile", profile_id, told)
        site_id = profile.site_id or min(actor.site_ids, default=None) or await work.projects.default_site()
        return Watched(
            id=0,
            uid=_NOBODY,
            site_id=site_id,
            device_id=None,
            address=wanted.address,
            host_name=None,
            collector=name,
            config=config,
            credential_profile_id=profile_id,
            interval_s=INTERVAL_S,
            version=0,
        )

    async def run(self, monitor: Watched) -> LoginTried:
        """Try once. Holds no transaction. A service that lets strangers in says nothing of the login."""
        measured = await self._measurer.measure(monitor, most=1)
        traits = self._collectors.traits(monitor.collector)
        if measured.failed is None and traits and not traits.credential_needed:
            stranger = await self._measurer.measure(replace(monitor, credential_profile_id=None), most=1)
            if stranger.failed is None:
                return _unasked(monitor, measured)
        return _result(monitor, measured)

    def _collector(self, kind: CredentialType, wanted: str | None) -> str:
        """The collector that was asked for, else the one that is made for this type of login."""
        fitting = []
        for name in self._collectors.names():
            traits = self._collectors.traits(name)
            if traits and kind in traits.credentials:
                fitting.append((not traits.credential_needed, name))
        names = [name for _, name in sorted(fitting)]
        if wanted is None and names:
            return names[0]
        if wanted in names:
            return wanted
        listed = ", ".join(names) or "none"
        raise Invalid.for_field(
            "collector",
            "credential_type_unused",
            f"No collector that was asked for logs in with {kind}; these do: {listed}",
            type=kind,
            collectors=listed,
        )

    def _config(self, name: str, profile: CredentialProfile, wanted: LoginTry) -> dict[str, Any]:
        usual = self._collectors.checked(name, {})
        config: dict[str, Any] = {}
        port = wanted.port or profile.login.port
        if port and "port" in usual:
            config["port"] = port
        if "scheme" in usual and port in PLAIN_HTTP:
            config["scheme"] = "http"
        if "verify_certificate" in usual and profile.login.config.get("verify_certificate") is False:
            config["verify_certificate"] = False
        return self._collectors.checked(name, config)


def _result(monitor: Watched, measured: Measured) -> LoginTried:
    address = measured.address or monitor.address
    if measured.failed is None:
        text = f"{address} accepted the login"
        return _accepted(monitor, measured, "login_accepted", text)
    failure = failure_of(measured.failed, measured.phases)
    code, text, phase = failure.code, failure.text, failure.phase
    if failure.params.get("status") in REFUSING:
        code, phase = "login_refused", "login"
        text = f"{address} refused the login with status {failure.params['status']}"
    return LoginTried(
        ok=False,
        code=code,
        text=text,
        collector=monitor.collector,
        address=address,
        params={"address": address, **failure.params},
        phase=phase,
        phases=failure.phases,
    )


def _unasked(monitor: Watched, measured: Measured) -> LoginTried:
    text = f"{measured.address or monitor.address} lets everybody in: nothing is known of the login"
    return _accepted(monitor, measured, "login_not_asked", text)


def _accepted(monitor: Watched, measured: Measured, code: str, text: str) -> LoginTried:
    address = measured.address or monitor.address
    return LoginTried(
        ok=True,
        code=code,
        text=text,
        collector=monitor.collector,
        address=address,
        params={"address": address},
        phases=measured.phases,
        facts=measured.reading.facts if measured.reading else {},
    )
