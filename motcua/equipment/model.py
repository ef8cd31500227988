"""A device as the desk knows it."""

from msgspec import Struct, field

from motcua.typed.device_address import DeviceAddress


class DeclaredDevice(Struct, frozen=True):
    """A device of the agent whose credential is `agent`; `counters` are those it belongs to, empty where it serves
    the whole hall.
    """

    agent: int
    name: str
    kind: str
    counters: tuple[int, ...] = ()

    @property
    def address(self) -> DeviceAddress:
        """Return the address under which jobs wait for it."""
        return DeviceAddress(self.kind, str(self.agent), self.name)


class Binding(Struct, frozen=True):
    """What the agent `agent` may act for: `counters`, and the `kiosks` (credentials; None: every one) of its scanners.

    `is_confirmed` is no for what was taken from its devices, until an administrator has looked at it.
    """

    agent: int
    counters: tuple[int, ...] = ()
    kiosks: tuple[int, ...] | None = ()
    is_confirmed: bool = True


class OddDevice(Struct, frozen=True):
    """An entry of an agent's list that the desk could not take: its `name` as far as it has one, and why, with what
    fills its places.
    """

    name: str
    message: str
    params: dict[str, object] = field(default_factory=dict)
