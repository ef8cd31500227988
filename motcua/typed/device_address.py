"""The address of a device as jobs carry it, `kind:agent:name:counter`: the one place that reads and writes it. Pure."""

from msgspec import Struct

SEPARATOR = ":"


class DeviceAddress(Struct, frozen=True):
    """Where a job goes: to the device `name` of `kind` that `holder` drives, for `counter` where the job is about one.

    `holder` is the agent's credential as text, empty where the address is a single name.
    `name` is empty where the agent has not said what it drives. Later parts that are empty are left out of the text:
    `printer:3:may-in`, `sign:3:bang:2`, `sign:3::2`, `printer:3`.
    """

    kind: str
    holder: str = ""
    name: str = ""
    counter: int | None = None

    @classmethod
    def parse(cls, text: str) -> "DeviceAddress":
        """Return the address that `text` writes. What is no counter in the last place is none; nothing is refused."""
        kind, holder, name, counter, *_more = [*text.split(SEPARATOR), "", "", ""]
        is_number = counter.isascii() and counter.isdecimal()
        return cls(kind, holder, name, int(counter) if is_number else None)

    def __str__(self) -> str:
        """Return the address as text."""
        parts = [self.kind, self.holder, self.name, "" if self.counter is None else str(self.counter)]
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        return SEPARATOR.join(parts)

    def with_counter(self, counter: int | None) -> "DeviceAddress":
        """Return the same address for a job about `counter`."""
        return DeviceAddress(self.kind, self.holder, self.name, counter)
