"""What dossiers, procedures and proposals go through at a desk that has seen everything."""

import hashlib
from datetime import timedelta

from motcua.assistance import actions as assistance_actions
from motcua.assistance.model import AssistanceRequest
from motcua.callbacks import actions as callback_actions
from motcua.callbacks.model import CallbackRequest, CallbackSource
from motcua.copies import replace
from motcua.desk import Desk, ManualClock
from motcua.desk.vault import Vault
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers.actions import (
    EndRequest,
    FlowRequest,
    GroupRequest,
    HandedIn,
    HandedOut,
    SendBackRequest,
    SupplementRequest,
)
from motcua.dossiers.dropoffs import actions as dropoff_actions
from motcua.dossiers.dropoffs.model import DropOffRequest, ScannedPage
from motcua.dossiers.lockers import actions as locker_actions
from motcua.dossiers.lockers import store as locker_store
from motcua.dossiers.model.applicant import Applicant, IntakeRequest
from motcua.dossiers.model.bank import BankMessage
from motcua.dossiers.model.cash import CountRequest
from motcua.dossiers.model.dossier import DossierState, FilingChannel, HandedPaper
from motcua.dossiers.model.fees import FeeRequest, PaymentMeans, PaymentRequest, ReturnRequest
from motcua.dossiers.model.flow import FlowScope, FlowTarget
from motcua.dossiers.model.flow_file import FlowFile
from motcua.dossiers.model.mailings import Receiver
from motcua.dossiers.store import fees as fee_store
from motcua.exchange.actions.importing import import_plan, settle_difference
from motcua.exchange.actions.mappings import remove_mapping, save_mapping
from motcua.exchange.model.records import MergePlan, ProvincialRecord
from motcua.exchange.rules.merging import make_plan
from motcua.exchange.store import records
from motcua.procedures import actions as procedure_actions
from motcua.procedures.model import (
    LimitUnit,
    Procedure,
    ProcedureFile,
    ProcedureRequest,
    ProcedureSource,
    TimeLimit,
    WithdrawalRequest,
)
from motcua.procedures.model.template import TemplateRequest
from motcua.typed.sheet_readings import ValuedRow
from motcua.work import actions as work_actions
from motcua.work import store as work_store
from motcua.work.model import (
    FunnelPlace,
    ProposalRequest,
    ProposalStep,
)
from tests.unit.exchange.files import MAPPING
from tests.unit.work.arguments import make_evidence, make_group


def change_catalogue(desk: Desk) -> None:
    """Let the ward add a procedure, withdraw another and import a file."""
    added = Procedure("9.000001", "Xác nhận tạm thời", since="2026-12-01")
    desk.do(procedure_actions.change_procedure, ProcedureRequest(added, ProcedureSource.PAGE, 1))
    withdrawal = WithdrawalRequest("1.001193", "2027-01-01", ProcedureSource.PROGRAM)
    desk.do(procedure_actions.withdraw_procedure, withdrawal)
    file = ProcedureFile((replace(added, code="9.000002"),), "2026-12-01", "ab" * 32, {}, 1)
    desk.do(procedure_actions.import_procedures, file)
    number = 0
    for content in (b"PK1", b"PK2", b"PK3"):
        digest = hashlib.sha256(content).hexdigest()
        name = "Giấy ủy quyền" if content == b"PK3" else "Tờ khai"
        wish = TemplateRequest("", name, "2026-12-01", digest, content, 1)
        number = desk.do(procedure_actions.add_template, wish)
    desk.do(procedure_actions.remove_template, number, 1)


def help_people(desk: Desk) -> None:
    """Let the help team enter two people, one by mistake."""
    desk.do(
        assistance_actions.record_assistance, AssistanceRequest(("filed", "phone"), procedure="2.000815", minutes=9)
    )
    mistake = desk.do(assistance_actions.record_assistance, AssistanceRequest(("form",), day=""))
    desk.do(assistance_actions.withdraw_assistance, mistake.id)


def call_back(desk: Desk) -> None:
    """Let people ask for a call: one is reached, one nobody answers, one waits."""
    vault = Vault(bytes(range(32)))
    for phone in ("0912345678", "0912345679", "0912345670"):
        wish = CallbackRequest(phone, "other", "", CallbackSource.KIOSK, agrees=True)
        desk.do(callback_actions.ask_callback, vault, wish)
    for number, outcome in ((1, "advised"), (2, "no_answer")):
        desk.do(callback_actions.take_callback, number, 2)
        desk.do(callback_actions.note_call, number, 2, outcome)
    desk.do(callback_actions.take_callback, 3, 2)
    desk.do(callback_actions.release_callback, 3, 2)


def promise(desk: Desk) -> None:
    """Promise the visit in hand at counter 1 a result for the same day, which is then not kept."""
    request = IntakeRequest(
        "1.000656", Applicant("Nguyễn An", "001090012345"), papers=(HandedPaper("form", originals=1),),
        limit=TimeLimit(LimitUnit.WORKING_DAYS, 3),
    )  # fmt: skip
    dossier = desk.do(dossier_actions.lodge, Vault(bytes(range(32))), 1, request)
    desk.do(dossier_actions.note_missed_promise, dossier.code, "signer")


def settle(desk: Desk) -> None:
    """Let people hand in dossiers, and the unit settle them."""
    vault, three = Vault(bytes(range(32))), TimeLimit(LimitUnit.WORKING_DAYS, 3)
    rows = [{"name": (f"Bước {n}", ""), "share_percent": 25, "role": "leader", "account": None} for n in range(4)]
    for scope, key in (("procedure", "1.000656"), ("usual", "")):
        desk.do(dossier_actions.set_flow, FlowRequest(scope, key, "2026-01-01", rows, 1))
    pair = ("1.000656", "1.003197")
    desk.do(dossier_actions.set_group, GroupRequest("", ("Khai tử", ""), pair, False, "2026-01-01", 1))
    desk.do(dossier_actions.withdraw_group, "birth", "2026-01-01", 1)
    desk.do(dossier_actions.withdraw_flow, FlowTarget(FlowScope.USUAL), "2026-02-01", 1)
    values = {
        "scope": "immediate", "key": None, "since": "2026-03-01", "is_withdrawn": None, "step": 1, "code": None,
        "name": "Làm", "name_en": None, "share_percent": 100, "role": "leader", "account": None,
    }  # fmt: skip
    file = (ValuedRow(2, values),)
    with desk.read() as db:
        changes = dossier_actions.plan_flows(db, file).changes
    desk.do(dossier_actions.import_flows, FlowFile(file, "ab" * 32, changes, 1))
    papers = (HandedPaper("form", originals=1, is_scanned=True), HandedPaper("x1", copies=1))
    request = IntakeRequest(
        "1.000656", Applicant("Nguyễn An", "001090012345"), channel=FilingChannel.POST, papers=papers,
        typed=(("x1", "Giấy khác"),), limit=three,
    )  # fmt: skip
    codes = [desk.do(dossier_actions.lodge, vault, 1, request).code for _turn in range(3)]
    desk.do(dossier_actions.open_dossier, vault, codes[0])
    for factor in ("1990", "0000"):
        desk.do(dossier_actions.look_up, vault, codes[0], factor)
    desk.do(dossier_actions.ask_supplement, vault, codes[0], SupplementRequest(("deed",), "Còn thiếu"))
    desk.do(dossier_actions.hand_in_supplement, vault, codes[0], HandedIn((HandedPaper("deed", copies=1),)))
    desk.do(dossier_actions.hand_over, codes[0], 1, 2)
    desk.do(dossier_actions.send_back, vault, codes[0], SendBackRequest(0, None, "Thiếu chữ ký"))
    desk.do(dossier_actions.hand_over, codes[0], 1, 2)
    desk.do(dossier_actions.request_fee, codes[0], 15_000)
    desk.do(dossier_actions.settle_fee, codes[0])
    take_fees(desk, vault, codes[0])
    desk.do(dossier_actions.extend, vault, codes[0], three, "Chờ xác minh")
    desk.do(dossier_actions.number, codes[0], "H29.17-261123-0001")
    desk.do(dossier_actions.finish, codes[0])
    desk.do(dossier_actions.hand_out_result, vault, codes[0], HandedOut(is_electronic=True, number="12/TL"))
    by_mail = desk.do(dossier_actions.lodge, vault, 1, request).code
    receiver = Receiver("Nguyễn An", "Số 5 phố Huế, Hà Nội")
    desk.do(dossier_actions.ask_mailing, vault, codes[1], receiver)
    desk.do(dossier_actions.cancel_mailing, codes[1])
    desk.do(dossier_actions.ask_mailing, vault, by_mail, receiver)
    desk.do(dossier_actions.finish, by_mail)
    desk.do(dossier_actions.open_mailings, desk.do(dossier_actions.list_mailings, [by_mail], 2).id)
    desk.do(dossier_actions.send_mailing, by_mail, "EB 123 456 789 VN")
    desk.do(dossier_actions.end, vault, codes[1], EndRequest(DossierState.REFUSED, "false-paper", "Tẩy xóa"))
    desk.do(dossier_actions.erase_dossier, codes[2])
    for number in ("001090012345", "001190012346"):
        desk.do(dossier_actions.keep_applicant, vault, 1, Applicant("Nguyễn An", number))
    desk.do(dossier_actions.open_kept, vault, 1, "001090012345")
    desk.do(dossier_actions.erase_kept, vault, "001190012346")
    desk.do(dossier_actions.tell_new_key, vault.name)
    exchange(desk)


def exchange(desk: Desk) -> None:
    """Let dossiers of another system come in by a mapping, and one that differs be seen."""
    numbers = [desk.do(save_mapping, replace(MAPPING, name=name), 1).id for name in ("Hằng tuần", "Một lần")]
    desk.do(remove_mapping, numbers[-1])
    ready = ProvincialRecord("H29.17-261101-0009", DossierState.READY, "2026-11-01")
    other = replace(ready, code="H29.17-261123-0001", state=DossierState.PROCESSING)
    for record in (ready, other):
        with desk.read() as db:
            draft = MergePlan("Tỉnh", "Hằng tuần", "ab" * 32, records.find_last_batch(db), 0, (), (), (), {})
            plan = make_plan([record], {}, records.map_own(db, [record.code]), draft)
        desk.do(import_plan, plan, "file", 1)
    desk.do(settle_difference, other.code, "own_state", 1)


def hand_in_at_night(desk: Desk, clock: ManualClock) -> None:
    """Let people hand papers in at a kiosk in the evening, and officers look at them."""
    clock.set(clock.now().replace(hour=13) + timedelta(days=1))  # 20:00 in the hall
    vault, an = Vault(bytes(range(32))), Applicant("Nguyễn An", phone="0912345678")
    request = DropOffRequest("1.000656", an, (ScannedPage("other", b"page"),))
    codes = [desk.do(dropoff_actions.receive, vault, request).code for _turn in range(4)]
    desk.do(dropoff_actions.open_dropoff, vault, codes[0])
    desk.do(dropoff_actions.open_page, vault, codes[0], 0)
    desk.do(dropoff_actions.send_back, vault, codes[0], "Ảnh mờ")
    for factor in ("5678", "0000"):
        desk.do(dropoff_actions.look_up_dropoff, vault, codes[1], factor)
    papers = (HandedPaper("form", originals=1),)
    intake = IntakeRequest(
        "1.000656", an, channel=FilingChannel.DROP_OFF, papers=papers,
        limit=TimeLimit(LimitUnit.WORKING_DAYS, 3), dropoff=codes[2],
    )  # fmt: skip
    desk.do(dossier_actions.lodge, vault, 1, intake)
    desk.do(dropoff_actions.erase_dropoff, codes[3])


def use_locker(desk: Desk) -> None:
    """Let officers put results behind doors, and applicants fetch them."""
    vault, an = Vault(bytes(range(32))), Applicant("Nguyễn An", phone="0912345678")
    request = IntakeRequest(
        "1.000656", an, channel=FilingChannel.POST, papers=(HandedPaper("form", originals=1),),
        limit=TimeLimit(LimitUnit.WORKING_DAYS, 3),
    )  # fmt: skip
    codes = [desk.do(dossier_actions.lodge, vault, 1, request).code for _turn in range(3)]
    for door, code in enumerate(codes, start=1):
        desk.do(dossier_actions.finish, code)
        desk.do(locker_actions.put_in, vault, code, door)
        desk.do(locker_actions.end_opening, door, code, "done", None)
    with desk.read() as db:
        secrets = [locker_store.find_code(db, vault, code) or "" for code in codes]
    for factor in ("0000", "5678"):
        desk.do(locker_actions.pick_up, vault, secrets[0], factor)
    desk.do(locker_actions.end_opening, 1, codes[0], "done", None)
    desk.do(locker_actions.take_out, 2)
    desk.do(locker_actions.end_opening, 2, codes[1], "unknown", "left_open")
    desk.do(locker_actions.pick_up, vault, secrets[2], "0000")


def take_fees(desk: Desk, vault: Vault, code: str) -> None:
    """Let fees be paid, given back and cancelled, and an officer's day be counted."""

    def demand(amount: int) -> None:
        desk.do(dossier_actions.ask_fee, vault, code, FeeRequest(amount, officer=2, counter=1))

    desk.do(dossier_actions.open_sheet, 2, 500_000)
    demand(8_000)
    desk.do(dossier_actions.show_fee, code, None)
    desk.do(dossier_actions.cancel_fee, vault, code, "Thu nhầm")
    for turn, is_mistake in enumerate((True, False)):
        if turn == 0:
            demand(9_000)
        desk.do(dossier_actions.take_fee, code, PaymentRequest(PaymentMeans.CARD, "4242", officer=2, counter=1))
        with desk.read() as db:
            number = fee_store.list_payments(db, code)[-1].id
        desk.do(dossier_actions.print_fee_slip, code, number)
        desk.do(dossier_actions.enter_receipt, code, number, "01AA 0000001")
        desk.do(dossier_actions.return_payment, vault, code, ReturnRequest(number, is_mistake, "Lý do", 2))
    tell_of_transfers(desk, vault, code)
    desk.do(dossier_actions.close_sheet, CountRequest("2026-11-23", 2, 499_000, "Thối nhầm"))
    desk.do(dossier_actions.reopen_sheet, "2026-11-23", 2, 3)
    desk.do(dossier_actions.close_sheet, CountRequest("2026-11-23", 2, 500_000))
    desk.do(dossier_actions.sign_sheet, "2026-11-23", 2, 3)


def tell_of_transfers(desk: Desk, vault: Vault, code: str) -> None:
    """Let a bank tell of three transfers: one pays a fee, one is matched and one settled by hand."""
    for number, words in enumerate((code, "cam on", "khong ro"), start=1):
        if number <= 2:
            desk.do(dossier_actions.ask_fee, vault, code, FeeRequest(8_000))
        message = BankMessage(f"FT{number}", 8_000, words, "", f"{number}" * 64)
        desk.do(dossier_actions.take_bank_message, vault, message)
        if number == 2:
            desk.do(dossier_actions.assign_bank_notice, 2, code)
    desk.do(dossier_actions.close_bank_notice, 3, 2)


def propose(desk: Desk, kind: str, leader: int) -> None:
    """Let a proposal about an officer go all its way, and one more be declined and withdrawn."""
    evidence = make_evidence(make_group(FunnelPlace.FAR_BELOW))

    def step(number: int) -> ProposalStep:
        with desk.read() as db:
            return ProposalStep(number, leader, work_store.compute_seen(work_store.get_proposal(db, number), evidence))

    for words in ("Vâng", ""):
        request = ProposalRequest(2, kind, "2026-10-01", "2026-10-31", leader)
        number = desk.do(work_actions.propose, request).id
        desk.do(work_actions.write_grounds, leader, number, "Theo số liệu của kỳ")
        desk.do(work_actions.ask_officer, step(number), evidence)
        if words:
            desk.do(work_actions.answer_proposal, 2, number, words)
            desk.do(work_actions.sign_proposal, step(number), evidence)
        else:
            desk.do(work_actions.refuse_answer, 2, number)
            desk.do(work_actions.withdraw_proposal, leader, number, "Không cần nữa")
