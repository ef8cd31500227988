"""What leaves the desk on paper: forms that name what is known, and a slip that names nobody."""

import json

import pytest
import zxingcpp

from motcua.desk import Desk, Refused
from motcua.devices.paper import layout, render
from motcua.devices.paper.ticket import get_values
from motcua.devices.printer.text_file import write_ticket
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, SendBackRequest, SupplementRequest
from motcua.dossiers.model.dossier import Dossier, DossierState, HandedPaper
from motcua.dossiers.store import lookups
from motcua.equipment import actions as equipment_actions
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.reports.forms.model import FormApplicant, FormKind, FormPaper
from motcua.reports.forms.printing import print_form
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.views.dossier_forms import make_form_facts, write_limit
from motcua.wiring import dossier_slips
from tests.unit.dossiers.taken import AN, FORM, VAULT, Taken


@pytest.fixture
def dossier(taken: Taken) -> Dossier:
    taken.call()
    papers = (FORM, HandedPaper("declaration", copies=1), HandedPaper("x1", originals=2))
    return taken.lodge(papers=papers, typed=(("x1", "Hộ chiếu"),))


def test_a_receipt_names_what_was_handed_in_and_until_when(taken: Taken, dossier: Dossier) -> None:
    content = taken.desk.do(actions.open_dossier, VAULT, dossier.code)
    with taken.desk.read() as db:
        facts = make_form_facts(db, content, FormKind.RECEIPT, taken.clock.now(), "")
    assert facts.applicant == FormApplicant(AN.name, AN.address, AN.phone, AN.email)
    assert facts.papers == (
        FormPaper("form", 1), FormPaper("Tờ khai theo mẫu", 0, 1), FormPaper("Hộ chiếu", 2),
    )  # fmt: skip
    assert (facts.limit, f"{facts.due_at:%H:%M %d/%m/%Y}") == ("3 ngày làm việc", "17:00 27/11/2026")
    assert (facts.officer, facts.code, facts.book, facts.book_number) == ("Phạm Hoa", dossier.code, "2026", "1")
    assert facts.steps == ()


def test_other_forms_say_what_they_are_about(taken: Taken, dossier: Dossier) -> None:
    desk = taken.desk
    desk.do(actions.extend, VAULT, dossier.code, TimeLimit(LimitUnit.WORKING_DAYS, 2), "Chờ xác minh")
    content = desk.do(actions.open_dossier, VAULT, dossier.code)
    with desk.read() as db:
        extension = make_form_facts(db, content, FormKind.EXTENSION, taken.clock.now(), "")
    assert (f"{extension.due_at:%d/%m}", f"{extension.new_due_at:%d/%m}") == ("27/11", "30/11")
    assert extension.reason == "Chờ xác minh"
    desk.do(actions.ask_supplement, VAULT, dossier.code, SupplementRequest(("death-notice",), "Ghi rõ ngày mất"))
    content = desk.do(actions.open_dossier, VAULT, dossier.code)
    with desk.read() as db:
        supplement = make_form_facts(db, content, FormKind.SUPPLEMENT, taken.clock.now(), "")
    assert supplement.missing == ("Giấy báo tử hoặc giấy tờ thay thế", "Ghi rõ ngày mất")
    desk.do(actions.end, VAULT, dossier.code, EndRequest(DossierState.REFUSED, "false-paper", "Tẩy xóa"))
    content = desk.do(actions.open_dossier, VAULT, dossier.code)
    with desk.read() as db:
        refusal = make_form_facts(db, content, FormKind.REFUSAL, taken.clock.now(), "")
    assert (refusal.reason, refusal.legal) == ("Tẩy xóa", "Giấy tờ tẩy xóa, sửa chữa hoặc giả mạo")


def test_the_control_slip_says_when_each_step_began_and_ended(taken: Taken, dossier: Dossier) -> None:
    taken.clock.advance(3600)
    taken.desk.do(actions.hand_over, dossier.code, 1, taken.officer)
    taken.clock.advance(3600)
    taken.desk.do(actions.finish, dossier.code)
    content = taken.desk.do(actions.open_dossier, VAULT, dossier.code)
    with taken.desk.read() as db:
        steps = make_form_facts(db, content, FormKind.CONTROL, taken.clock.now(), "").steps
    times = [tuple(f"{at:%H:%M}" if at else "" for at in (step.begun_at, step.done_at)) for step in steps]
    assert times == [("08:00", "09:00"), ("09:00", "10:00"), ("", ""), ("", ""), ("10:00", "")]
    assert [step.name for step in steps][:2] == ["Tiếp nhận", "Thẩm tra"]
    assert f"{steps[-1].due_at:%Y-%m-%d}" == content.dossier.due_on


def test_the_control_slip_says_who_handed_over_to_whom_and_what_came_back(taken: Taken, dossier: Dossier) -> None:
    lan = taken.desk.do(staff_actions.save_account, Account(0, "lan", "Lê Lan", "", Role.LEADER, None, "x", False)).id
    for step, holder in ((1, taken.officer), (3, lan)):
        taken.clock.advance(3600)
        taken.desk.do(actions.hand_over, dossier.code, step, holder)
    taken.desk.do(actions.send_back, VAULT, dossier.code, SendBackRequest(1, taken.officer, "Sai ngày mất"))
    taken.clock.advance(10 * 24 * 3600)
    taken.desk.do(actions.finish, dossier.code)
    content = taken.desk.do(actions.open_dossier, VAULT, dossier.code)
    with taken.desk.read() as db:
        facts = make_form_facts(db, content, FormKind.CONTROL, taken.clock.now(), "")
    rows = [(step.name, step.officer, step.note) for step in facts.steps]
    assert rows == [
        ("Tiếp nhận", "Phạm Hoa", ""),
        ("Thẩm tra", "Phạm Hoa", "Bàn giao cho Lê Lan"),
        ("Giải quyết", "Công chức chuyên môn", ""),
        ("Ký", "Lê Lan", "Trả lại bước trước: Sai ngày mất"),
        ("Thẩm tra", "Phạm Hoa", ""),
        ("Trả kết quả", "Công chức một cửa", ""),
    ]
    printed = print_form(FormKind.CONTROL, facts)
    (table,) = [part for part in printed["parts"] if part["kind"] == "table"]
    assert [row[5] for row in table["rows"]] == ["Đúng hạn", "Trước hạn", "", "Trước hạn", "Quá hạn", "Quá hạn"]


def test_a_form_of_erased_data_is_left_to_be_written_by_hand(taken: Taken, dossier: Dossier) -> None:
    taken.desk.do(actions.erase_dossier, dossier.code)
    content = taken.desk.do(actions.open_dossier, VAULT, dossier.code)
    with taken.desk.read() as db:
        facts = make_form_facts(db, content, FormKind.RECEIPT, taken.clock.now(), "")
    assert facts.applicant == FormApplicant("")


def test_a_limit_of_the_same_day_is_said_so() -> None:
    assert write_limit(TimeLimit(LimitUnit.SAME_DAY)) == "trong ngày"


@pytest.fixture
def printing(taken: Taken) -> Desk:
    """Lend the desk with a printer of an agent, which prints slips as well."""
    dossier_slips.install(taken.desk)
    agent = taken.desk.do(staff_actions.add_token, "agent", None, "", None).credential.id
    taken.desk.do(equipment_actions.declare, agent, [{"name": "may-in", "kind": "printer"}])
    return taken.desk


@pytest.mark.thorough
def test_the_slip_has_code_and_day_as_text_and_as_a_code_and_names_nobody(
    taken: Taken, printing: Desk, dossier: Dossier
) -> None:
    printing.do(actions.print_slip, dossier.code)
    with printing.read() as db:
        rows = db.execute("SELECT payload FROM jobs").fetchall()
    payload = json.loads(rows[-1][0])
    assert AN.name not in json.dumps(payload, ensure_ascii=False)
    assert layout.list_faults(payload["layout"]) == []
    with printing.read() as db:
        token = lookups.find_token(db, dossier.code)
    rows_of_paper = layout.fill(layout.parse(payload["layout"]), get_values(payload, "http://192.168.1.10:8080"))
    picture = render.draw_picture(render.render(rows_of_paper, 576))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"http://192.168.1.10:8080/d/{token}"]
    words = write_ticket(payload, "")
    for text in ("GIẤY HẸN TRẢ KẾT QUẢ", dossier.code, "17:00 27/11/2026"):
        assert text in words
    assert "SỐ THỨ TỰ" not in words


def test_nothing_is_promised_yet_so_there_is_no_slip(taken: Taken) -> None:
    taken.call()
    lacking = taken.lodge(decision=DossierState.SUPPLEMENT, missing=("deed",))
    with pytest.raises(Refused) as caught:
        taken.desk.do(actions.print_slip, lacking.code)
    assert caught.value.code == "dossier.no_day"
