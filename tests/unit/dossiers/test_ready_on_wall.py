"""The wall lists the ends of codes whose result is ready: where it is wished, and nothing else of a dossier."""

import json
from typing import Any

from motcua.copies import replace
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import Dossier
from motcua.estimates.waits import WaitEstimates
from motcua.settings.model import DossierRules
from motcua.views.wall import show_wall
from tests.unit.dossiers.taken import RULES, Taken, arrange

ON = replace(RULES, wall_results=True, wall_results_most=2)


def show_ready(taken: Taken, rules: DossierRules) -> Any:
    taken.desk.do(arrange, rules)
    with taken.desk.read() as db:
        return show_wall(db, taken.clock.now(), "2026-11-23", WaitEstimates(), clock_behind=False)["ready"]


def finish(taken: Taken, dossier: Dossier) -> None:
    taken.clock.advance(60)
    taken.desk.do(actions.finish, dossier.code)


def test_the_newest_are_listed_by_the_end_of_the_code_that_leads_and_the_others_counted(taken: Taken) -> None:
    taken.call()
    assert show_ready(taken, ON) is None
    dossiers = [taken.lodge() for _place in range(4)]
    taken.desk.do(actions.number, dossiers[2].code, "H29.17-261102-0420")
    for place in (1, 0, 2):
        finish(taken, dossiers[place])
    ready = show_ready(taken, ON)
    assert ready == {"items": [{"number": "0420", "day": "02/11"}, {"number": "0001", "day": "23/11"}], "more": 1}
    assert "Văn" not in json.dumps(ready, ensure_ascii=False)
    taken.desk.do(actions.hand_out, dossiers[2].code)
    assert [item["number"] for item in show_ready(taken, ON)["items"]] == ["0001", "0002"]


def test_without_the_wish_or_the_switch_the_wall_lists_none(taken: Taken) -> None:
    taken.call()
    finish(taken, taken.lodge())
    assert show_ready(taken, ON) is not None
    assert show_ready(taken, RULES) is None
    assert show_ready(taken, replace(ON, is_on=False)) is None
