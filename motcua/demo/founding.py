"""A new hall for a demo: settings of the ward template, people, and a token for everything that presses a button."""

import base64
from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from motcua.copies import replace
from motcua.demo.officers import PEOPLE
from motcua.desk import Desk, Tx, parse, stamp, system_entropy
from motcua.equipment import store as equipment_store
from motcua.settings.model import CallbackRules, CameraRules, DossierRules, RatingForm, Seats
from motcua.setup import actions as setup_actions
from motcua.setup import agents, template
from motcua.setup.document import Document
from motcua.setup.passwords import hash_password
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.staff.events import PairingOffered
from motcua.staff.model import Account, Credential, Role

ADMIN, LEADER = "demo", "lanhdao"
SEATS = tuple(f"Ghế {number}" for number in range(1, 13))
AT_SEAT = "disability"
"""Whoever comes for this may be hard of walking."""
FORM_QUESTIONS = 6
CONTACT = "Đỗ Thị Kim Anh, Giám đốc Trung tâm"
UNIT_CODE = "000.00.00.H00"
"""A code of nobody, as the hall of the demo is none."""
CAMERAS = 3
"""The first so many counters have a camera."""
INVITED_DAYS = 365


class Badges(Struct, frozen=True):
    """The tokens of the simulated people and devices; `officers`, `pads` and the officers' `accounts` by counter;
    everybody's password.
    """

    kiosk: str
    wall: str
    agent: str
    leader: str
    officers: dict[int, str]
    pads: dict[int, str]
    accounts: dict[int, int]
    password: str
    camera: str
    """The token of the device program that drives the simulated cameras."""


def make_password() -> str:
    """Return a password for the demo's accounts, which is shown on the terminal."""
    text = system_entropy(6).hex()
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def make_document() -> Document:
    """Return the ward template with what a demo shows as well: booked times, and a service for which officers come
    to the seat.
    """
    document = template.load("ward")
    settings = replace(
        document.settings,
        seats=Seats(SEATS),
        appointments=replace(document.settings.appointments, is_open=True),
        rating_form=RatingForm(tuple(service.code for service in document.services), FORM_QUESTIONS),
        camera=CameraRules(is_on=True, contact=CONTACT),
        dossiers=DossierRules(is_on=True, unit_code=UNIT_CODE, wall_results=True),
        callbacks=CallbackRules(is_on=True),
    )
    services = [replace(service, at_seat=service.code == AT_SEAT) for service in document.services]
    return replace(document, settings=settings, services=services)


def set_up_hall(desk: Desk, password: str, document: Document | None = None) -> tuple[str, Badges]:
    """Set up the empty `desk` as a ward's hall and return its unit's name and the tokens.

    Without a `document` it is that of `make_document`. Raises `Refused("setup.done")`.

    With an empty `password` nobody can sign in. A day that nobody watches needs none: a hash has a salt by chance,
    and with it the journal's seals, which have to be the same for a seed.
    """
    document = document or make_document()
    hashed = hash_password(password) if password else ""
    numbers = [counter.number for counter in document.counters]
    people = [
        Account(0, f"canbo{number}", *PEOPLE[place % len(PEOPLE)], Role.OFFICER, number, hashed, False)
        for place, number in enumerate(numbers)
    ]
    leader = Account(0, LEADER, "Đỗ Thị Kim Anh", "Giám đốc Trung tâm", Role.LEADER, None, hashed, False)
    admin = Account(0, ADMIN, "Quản trị bản thử", "", Role.ADMIN, None, hashed, False)
    door = desk.by("command")
    accounts = door.do(setup_actions.set_up, document, admin, [leader, *people])

    def token(role: Role, counter: int | None = None, account: str | None = None) -> str:
        return door.do(staff_actions.add_token, role.value, counter, "", account).secret

    return document.settings.unit.name, Badges(
        kiosk=token(Role.KIOSK),
        wall=token(Role.WALL),
        agent=token(Role.AGENT),
        leader=token(Role.LEADER, None, LEADER),
        officers={
            number: token(Role.OFFICER, None, account.name) for number, account in zip(numbers, people, strict=True)
        },
        pads={number: token(Role.PAD, number) for number in numbers},
        accounts={account.counter: account.id for account in accounts if account.counter is not None},
        password=password,
        camera=_enrol_cameras(desk, tuple(numbers[:CAMERAS])),
    )


def _enrol_cameras(desk: Desk, counters: tuple[int, ...]) -> str:
    """Enrol the device program of the simulated cameras, and return its token."""
    door = desk.by("command")
    granted = door.do(staff_actions.add_token, Role.AGENT.value, None, "camera", None)
    door.do(agents.bind, granted.credential.id, agents.Serves(counters, ()))
    return granted.secret


def let_agent_serve(desk: Desk) -> None:
    """Let the demo's device program with the emulators act at every counter and for every kiosk."""
    everything = agents.Serves(agents.ALL, agents.ALL)
    with desk.read() as db:
        bindings = equipment_store.load_bindings(db)
        enrolled = [agent for agent in staff_store.list_agents(db) if agent not in bindings]
    for agent in enrolled:
        desk.by("command").do(agents.bind, agent, everything)


def make_pairing_links(desk: Desk, numbers: Iterable[int]) -> dict[str, str]:
    """Return a pairing path for the kiosk, the wall and each pad."""
    screens = [("kiosk", Role.KIOSK, None), ("wall", Role.WALL, None), *((f"pad {n}", Role.PAD, n) for n in numbers)]
    return {name: f"pair/{desk.by('command').do(_offer, role, counter)}" for name, role, counter in screens}


def _offer(tx: Tx, role: Role, counter: int | None) -> str:
    """Open a pairing link that outlives ten minutes, which pass in seconds on a fast clock."""
    secret = base64.urlsafe_b64encode(tx.entropy(staff_actions.SECRET_BYTES)).decode()
    expires = stamp(parse(tx.at) + timedelta(days=INVITED_DAYS))
    staff_store.add_offer(tx.db, secret, Credential(0, "device", role, None, counter, role.value, None), expires)
    tx.emit(PairingOffered(role=role.value, counter=counter))
    return secret
