"""A new desk and its people, once."""

import pytest

from motcua.copies import replace
from motcua.desk import Desk, Invalid, Refused
from motcua.desk.event import Event
from motcua.settings import store as settings_store
from motcua.settings.events import SettingsChanged
from motcua.setup import actions
from motcua.setup.document import Document
from motcua.staff import store as staff_store
from motcua.staff.events import AccountSaved
from motcua.staff.model import Account, Role

ADMIN = Account(0, "quantri", "  Trần  Thị Bình ", "Quản trị", Role.ADMIN, None, "hashed", disabled=False)
LEADER = Account(0, "lanhdao", "Lê Văn Cường", "Chủ tịch", Role.LEADER, None, "hashed", disabled=False)
OFFICER = Account(0, "canbo1", "Nguyễn Văn An", "Công chức", Role.OFFICER, 1, "hashed", disabled=False)


def test_a_new_desk_gets_its_settings_and_its_people(desk: Desk, ward: Document) -> None:
    told: list[Event] = []
    desk.on_commit(lambda batch: told.extend(entry.event for entry in batch))
    made = desk.do(actions.set_up, ward, ADMIN, [LEADER, OFFICER])
    assert made == [replace(ADMIN, id=1, full_name="Trần Thị Bình"), replace(LEADER, id=2), replace(OFFICER, id=3)]
    with desk.read() as db:
        assert (actions.get_document(db), staff_store.list_accounts(db)) == (ward, made)
    bare = [replace(event, seal=None) for event in told if isinstance(event, SettingsChanged | AccountSaved)]
    assert (len(told), bare) == (
        4,
        [
            SettingsChanged(operational=actions.make_operational(ward)),
            AccountSaved(account=1, role="admin", disabled=False, created=True),
            AccountSaved(account=2, role="leader", disabled=False, created=True),
            AccountSaved(account=3, role="officer", disabled=False, created=True),
        ],
    )


def test_a_desk_is_set_up_once(desk: Desk, ward: Document) -> None:
    desk.do(actions.set_up, ward, ADMIN, [])
    with pytest.raises(Refused) as caught:
        desk.do(actions.set_up, ward, replace(ADMIN, name="other"), [])
    assert caught.value.code == "setup.done"


def test_a_desk_with_people_is_set_up(desk: Desk, ward: Document) -> None:
    desk.do(lambda tx: staff_store.save_account(tx.db, OFFICER))
    with pytest.raises(Refused, match="already set up"):
        desk.do(actions.set_up, ward, ADMIN, [])


@pytest.mark.parametrize(
    ("admin", "people", "code"),
    [
        (replace(ADMIN, role=Role.LEADER), [], "setup.admin"),
        (replace(ADMIN, disabled=True), [], "setup.admin"),
        (replace(ADMIN, name="Quản trị"), [], "account.name"),
        (ADMIN, [replace(OFFICER, full_name=" ")], "account.full_name"),
        (ADMIN, [replace(OFFICER, role=Role.WALL)], "role.not_a_person"),
        (ADMIN, [replace(OFFICER, counter=7)], "counter.unknown"),
        (ADMIN, [OFFICER, replace(LEADER, name="canbo1")], "account.taken"),
    ],
)
def test_a_refused_first_set_up_leaves_the_desk_new(
    desk: Desk, ward: Document, admin: Account, people: list[Account], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        desk.do(actions.set_up, ward, admin, people)
    assert caught.value.code == code
    assert isinstance(caught.value, Invalid) == (code != "account.taken")
    with desk.read() as db:
        assert (settings_store.get_version(db), staff_store.list_accounts(db), desk.head.seq) == (0, [], 0)
