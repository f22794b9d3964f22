"""What was measured, as the API says it."""

from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from backend.api.fields import UtcTime
from backend.domain.metrics.points import NAMES, UP
from backend.domain.metrics.reading import Series
from backend.domain.monitoring.catalogue import Metric

Resolution = Literal["raw", "5m", "1h", "1d"]


class MemoryNow(BaseModel):
    """Memory in bytes, and the share in use."""

    total: int | None
    used: int | None
    percent: float | None


class DiskNow(MemoryNow):
    """Disk space in bytes, and the share in use."""


class NetworkNow(BaseModel):
    """Bytes per second, and shares of what the interfaces can carry."""

    sent_ps: int | None
    recv_ps: int | None
    capacity_ps: int | None
    sent_percent: float | None
    recv_percent: float | None


class SampleNow(BaseModel):
    """A labelled value of the newest poll."""

    name: str
    labels: dict[str, str]
    value: float
    unit: str


class _LatestBase(BaseModel):
    """The newest values of a monitor; percentages are taken from what is stored when asked."""

    monitor_id: int
    timestamp: UtcTime | None
    cpu: float | None
    memory: MemoryNow
    disk: DiskNow
    network: NetworkNow
    samples: list[SampleNow]
    up: bool | None = None


class _PointBase(BaseModel):
    """A row as stored, or with `points` a bucket: each metric's mean with `_min` and `_max`, `up` the share that
    answered, `count` the rows in it. What was not asked for is not there; what was not measured is null."""

    timestamp: str
    count: int | None = None
    up: bool | float | None = None


_MEASURES: dict[str, Any] = {name: (float | None, None) for name in NAMES if name != UP}
_SPREADS: dict[str, Any] = {
    f"{name}_{end}": (float | None, None) for name in NAMES if name != UP for end in ("min", "max")
}
Latest = create_model("Latest", __base__=_LatestBase, __doc__=_LatestBase.__doc__, **_MEASURES)
HistoryPoint = create_model(
    "HistoryPoint", __base__=_PointBase, __doc__=_PointBase.__doc__, **_MEASURES, **_SPREADS
)


class Envelope(BaseModel):
    """What was read: from which level, from when until when, how far its points are apart (of rows: the polling
    interval), and where to go on. Where nothing was measured there is no point."""

    resolution: Resolution
    from_: str = Field(alias="from")
    to: str
    step_s: int
    next: str | None


class History(Envelope):
    """Rows or points of a monitor."""

    data: list[HistoryPoint]


class SamplePoint(BaseModel):
    """A value of a labelled series, or with `points` a bucket's mean, smallest and largest."""

    timestamp: str
    count: int | None = None
    value: float | None
    value_min: float | None = None
    value_max: float | None = None


class SampleHistory(Envelope):
    """Values or points of a labelled series."""

    data: list[SamplePoint]


class SeriesOut(BaseModel):
    """A labelled series (of a disk, an interface, a phase) and its newest value."""

    name: str
    labels: dict[str, str]
    unit: str
    latest: float | None
    timestamp: UtcTime | None

    @classmethod
    def of(cls, series: Series, unit: str) -> "SeriesOut":
        """The answer for a series."""
        return cls(
            name=series.name, labels=series.labels, unit=unit, latest=series.latest, timestamp=series.timestamp
        )


class Sparkline(BaseModel):
    """A line for a list: moments and means, the oldest first; null where nothing answered."""

    monitor_id: int
    metric: str
    unit: str
    points: list[tuple[str, float | None]]


class Sparklines(BaseModel):
    """A line for each monitor that was asked for and is there."""

    items: list[Sparkline]


class MetricUnit(BaseModel):
    """A metric: `column` of every row, `derived` from two of them, or a labelled `sample`."""

    name: str
    unit: str
    summary: str
    kind: Literal["column", "derived", "sample"]
    labels: list[str]
    collectors: list[str]

    @classmethod
    def of(cls, metric: Metric, kind: Any, collectors: tuple[str, ...]) -> "MetricUnit":
        """The answer for a metric."""
        return cls(
            name=metric.name,
            unit=metric.unit,
            summary=metric.summary,
            kind=kind,
            labels=list(metric.labels),
            collectors=list(collectors),
        )
