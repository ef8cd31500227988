"""What an administrator lets a device program act for: at its enrolment, with its token, and later.

One change over two subjects.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from motcua.counters import store as counter_store
from motcua.desk import Invalid, Reader, Tx, Unknown
from motcua.equipment import actions as equipment_actions
from motcua.equipment import store as equipment_store
from motcua.equipment.model import Binding, DeclaredDevice, OddDevice
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.staff.actions import GrantedCredential
from motcua.staff.model import Role

ALL = "all"
Numbers = Sequence[int] | str | None
"""Numbers that somebody chose, or `all` of them; None says nothing of it."""


class Serves(Struct, frozen=True):
    """What an agent is to serve: counters, and kiosks for its scanners (their credentials)."""

    counters: Numbers = None
    kiosks: Numbers = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was chosen."""
        return self.counters is None and self.kiosks is None


NOTHING = Serves()


def make_binding(db: Reader, agent: int, serves: Serves) -> Binding:
    """Return the binding that `serves` means; what it says nothing of stays as it is.

    Raises `Invalid("counter.unknown" | "kiosk.unknown")` for what this hall does not have.
    """
    before = equipment_store.get_binding(db, agent)
    counters, kiosks = before.counters, before.kiosks
    if serves.counters is not None:
        hall_counters = [counter.number for counter in counter_store.list_all(db)]
        counters = tuple(hall_counters) if isinstance(serves.counters, str) else tuple(serves.counters)
        for number in counters:
            if number not in hall_counters:
                raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=number)
    if isinstance(serves.kiosks, str):
        kiosks = None
    elif serves.kiosks is not None:
        kiosks, paired = tuple(serves.kiosks), {credential.id for credential in staff_store.list_kiosks(db)}
        for number in kiosks:
            if number not in paired:
                raise Invalid("kiosk.unknown", "There is no paired kiosk with the number %(number)s.", number=number)
    return Binding(agent, counters, kiosks)


def declare(tx: Tx, agent: int, entries: object) -> tuple[list[DeclaredDevice], list[OddDevice]]:
    """Record the devices of `agent`, as `equipment.actions.declare` does.

    One of which nobody has said what it serves acts where they stand and no other agent does, until an administrator
    decides.
    """
    taken = equipment_actions.declare(tx, agent, entries)
    equipment_actions.bind_by_devices(tx, agent, [counter.number for counter in counter_store.list_all(tx.db)])
    return taken


def bind(tx: Tx, agent: int, serves: Serves) -> Binding:
    """Let the enrolled agent `agent` act for what `serves` says.

    Raises `Unknown("agent.unknown")`, and as `binding`.
    """
    if agent not in staff_store.list_agents(tx.db):
        raise Unknown("agent.unknown", "There is no such device program.")
    return equipment_actions.bind(tx, make_binding(tx.db, agent, serves))


def add_counters(tx: Tx, agent: int, numbers: list[int], *, has_scanner: bool = False) -> Binding:
    """Let an agent act at further counters: an administrator has just given it a device there.

    Counters that do not exist are left out.

    With a first scanner (`has_scanner`) it serves every kiosk, until somebody says which.
    """
    before = equipment_store.get_binding(tx.db, agent)
    hall_counters = {counter.number for counter in counter_store.list_all(tx.db)}
    more = [number for number in numbers if number in hall_counters]
    kiosks: Numbers = ALL if has_scanner and before.kiosks == () else None
    if kiosks is None and set(more) <= set(before.counters):
        return before
    return bind(tx, agent, Serves([*before.counters, *more], kiosks))


def require_agent(role: str, serves: Serves) -> None:
    """Raise `Invalid("token.counters")` when anything but an agent is to serve counters or kiosks."""
    if role != Role.AGENT and not serves.is_empty:
        raise Invalid("token.counters", "Only a device program (agent) is assigned to several counters or to kiosks.")


class TokenRequest(Struct, frozen=True):
    """A token to make: its role, the counter of a counter's or pad's token, the name that people read, whose program
    it is.

    `serves` is what an agent may act for.
    """

    role: str
    counter: int | None
    name: str
    account: str | None
    serves: Serves = NOTHING


def add_token(tx: Tx, request: TokenRequest) -> GrantedCredential:
    """Make a token, as `staff.actions.add_token` does; an agent's is bound to what it serves. Raises `Invalid`."""
    require_agent(request.role, request.serves)
    granted = staff_actions.add_token(tx, request.role, request.counter, request.name, request.account)
    if not request.serves.is_empty:
        bind(tx, granted.credential.id, request.serves)
    return granted


def offer(tx: Tx, role: str, counter: int | None, name: str, serves: Serves = NOTHING) -> str:
    """Open a pairing link or an enrolment code, as `staff.actions.offer_pairing` does; whoever enrols is bound to
    what it `serves`.
    """
    require_agent(role, serves)
    if serves.is_empty:
        return staff_actions.offer_pairing(tx, role, counter, name)
    fitting = make_binding(tx.db, 0, serves)
    promise: dict[str, Any] = {
        "counters": list(fitting.counters),
        "kiosks": ALL if fitting.kiosks is None else list(fitting.kiosks),
    }
    return staff_actions.offer_pairing(tx, role, counter, name, promise)


def enrol(tx: Tx, code: str) -> GrantedCredential:
    """Use an enrolment code, as `staff.actions.enrol` does, and bind the agent to what the code was opened for.

    What was taken away since (a counter, a kiosk) is left out.
    """
    granted = staff_actions.enrol(tx, code)
    if granted.serves is not None:
        counters, kiosks = granted.serves.get("counters") or [], granted.serves.get("kiosks") or []
        hall_counters = {counter.number for counter in counter_store.list_all(tx.db)}
        paired = {credential.id for credential in staff_store.list_kiosks(tx.db)}
        chosen = Serves(
            [number for number in counters if number in hall_counters],
            ALL if kiosks == ALL else [number for number in kiosks if number in paired],
        )
        bind(tx, granted.credential.id, chosen)
    return granted
