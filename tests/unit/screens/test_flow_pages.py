"""The pages of flows, and the board and a dossier's page that follow a flow."""

import re
from typing import Any

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest
from motcua.dossiers.store import flows
from motcua.procedures import actions as procedure_actions
from motcua.procedures.model import ProcedureSource, WithdrawalRequest
from motcua.settings.model import DossierRules
from tests.told import require_told
from tests.unit.dossiers.taken import DEATH, arrange
from tests.unit.screens.dossier_pages import DAY_S, DossierPages

PATH = "/settings/procedures/flows"
SINCE = "2026-11-01"
NAME, VALUE = re.compile(r'name="([^"]+)"'), re.compile(r'value="([^"]*)"')


def write_form(*steps: tuple[str, str], **more: str) -> dict[str, Any]:
    """A form of steps as (name, share), with an empty row before each but the first."""
    form = {"scope": "procedure", "key": DEATH, "since": SINCE, "basis": "-", **more}
    for place, (name, share) in enumerate(steps):
        at = f"steps-{2 * place}-"
        code = "receive" if place == 0 else "return" if place == len(steps) - 1 else ""
        form |= {f"{at}name-vi": name, f"{at}share": share, f"{at}role": "leader", f"{at}code": code}
        form |= {f"steps-{2 * place + 1}-name-vi": "", f"steps-{2 * place + 1}-role": "leader"}
    return form


@pytest.mark.thorough
def test_a_leader_writes_a_flow_and_the_next_dossier_follows_it(pages: DossierPages) -> None:
    listed = pages.ask(PATH, "lan").text
    assert re.findall(r'data-flow="([^"]+)"', listed) == ["usual", "immediate"]
    assert "usual flow" in listed
    form = write_form(("Nhận", "30"), ("Ký duyệt", "60 "), ("Trả", "10"), **{"steps-2-account": str(pages.minh)})
    saved = pages.ask(f"{PATH}/edit", "lan", form=form)
    assert (saved.status_code, saved.location) == (303, f"{PATH}?done=saved")
    assert f'data-flow="procedure:{DEATH}"' in pages.ask(PATH, "lan").text
    dossier = pages.lodge()
    page = pages.ask(f"/dossiers/{dossier.code}").text
    assert re.findall(r'<th scope="row">(\w[^<]*?)(?: <span|</th>)', page) == ["Nhận", "Ký duyệt", "Trả"]
    following = re.search(r'id="following".*?</form>', page, re.DOTALL)
    assert following is not None
    assert "Next step: Ký duyệt · Lê Minh" in re.sub(r"\s+", " ", following[0])
    assert pages.move(dossier, "hand-over", step="1", holder=str(pages.minh)).status_code == 303
    row = pages.ask("/dossiers?box=later", "lan").text
    assert "Ký duyệt" in row
    assert "Lê Minh" in row
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_a_wrong_flow_comes_back_as_it_was_typed_with_what_is_wrong(pages: DossierPages) -> None:
    form = write_form(("Nhận <b>", "30"), ("Trả", "half"))
    answer = pages.ask(f"{PATH}/edit", "lan", form=form)
    assert answer.status_code == 422
    assert "Step 2: write a share from 0 to 100 percent." in answer.text
    assert "Nhận &lt;b&gt;" in answer.text
    assert 'value="half"' in answer.text
    answer = pages.ask(f"{PATH}/edit", "lan", "vi", form=write_form(("Nhận", "30"), ("Trả", "60")))
    assert "Tổng tỷ lệ các bước là 90 %. Tổng phải bằng 100 %." in answer.text
    assert pages.ask(f"{PATH}/edit", "lan", form=write_form(("N", "100"), key="x")).status_code == 422
    assert (
        pages.ask(f"{PATH}/edit", "lan", form=write_form(("N", "100"), **{"steps-0-account": "x"})).status_code == 422
    )
    assert pages.ask(f"{PATH}/edit?scope=field&key=Thi%C3%AAn", "lan").status_code == 422
    assert pages.ask(f"{PATH}/edit?scope=usual&day=2026-99-99", "lan").status_code == 200
    with pages.taken.desk.read() as db:
        assert flows.list_flow_versions(db) == []


@pytest.mark.thorough
def test_two_people_do_not_overwrite_each_other_and_a_flow_can_be_withdrawn(pages: DossierPages) -> None:
    form = write_form(("Nhận", "50"), ("Trả", "50"))
    assert pages.ask(f"{PATH}/edit", "lan", form=form).status_code == 303
    late = pages.ask(f"{PATH}/edit", "lan", form=write_form(("Nhận", "40"), ("Trả", "60")))
    assert "Somebody else changed this flow meanwhile." in late.text
    target = {"scope": "procedure", "key": DEATH}
    assert pages.ask(f"{PATH}/withdrawal", "lan", form={**target, "since": "2026-10-01"}).status_code == 404
    assert pages.ask(f"{PATH}/withdrawal", "lan", form={**target, "since": ""}).status_code == 422
    assert pages.ask(f"{PATH}/withdrawal", "lan", form={**target, "since": SINCE}).status_code == 303
    assert pages.lodge().flow == ""


@pytest.mark.thorough
def test_the_proposal_for_one_day_procedures_is_short_and_can_be_saved_as_it_is(pages: DossierPages) -> None:
    page = pages.ask(f"{PATH}/edit?scope=immediate", "lan").text
    inputs = re.findall(r"<input[^>]*>", page)
    fields = {name[1]: value[1] for one in inputs if (name := NAME.search(one)) and (value := VALUE.search(one))}
    form = {name: value for name, value in fields.items() if name.startswith("steps-")}
    form |= {f"steps-{n}-role": "leader" for n in range(5)}
    since = {"scope": "immediate", "key": "", "since": SINCE, "basis": "-"}
    answer = pages.ask(f"{PATH}/edit", "lan", form={**form, **since})
    assert answer.status_code == 303, answer.text
    with pages.taken.desk.read() as db:
        (version,) = flows.list_flow_versions(db)
    assert version.flow is not None
    assert [step.share_percent for step in version.flow] == [20, 60, 20]


@pytest.mark.thorough
def test_a_step_that_is_late_is_in_a_box_of_its_own_before_the_dossier_is(pages: DossierPages) -> None:
    dossier = pages.lodge()
    assert pages.count("step_late") == 0
    pages.taken.clock.advance(DAY_S)
    assert (pages.count("step_late"), pages.count("late")) == (1, 0)
    assert pages.rows("box=step_late") == [dossier.code]
    assert pages.rows("box=step_late&step=Tiếp nhận") == [dossier.code]
    assert pages.rows("box=step_late&step=Ký") == []
    assert "&amp;step=Ti%E1%BA%BFp%20nh%E1%BA%ADn" in pages.ask("/dossiers?box=step_late&step=Tiếp nhận", "lan").text
    assert "Step late" in pages.ask("/dossiers?box=step_late", "lan").text
    assert pages.move(dossier, "hand-over", step="3").status_code == 303
    assert pages.count("step_late") == 0
    assert pages.move(dossier, "send-back", step="1", words="").status_code == 422
    assert pages.move(dossier, "send-back", step="1", words="Sai tên").status_code == 303
    history = pages.ask(f"/dossiers/{dossier.code}").text
    assert "Sent back" in history
    assert "Sai tên" not in history, "why is read like all that is encrypted"
    assert "Sai tên" in pages.ask(f"/dossiers/{dossier.code}/whole", form={}).text


@pytest.mark.thorough
def test_the_flow_of_a_procedure_that_went_out_of_use_can_still_be_opened_and_withdrawn(pages: DossierPages) -> None:
    assert pages.ask(f"{PATH}/edit", "lan", form=write_form(("Nhận", "50"), ("Trả", "50"))).status_code == 303
    gone = WithdrawalRequest(DEATH, SINCE, ProcedureSource.PAGE)
    pages.taken.desk.do(procedure_actions.withdraw_procedure, gone)
    assert pages.ask(f"{PATH}/edit?scope=procedure&key={DEATH}", "lan").status_code == 200
    changed = pages.ask(f"{PATH}/edit", "lan", form=write_form(("Nhận", "60"), ("Trả", "40"), basis=""))
    assert (changed.status_code, "Choose for which procedures" in changed.text) == (422, True)
    target = {"scope": "procedure", "key": DEATH, "since": SINCE}
    assert pages.ask(f"{PATH}/withdrawal", "lan", form=target).status_code == 303


@pytest.mark.thorough
def test_two_steps_with_one_code_in_two_flows_are_two_steps_of_the_board(pages: DossierPages) -> None:
    codes = []
    for name in ("Ghi sổ", "Xác minh"):
        steps = [
            {"name": (step, ""), "share_percent": share, "role": "leader", "account": None}
            for step, share in (("Nhận", 30), (name, 60), ("Trả", 10))
        ]
        pages.taken.desk.do(actions.set_flow, FlowRequest("procedure", DEATH, SINCE, steps))
        codes.append(pages.lodge().code)
        pages.taken.desk.do(actions.hand_over, codes[-1], 1, None)
    assert [pages.rows(f"box=later&step={name}") for name in ("Ghi sổ", "Xác minh")] == [[code] for code in codes]
    choices = re.findall(r'<option value="([^"]+)"', pages.ask("/dossiers", "lan").text)
    assert [name for name in ("Ghi sổ", "Xác minh", "step-1") if name in choices] == ["Ghi sổ", "Xác minh"]


@pytest.mark.thorough
def test_officers_cannot_change_flows_and_without_dossiers_there_are_none(pages: DossierPages) -> None:
    assert pages.ask(PATH, "hoa").status_code == 403
    assert "/settings/procedures/flows" in pages.ask("/settings/procedures", "lan").text
    pages.taken.desk.do(arrange, DossierRules())
    assert pages.ask(PATH, "lan").status_code == 404
    assert "/settings/procedures/flows" not in pages.ask("/settings/procedures", "lan").text


@pytest.mark.thorough
def test_a_leader_links_procedures_and_sees_what_is_wrong_with_a_group(pages: DossierPages) -> None:
    path = "/settings/procedures/linked"
    assert re.findall(r'data-group="([^"]+)"', pages.ask(path, "lan").text) == ["birth", "death"]
    form = {"code": "", "since": SINCE, "name-vi": "Cưới <b>", "procedure-0": "1.000894", "procedure-1": "9.999999"}
    wrong = pages.ask(path, "lan", form=form)
    assert wrong.status_code == 422
    assert "There is no procedure 9.999999." in wrong.text
    assert 'value="Cưới &lt;b&gt;"' in wrong.text
    assert pages.ask(path, "lan", form={**form, "procedure-1": "1.010038"}).status_code == 303
    page = pages.ask(path, "lan").text
    assert re.findall(r'data-group="([^"]+)"', page) == ["birth", "death", "group-1"]
    assert "not in the catalogue" not in page
    gone = WithdrawalRequest("1.010038", SINCE, ProcedureSource.PAGE)
    pages.taken.desk.do(procedure_actions.withdraw_procedure, gone)
    assert pages.ask(path, "lan").text.count("not in the catalogue") == 1
    assert page.count("of the ward") == 1
    assert pages.ask(f"{path}/withdrawal", "lan", form={"code": "birth", "since": SINCE}).status_code == 303
    assert pages.ask(f"{path}/withdrawal", "lan", form={"code": "birth", "since": SINCE}).status_code == 404
    assert pages.ask(path, "hoa").status_code == 403
    require_told(pages.taken.hall.folder)
