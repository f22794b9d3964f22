"""Which interfaces of a machine are lines of their own, so that a sum over them counts nothing twice."""

from backend.infra.clients.host_networks import VIRTUAL_NAMES

_VIRTUAL = (
    *VIRTUAL_NAMES,
    "lo",
    "veth",
    "vnet",
    "dummy",
    "ifb",
    "bond",
    "team",
    "vxlan",
    "wg",
    "kube",
    "vmbr",
    "fwbr",
)


def is_line(name: str) -> bool:
    """Whether an interface of that name, on Linux or BSD, carries what no other one counts as well."""
    return not name.startswith(_VIRTUAL) and "." not in name
