"""Small simulated networks: machines that move, swap, change private MACs, and what scans of them say.

The world knows which machine is where; the inventory is told only what a scanner would see.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.domain.inventory.observation import Facts, NameFact, Observation, normalised
from tests.domain.inventory.strategies import T0

NEAR, FAR = "10.1.0.", "10.2.0."


@dataclass
class Machine:
    """One real thing. `mac` None: the scanner sees none, it is behind a router."""

    name: str
    addresses: list[str]
    mac: str | None = None
    keys: tuple[str, ...] = ()
    names: tuple[NameFact, ...] = ()
    private: bool = False


@dataclass
class World:
    """Machines, and the scans that were made of them."""

    pick: random.Random
    machines: list[Machine] = field(default_factory=list)
    said: list[Observation] = field(default_factory=list)
    # Which machine each observation was really of, by its uid.
    truth: dict[str, str] = field(default_factory=dict)
    now: datetime = T0
    used: set[str] = field(default_factory=set)

    def scan(self, number: int) -> None:
        """Ask every address, in any order; each source answers at its own moment, and silence is said too."""
        self.now += timedelta(hours=self.pick.choice((1, 6, 30, 240)))
        at = self.now
        seen = {address: machine for machine in self.machines for address in machine.addresses}
        # Silence where nothing ever was says nothing: only addresses in use, now or before, are asked.
        self.used |= seen.keys()
        asked = sorted(self.used)
        self.pick.shuffle(asked)
        for place, address in enumerate(asked):
            machine, moment = seen.get(address), at + timedelta(seconds=place)
            if machine:
                self._seen(machine, address, moment, number)
            else:
                self._say(None, address, moment, number, "sweep", state="down")

    def _seen(self, machine: Machine, address: str, at: datetime, number: int) -> None:
        self._say(machine, address, at, number, "sweep", mac=machine.mac)
        late = at + timedelta(minutes=2)
        if machine.names:
            self._say(machine, address, late, number, "mdns", hostnames=machine.names)
        ssh = tuple(k for k in machine.keys if not k.startswith("snmp"))
        snmp = tuple(k for k in machine.keys if k.startswith("snmp"))
        if ssh:
            self._say(machine, address, late + timedelta(seconds=5), number, "banner", keys=ssh)
        if snmp:
            self._say(machine, address, late + timedelta(seconds=9), number, "snmp", keys=snmp)

    def _say(
        self,
        machine: Machine | None,
        address: str,
        at: datetime,
        number: int,
        source: str,
        mac: str | None = None,
        **facts: object,
    ) -> None:
        chunk = number * 10 + int(address.split(".")[1])
        item = Observation(1, source, address, mac, at, Facts(**facts), number, chunk)  # type: ignore[arg-type]
        self.said.append(normalised(item))
        if machine:
            self.truth[str(item.uid)] = machine.name


def build(seed: int) -> World:
    """A world of one of each kind, and some more."""
    pick = random.Random(seed)
    world = World(pick)
    add = world.machines.append
    add(Machine("router", [NEAR + "1", FAR + "1"], keys=("ssh:sha256:router", "snmp:80001f"), mac=None))
    add(
        Machine("three", [NEAR + "2", NEAR + "3", NEAR + "4"], mac="00:1b:21:00:00:02", keys=("ssh:sha256:three",))
    )
    phone = (NameFact("annas-handy.local", "mdns"),)
    add(Machine("phone", [NEAR + "5"], mac=private_mac(pick), names=phone, private=True))
    add(Machine("laptop", [NEAR + "6"], mac="00:1b:21:00:00:06", names=(NameFact("thinkpad-7.local", "mdns"),)))
    add(Machine("desk", [NEAR + "7"], mac="00:1b:21:00:00:07"))
    for n in (1, 2):
        add(Machine(f"clone{n}", [f"{FAR}{n + 1}"], keys=("ssh:sha256:template",)))
        add(Machine(f"web{n}", [f"{FAR}{n + 4}"], keys=(f"ssh:sha256:web{n}", f"tls:{n}")))
        add(Machine(f"twin{n}", [f"{NEAR}{n + 8}"], mac=f"00:1b:21:00:01:0{n}", keys=("ssh:sha256:twins",)))
    for n in range(pick.randint(0, 3)):
        add(Machine(f"plain{n}", [f"{FAR}{n + 10}"]))
    return world


def live(world: World, scans: int) -> None:
    """Scans, with something happening between each two."""
    for number in range(1, scans + 1):
        world.scan(number)
        happening = world.pick.choice((_move, _move, _swap, _swap_near, _new_private_mac, _nothing))
        happening(world)
        _new_private_mac(world)


def private_mac(pick: random.Random) -> str:
    """A locally administered MAC."""
    return "da:" + ":".join(f"{pick.randrange(256):02x}" for _ in range(5))


def _move(world: World) -> None:
    movable = [m for m in world.machines if m.name in {"laptop", "desk", "phone", "web1", "web2"}]
    machine = world.pick.choice(movable)
    net = machine.addresses[0].rpartition(".")[0] + "."
    taken = {a for m in world.machines for a in m.addresses}
    free = [f"{net}{n}" for n in range(1, 16) if f"{net}{n}" not in taken]
    machine.addresses = [world.pick.choice(free)]


def _swap(world: World) -> None:
    _exchange(world, "web1", "web2")


def _swap_near(world: World) -> None:
    _exchange(world, "laptop", "desk")


def _exchange(world: World, one: str, other: str) -> None:
    first, second = (next(m for m in world.machines if m.name == name) for name in (one, other))
    first.addresses, second.addresses = second.addresses, first.addresses


def _new_private_mac(world: World) -> None:
    for machine in world.machines:
        if machine.private:
            machine.mac = private_mac(world.pick)


def _nothing(world: World) -> None:
    """A quiet night."""
