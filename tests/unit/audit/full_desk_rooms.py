"""What dossiers, procedures and proposals go through at a desk that has seen everything."""

from dataclasses import replace

from motcua.assistance import actions as assistance_actions
from motcua.assistance.model import AssistanceRequest
from motcua.callbacks import actions as callback_actions
from motcua.callbacks.model import CallbackRequest, CallbackSource
from motcua.desk import Desk
from motcua.desk.vault import Vault
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers.actions import EndRequest, HandedIn, SupplementRequest
from motcua.dossiers.model.applicant import Applicant, IntakeRequest
from motcua.dossiers.model.dossier import DossierState, FilingChannel, HandedPaper
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
from motcua.work import actions as work_actions
from motcua.work import store as work_store
from motcua.work.model import (
    FunnelPlace,
    ProposalRequest,
    ProposalStep,
)
from tests.unit.work.arguments import make_evidence, make_group


def change_catalogue(desk: Desk) -> None:
    """Let the ward add a procedure, withdraw another and import a file."""
    added = Procedure("9.000001", "Xác nhận tạm thời", since="2026-12-01")
    desk.do(procedure_actions.change_procedure, ProcedureRequest(added, ProcedureSource.PAGE, 1))
    withdrawal = WithdrawalRequest("1.001193", "2027-01-01", ProcedureSource.PROGRAM)
    desk.do(procedure_actions.withdraw_procedure, withdrawal)
    file = ProcedureFile((replace(added, code="9.000002"),), "2026-12-01", "ab" * 32, {}, 1)
    desk.do(procedure_actions.import_procedures, file)


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
    papers = (HandedPaper("form", originals=1), HandedPaper("x1", copies=1))
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
    desk.do(dossier_actions.request_fee, codes[0], 15_000)
    desk.do(dossier_actions.settle_fee, codes[0])
    desk.do(dossier_actions.extend, vault, codes[0], three, "Chờ xác minh")
    desk.do(dossier_actions.number, codes[0], "H29.17-261123-0001")
    desk.do(dossier_actions.finish, codes[0])
    desk.do(dossier_actions.hand_out, codes[0])
    desk.do(dossier_actions.end, vault, codes[1], EndRequest(DossierState.REFUSED, "false-paper", "Tẩy xóa"))
    desk.do(dossier_actions.erase_dossier, codes[2])
    for number in ("001090012345", "001190012346"):
        desk.do(dossier_actions.keep_applicant, vault, 1, Applicant("Nguyễn An", number))
    desk.do(dossier_actions.open_kept, vault, 1, "001090012345")
    desk.do(dossier_actions.erase_kept, vault, "001190012346")
    desk.do(dossier_actions.tell_new_key, vault.name)


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
