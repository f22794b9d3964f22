"""The collector "ping": does a host answer echoes, how many of them, how fast, how evenly (RFC 792, RFC 4443)."""

from functools import lru_cache

from pydantic import Field

from backend.domain.errors import Params
from backend.domain.monitoring.catalogue import LATENCY, Metric
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.monitoring.echoes import Echoed, EchoesAway, EchoPlan
from backend.domain.registry import collector
from backend.infra.collector_options import CheckOptions

LOSS = Metric("ping_loss_percent", "percent", "Echoes without an answer")
LEAST = Metric("ping_min_ms", "milliseconds", "The fastest answer")
MOST = Metric("ping_max_ms", "milliseconds", "The slowest answer")
JITTER = Metric("ping_jitter_ms", "milliseconds", "How much one answer differs from the next, on average")
# Why nothing can be said of the target.
_OURS = {
    "no_rights": (
        "ping_not_permitted",
        "Lanarium may not send pings: it has neither CAP_NET_RAW nor a group in net.ipv4.ping_group_range",
    ),
    "forbidden": ("target_forbidden", "Checks may not go to {address}"),
    "busy": ("ping_busy", "Too many pings are under way; this one was not sent"),
    "away": ("ping_away", "The scan helper, which sends the pings, cannot be reached"),
}


class PingOptions(CheckOptions):
    """How many echoes, how far apart, and how many may be lost."""

    count: int = Field(4, ge=1, le=20, description="How many echoes are sent")
    interval_ms: int = Field(200, ge=20, le=1_000, description="Milliseconds from one echo to the next")
    wait_ms: int = Field(1_000, ge=50, le=5_000, description="Milliseconds that the last answer may take")
    size: int = Field(56, ge=20, le=1_400, description="Bytes of data in each echo")
    most_lost: int = Field(99, ge=0, le=99, description="Fail when more percent of the echoes are lost")


@collector(
    "ping",
    options=PingOptions,
    traits=Traits(metrics=(LATENCY, LOSS, LEAST, MOST, JITTER), timeout_s=30.0),
)
async def ping(target: Target, options: PingOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Pings a host: loss, fastest, mean and slowest answer, jitter."""
    del credential
    with trace.step("echo"):
        if target.echoes is None:
            raise _ours("away", target)
        plan = _plan(options.count, options.interval_ms, options.wait_ms, options.size)
        try:
            echoed = await target.echoes.echo(target.address, plan)
        except EchoesAway:
            raise _ours("away", target) from None
        if echoed.code in _OURS:
            raise _ours(echoed.code, target)
        _judge(echoed, target, options)
    return Reading({"latency_ms": echoed.avg_ms}, _samples(echoed), tuple(trace.phases))


@lru_cache(maxsize=1024)
def _plan(count: int, interval_ms: int, wait_ms: int, size: int) -> EchoPlan:
    return EchoPlan(count, interval_ms, wait_ms, size)


def _judge(echoed: Echoed, target: Target, options: PingOptions) -> None:
    """Raise CheckFailed where too little came back."""
    if not echoed.received:
        if echoed.code:
            text = f"There is no way to {target.address}"
            raise CheckFailed("host_unreachable", text, phase="echo", params={"address": target.address})
        text = f"{target.address} answered none of {echoed.sent} pings"
        params: Params = {"address": target.address, "sent": echoed.sent}
        raise CheckFailed("no_echo", text, phase="echo", params=params)
    lost = _lost(echoed)
    if lost > options.most_lost:
        text = f"{lost:.0f} % of the pings to {target.address} were lost"
        raise CheckFailed(
            "echoes_lost", text, phase="echo", params={"address": target.address, "percent": round(lost)}
        )


def _samples(echoed: Echoed) -> tuple[Sample, ...]:
    """What a single echo cannot tell is not told."""
    if echoed.sent == 1:
        return ()
    return (
        Sample(LOSS.name, _lost(echoed)),
        Sample(LEAST.name, echoed.min_ms),
        Sample(MOST.name, echoed.max_ms),
        Sample(JITTER.name, echoed.jitter_ms),
    )


def _lost(echoed: Echoed) -> float:
    return 100.0 * (echoed.sent - echoed.received) / echoed.sent if echoed.sent else 100.0


def _ours(reason: str, target: Target) -> CheckFailed:
    code, text = _OURS[reason]
    params: Params = {"address": target.address, "host": target.address, "reason": "own_address"}
    return CheckFailed(code, text.format(address=target.address), phase="echo", params=params, final=True)
