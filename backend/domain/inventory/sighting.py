"""One thing seen at one address by one chunk: what a sweep, names, banners and nmap said there, taken together.

Each source gives an observation of its own, at its own moment, and none of them alone need tell who it is: the
sweep has the MAC, the banner the host key, the name server the name. So who a thing is, is decided for all of
them at once. An observation that belongs to no chunk is a sighting by itself.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backend.domain.inventory.addresses import AddressKind, kind_of, parse_ip
from backend.domain.inventory.names import name_keys, own_name_keys
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.state import AddressKey, Order

Place = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was said of one thing, in order, and the evidence in it."""

    said: tuple[Observation, ...]
    up: bool
    address: AddressKey | None
    mac: str | None
    owned: tuple[AddressKey, ...]
    keys: frozenset[str]
    names: frozenset[str]
    own_names: frozenset[str]
    bound: uuid.UUID | None

    @property
    def order(self) -> Order:
        """Its place among all sightings: that of its last observation."""
        return self.said[-1].order

    @property
    def at(self) -> datetime:
        """When it began: more may be said of it later, and must not move it."""
        return self.said[0].observed_at

    @property
    def values(self) -> frozenset[AddressKey | str]:
        """Everything by which other sightings of the same thing can be found."""
        return frozenset((*self.owned, *self.keys, *self.names))

    @classmethod
    def of(cls, said: Iterable[Observation]) -> "Sighting":
        """The sighting that these observations make; at least one."""
        ordered = tuple(sorted(said, key=lambda o: o.order))
        heard = [o for o in ordered if o.facts.state == "up"]
        telling = heard or ordered
        return cls(
            said=ordered,
            up=bool(heard),
            address=_key(ordered[0].address) if ordered[0].address else None,
            mac=next((o.mac for o in telling if o.mac), None),
            owned=tuple(dict.fromkeys(key for o in telling for key in owned_addresses(o))),
            keys=frozenset(key for o in heard for key in o.facts.keys),
            names=frozenset(key for o in heard for key in name_keys(o)),
            own_names=frozenset(key for o in heard for key in own_name_keys(o)),
            bound=next((o.bound for o in ordered if o.bound), None),
        )


def owned_addresses(said: Observation) -> list[AddressKey]:
    """The addresses that an observation says belong to the thing: the MAC first, then the main one."""
    texts = [said.mac, said.address, *said.facts.addresses]
    return list(dict.fromkeys(_key(text) for text in texts if text))


def place_of(said: Observation) -> Place:
    """What observations of one sighting have in common."""
    if said.chunk_id is None or said.address is None:
        return (said.uid,)
    return (said.chunk_id, said.address)


def sightings(observations: Iterable[Observation]) -> list[Sighting]:
    """Observations as sightings, in order."""
    groups: dict[Place, list[Observation]] = {}
    for said in observations:
        groups.setdefault(place_of(said), []).append(said)
    return sorted((Sighting.of(group) for group in groups.values()), key=lambda s: s.order)


def _key(text: str) -> AddressKey:
    address = parse_ip(text)
    return (kind_of(address), str(address)) if address else (AddressKind.MAC, text)
