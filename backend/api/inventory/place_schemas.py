"""Sites and networks, as the API says them."""

import dataclasses
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from backend.api.fields import Input, Line, Name, Prose, UtcTime, absent
from backend.api.inventory.schemas import SiteId, Tags
from backend.domain.inventory.network import Network as NetworkValue
from backend.domain.inventory.proposals import Proposal
from backend.domain.inventory.site import Site as SiteValue

CidrText = Annotated[str, StringConstraints(max_length=64, strip_whitespace=True)]
Vlan = Annotated[int, Field(ge=1, le=4094)]


class Site(BaseModel):
    """A place: addresses are unique within it."""

    id: int
    uid: str
    name: str
    description: str
    is_default: bool
    created_at: UtcTime

    @classmethod
    def of(cls, site: SiteValue) -> "Site":
        """The answer for a site."""
        return cls(**dataclasses.asdict(site) | {"uid": str(site.uid)})


class SiteCreate(Input):
    """A new site."""

    name: Name
    description: Prose = ""


class SitePatch(Input):
    """What should be different about a site."""

    name: Name = absent()
    description: Prose = absent()


class Network(BaseModel):
    """A network; only addresses in one with `scan_allowed` are ever scanned."""

    id: int
    uid: str
    site_id: int
    cidr: str
    name: str
    description: str
    vlan: int | None
    scan_allowed: bool
    allow_public: bool
    tags: list[str]
    device_count: int
    created_at: UtcTime
    confirmed_by: str | None
    confirmed_at: UtcTime | None

    @classmethod
    def of(cls, network: NetworkValue) -> "Network":
        """The answer for a network."""
        return cls(**dataclasses.asdict(network) | {"uid": str(network.uid), "tags": list(network.tags)})


class NetworkCreate(Input):
    """A new network. Public space needs `allow_public`, and the CIDR typed again in `confirm_public`."""

    cidr: CidrText
    site_id: SiteId | None = None
    name: Line = ""
    description: Prose = ""
    vlan: Vlan | None = None
    scan_allowed: bool = False
    allow_public: bool = False
    confirm_public: CidrText | None = None
    tags: Tags = Field(default_factory=list)


class NetworkPatch(Input):
    """What should be different about a network."""

    name: Line = absent()
    description: Prose = absent()
    vlan: Vlan | None = absent()
    scan_allowed: bool = absent()
    allow_public: bool = absent()
    confirm_public: CidrText | None = None
    tags: Tags = absent()


class NetworkProposal(BaseModel):
    """A network that this machine sees by itself, to be confirmed or not.

    An IPv6 network is far too large to be asked as a whole: what counts there are the addresses in `ipv6_seen`,
    which the kernel's neighbour table holds, and the estimate is for those.
    """

    cidr: str
    interface: str | None
    gateway: str | None
    source: Literal["interface", "route", "neighbours", "resolver"]
    hosts_known: int
    hosts_expected: int
    addresses: int | float
    seconds_estimated: int
    packets_estimated: int
    ipv6_seen: list[str]
    preselected: bool
    already_allowed: bool

    @classmethod
    def of(cls, proposal: Proposal) -> "NetworkProposal":
        """The answer for a proposal."""
        fields = dataclasses.asdict(proposal)
        return cls(**fields | {"addresses": countable(proposal.addresses), "ipv6_seen": list(proposal.ipv6_seen)})


def countable(number: int) -> int | float:
    """JSON readers know integers up to 2**53; an IPv6 network has more addresses than that."""
    return number if number < 2**53 else float(number)
