"""Where each device acts: the devices that agents declared and an administrator bound, and those that are not bound
yet.
"""

from collections.abc import Mapping

from msgspec import Struct

from motcua.counters import store as counter_store
from motcua.desk import Desk, DeskFault, Reader, read_once
from motcua.desk.messages import mark
from motcua.desk.writer import Batch
from motcua.devices.kinds import is_placed_at
from motcua.equipment import rules
from motcua.equipment import store as equipment_store
from motcua.equipment.events import AgentBound, EquipmentDeclared
from motcua.equipment.model import Binding, DeclaredDevice
from motcua.settings.events import SettingsChanged
from motcua.staff import store as staff_store
from motcua.staff.events import TokenAdded, TokenRevoked

CHANGING = (AgentBound, EquipmentDeclared, SettingsChanged, TokenAdded, TokenRevoked)
UNBOUND, NO_COUNTER, NO_KIOSK, UNCONFIRMED = "unbound", "no_counter", "no_kiosk", "unconfirmed"
Said = tuple[str, dict[str, object]]


WORDS = {
    UNBOUND: mark(
        "The device program “%(name)s” has devices at counters that are not assigned to it: %(counters)s. "
        "They do nothing."
    ),
    NO_COUNTER: mark("The device program “%(name)s” has devices at counters that do not exist: %(counters)s."),
    NO_KIOSK: mark("The scanner of the device program “%(name)s” is assigned to no kiosk. What it reads is dropped."),
    UNCONFIRMED: mark("What the device program “%(name)s” serves was taken from its devices. Please confirm it."),
}


def is_bound_to(device: DeclaredDevice, bindings: Mapping[int, Binding], counter: int) -> bool:
    """Return whether `device` is at `counter` and its agent is bound to that counter."""
    binding = bindings.get(device.agent)
    return counter in device.counters and binding is not None and counter in binding.counters


def list_devices(db: Reader, kind: str, counter: int | None = None) -> list[DeclaredDevice]:
    """Return the declared devices of `kind`, the oldest agent first. With `counter`, only those that can act there."""
    return list(read_once(db, ("devices", kind, counter), lambda db: _read_devices(db, kind, counter)))


def _read_devices(db: Reader, kind: str, counter: int | None) -> list[DeclaredDevice]:
    agents = set(staff_store.list_agents(db))
    devices = [device for device in equipment_store.list_devices(db, kind) if device.agent in agents]
    if counter is None:
        return devices
    bindings = equipment_store.load_bindings(db)
    return [device for device in devices if is_bound_to(device, bindings, counter)]


def require_device(db: Reader, agent: int, kind: str, counter: int | None, name: str | None = None) -> DeclaredDevice:
    """Return the device with which `agent` acts at `counter` (None: at its kiosks).

    Raises `Forbidden`; see `rules.require_device`.
    """
    return rules.require_device(
        equipment_store.list_devices_of_agent(db, agent), equipment_store.get_binding(db, agent), kind, counter, name
    )


class PendingBinding(Struct, frozen=True):
    """The open questions about an agent, for an administrator.

    `counters` are not bound to the agent, `unknown` do not exist. The scanner can be without a kiosk, the binding
    unconfirmed.
    """

    agent: int
    name: str
    counters: tuple[int, ...]
    unknown: tuple[int, ...]
    has_homeless_scanner: bool
    is_unconfirmed: bool

    def list_messages(self) -> list[tuple[str, Said]]:
        """List the open questions: code, English message and its parameters."""
        sentences: list[tuple[str, Said]] = []
        for code, numbers in ((UNBOUND, self.counters), (NO_COUNTER, self.unknown)):
            if numbers:
                sentences.append((code, (WORDS[code], {"name": self.name, "counters": ", ".join(map(str, numbers))})))
        for code, is_so in ((NO_KIOSK, self.has_homeless_scanner), (UNCONFIRMED, self.is_unconfirmed)):
            if is_so:
                sentences.append((code, (WORDS[code], {"name": self.name})))
        return sentences


def list_pending(db: Reader) -> list[PendingBinding]:
    """List the open questions about each enrolled agent."""
    counter_numbers = {counter.number for counter in counter_store.list_all(db)}
    kiosks = {credential.id for credential in staff_store.list_kiosks(db)}
    bindings, devices = equipment_store.load_bindings(db), equipment_store.list_devices(db)
    waiting_list = []
    for credential in staff_store.list_agent_credentials(db):
        binding = bindings.get(credential.id, Binding(credential.id))
        theirs = [device for device in devices if device.agent == credential.id]
        numbers = sorted({number for device in theirs for number in device.counters})
        has_scanner = any(is_placed_at(device.kind, "kiosks") for device in theirs)
        waiting_list.append(
            PendingBinding(
                credential.id,
                credential.name,
                tuple(number for number in numbers if number in counter_numbers and number not in binding.counters),
                tuple(number for number in numbers if number not in counter_numbers),
                has_scanner and binding.kiosks is not None and not kiosks & set(binding.kiosks),
                not binding.is_confirmed,
            )
        )
    return waiting_list


def note_pending(desk: Desk) -> None:
    """Note the open questions as faults, and clear the faults of those that are settled."""
    with desk.read() as db:
        waiting_list = list_pending(db)
    now = {
        f"agent.{item.agent}.{code}": DeskFault(f"agent.{item.agent}.{code}", "devices", *sentence)
        for item in waiting_list
        for code, sentence in item.list_messages()
        if code != UNCONFIRMED  # a question to the administrator, not a fault
    }
    for fault in desk.faults.list_all():
        if fault.code.startswith("agent.") and fault.code.rpartition(".")[2] in WORDS and fault.code not in now:
            desk.faults.clear(fault.code)
    for fault in now.values():
        desk.faults.note(fault)


def install(desk: Desk) -> None:
    """Look now, and whenever agents, counters or what they serve change."""

    def look(_batch: Batch) -> None:
        note_pending(desk)

    desk.on_commit(look, *CHANGING)
    note_pending(desk)
