"""What the wizard does for a desk that has its settings but nobody to look after it, and saving one section."""

import pytest

from motcua.desk import Desk, Refused
from motcua.setup import actions
from motcua.setup.document import Document, to_plain
from motcua.setup.mistakes import Mistakes
from motcua.setup.template import open_always
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Role

ADMIN = Account(0, "quantri", "Trần Thị Bình", "", Role.ADMIN, None, "hashed", disabled=False)
OFFICER = Account(0, "canbo1", "Nguyễn Văn An", "", Role.OFFICER, 1, "hashed", disabled=False)


def needed(desk: Desk) -> bool:
    with desk.read() as db:
        return actions.is_needed(db)


def test_a_desk_is_to_be_set_up_until_somebody_can_change_its_settings(desk: Desk, ward: Document) -> None:
    steps = [needed(desk)]
    desk.do(actions.apply, ward)
    steps.append(needed(desk))
    desk.do(staff_actions.save_account, OFFICER)
    steps.append(needed(desk))
    desk.do(actions.finish_setup, ward, ADMIN, [])
    assert [*steps, needed(desk)] == [True, True, True, False]


def test_settings_that_are_there_stay(desk: Desk, ward: Document) -> None:
    kept = open_always(ward)
    desk.do(actions.apply, kept)
    made = desk.do(actions.finish_setup, ward, ADMIN, [OFFICER])
    with desk.read() as db:
        assert (actions.get_document(db), staff_store.list_accounts(db)) == (kept, made)


def test_a_desk_with_an_administrator_is_finished(desk: Desk, ward: Document) -> None:
    desk.do(actions.finish_setup, ward, ADMIN, [])
    with pytest.raises(Refused) as caught:
        desk.do(actions.finish_setup, ward, ADMIN, [])
    assert caught.value.code == "setup.done"


def test_a_section_made_from_older_settings_is_refused(desk: Desk, ward: Document) -> None:
    desk.do(actions.apply, ward)
    rating = {**to_plain(ward)["rating"], "window_s": 45}
    assert desk.do(actions.save_section, "rating", {"rating": rating}, 1) is True
    with pytest.raises(Refused) as caught:
        desk.do(actions.save_section, "rating", {"rating": rating}, 1)
    assert caught.value.code == "settings.changed"
    assert desk.do(actions.save_section, "rating", {"rating": rating}, 2) is False
    with pytest.raises(Mistakes) as wrong:
        desk.do(actions.save_section, "rating", {"rating": {**rating, "window_s": 1}}, 2)
    assert [found.place for found in wrong.value.mistakes] == ["rating.window_s"]
