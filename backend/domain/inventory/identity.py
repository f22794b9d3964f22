"""Which device an observation is about. Pure: the answer depends on what is known and on what was said.

In this order, the first that answers:
1. a device of the site has this MAC;
2. a device of the site holds this address, and nothing speaks against it: not another MAC where MACs are
   worth something, nor a host key that is known as another device's;
3. exactly one device has this host key and has lost its own address of this family;
4. none: it is a new one.

Two devices are never made one because they look alike: clones share host keys and certificates.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.domain.inventory.addresses import AddressKind, MacWorth, kind_of, mac_worth, parse_ip
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.state import AddressKey, DeviceState

# An address where a device was not seen for so long is no longer held against its turning up elsewhere.
ADDRESS_FADES = timedelta(days=7)
OWNED_KINDS = frozenset({AddressKind.IPV4, AddressKind.IPV6, AddressKind.MAC})


@dataclass(slots=True)
class Known:
    """The devices of a site that an observation could be about, found by what they own."""

    devices: list[DeviceState] = field(default_factory=list)
    _holders: dict[AddressKey, DeviceState] = field(default_factory=dict)
    _by_key: dict[str, list[DeviceState]] = field(default_factory=dict)

    def add(self, device: DeviceState) -> None:
        """Know one more device."""
        self.devices.append(device)
        for key, address in device.addresses.items():
            if address.current and address.kind in OWNED_KINDS:
                self._holders[key] = device
        for name in device.keys:
            self._by_key.setdefault(name, []).append(device)

    def hold(self, key: AddressKey, device: DeviceState) -> None:
        """From now on this device holds the address."""
        self._holders[key] = device

    def remember_keys(self, device: DeviceState, keys: Iterable[str]) -> None:
        """From now on this device is known to have these host keys."""
        for name in keys:
            if name not in device.keys:
                device.keys.add(name)
                self._by_key.setdefault(name, []).append(device)

    def holder(self, key: AddressKey) -> DeviceState | None:
        """The device that holds an address at present."""
        return self._holders.get(key)

    def with_keys(self, keys: Iterable[str]) -> list[DeviceState]:
        """Every device that has one of these host keys."""
        found = {device.uid: device for name in keys for device in self._by_key.get(name, ())}
        return list(found.values())


def owned_addresses(said: Observation) -> list[AddressKey]:
    """The addresses that an observation says belong to the thing: the MAC first, then the main one."""
    texts = [said.mac, said.address, *said.facts.addresses]
    return list(dict.fromkeys(_key(text) for text in texts if text))


def identify(known: Known, said: Observation) -> tuple[DeviceState | None, list[DeviceState]]:
    """The device that the observation is about, if it is a known one, and every device that had a say in it."""
    keyed = known.with_keys(said.facts.keys)
    holders = [d for key in owned_addresses(said) if (d := known.holder(key))]
    return _match(known, said, keyed), [*holders, *keyed]


def _match(known: Known, said: Observation, keyed: list[DeviceState]) -> DeviceState | None:
    for kind, value in owned_addresses(said):
        holder = known.holder((kind, value))
        if holder and (kind == AddressKind.MAC or not _contradicts(holder, said, keyed)):
            return holder
    homeless = [d for d in keyed if _is_homeless(d, said) and not _has_other_mac(d, said.mac)]
    return homeless[0] if len(homeless) == 1 else None


def _key(text: str) -> AddressKey:
    address = parse_ip(text)
    return (kind_of(address), str(address)) if address else (AddressKind.MAC, text)


def _contradicts(holder: DeviceState, said: Observation, keyed: list[DeviceState]) -> bool:
    if said.mac:
        return _has_other_mac(holder, said.mac) or _is_named_otherwise(holder, said)
    return bool(keyed) and holder not in keyed and _shares_key_kind(holder, said)


def _has_other_mac(device: DeviceState, mac: str | None) -> bool:
    """Whether the device has a MAC for life that is not this one; a private MAC changes with the wind."""
    macs = [a.value for a in device.current(AddressKind.MAC)]
    return mac is not None and any(m != mac and mac_worth(m) is MacWorth.STABLE for m in macs)


def _is_named_otherwise(holder: DeviceState, said: Observation) -> bool:
    """Whether a device with private MACs only, and the observation, go by different names."""
    theirs = {a.value.lower() for a in holder.current(AddressKind.NAME)}
    said_names = {n.name.lower() for n in said.facts.hostnames}
    has_mac = bool(holder.current(AddressKind.MAC))
    return has_mac and bool(theirs) and bool(said_names) and not theirs & said_names


def _shares_key_kind(holder: DeviceState, said: Observation) -> bool:
    kinds = {k.rpartition(":")[0] for k in holder.keys}
    return any(k.rpartition(":")[0] in kinds for k in said.facts.keys)


def _is_homeless(device: DeviceState, said: Observation) -> bool:
    address = parse_ip(said.address)
    if address is None:
        return False
    return not any(_is_lived_at(a.last_seen, said.observed_at) for a in device.current(kind_of(address)))


def _is_lived_at(last_seen: datetime, now: datetime) -> bool:
    return last_seen > now - ADDRESS_FADES
