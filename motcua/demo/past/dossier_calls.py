"""The API's calls about dossiers on a past day, each by the action behind it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.api.dossier_bodies import read_intake, read_limit, read_person, read_sheets
from motcua.api.shapes.dossiers import NewApplicant, NewDossier, NewExtension, NewSupplement
from motcua.api.shapes.fees import NewFee, NewPayment
from motcua.demo.cables import DemoError
from motcua.demo.dossier_records import list_current
from motcua.demo.past.acting import CITIZEN, PastDesk
from motcua.desk.vault import Vault
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, HandedIn
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.dossiers.model.fees import FeeLine, FeeRequest, PaymentMeans, PaymentRequest, Relief
from motcua.dossiers.rules.cards import read_card
from motcua.procedures.model import Procedure
from motcua.procedures.store import list_procedures

Step = Callable[[str, str, dict[str, Any]], Dossier]


class PastDossiers:
    """The dossiers on a past day, as `DossierRecords` reads them, and what is pressed for them."""

    def __init__(self, desk: PastDesk, vault: Vault) -> None:
        self._desk, self._vault = desk, vault
        self._steps: dict[str, Step] = {
            "supplement": self._hand_in, "hand-over": self._hand_over, "fee": self._ask_fee,
            "fee-paid": self._take_fee,
            "ready": lambda actor, code, _body: desk.do(actor, actions.finish, code),
            "return": lambda actor, code, _body: desk.do(actor, actions.hand_out, code),
            "end": self._end, "extend": self._extend, "provincial-code": self._number,
        }  # fmt: skip

    def list_current(self) -> list[Dossier]:
        """Return the dossiers that are not over, in a fixed order."""
        return list_current(self._desk.db)

    def map_procedures(self) -> Mapping[str, Procedure]:
        """Return the procedures that are offered today, by code."""
        return list_procedures(self._desk.db, self._desk.day)

    def look_up(self, code: str, factor: str) -> None:
        """Look a dossier up as a citizen does. Raises `DisturbedError` for a refusal."""
        self._desk.do(CITIZEN, actions.look_up, self._vault, code, factor)

    def press_at(self, actor: str, counter: int, step: str, body: dict[str, Any]) -> dict[str, Any]:
        """Do what the page of a counter does. Raises `DisturbedError` for a refusal, `DemoError` for no such call."""
        match step:
            case "card":
                card = read_card(body["scan"], date.fromisoformat(self._desk.day))
                self._desk.do(actor, actions.open_kept, self._vault, counter, card.number)
                return {}
            case "applicants":
                person = read_person(NewApplicant(**body))
                self._desk.do(actor, actions.keep_applicant, self._vault, counter, person)
                return {}
            case "dossiers":
                request = read_intake(NewDossier(**body))
                return _describe(self._desk.do(actor, actions.lodge, self._vault, counter, request))
        raise DemoError(f"counters/{counter}/{step} is not called on a past day")

    def press(self, actor: str, code: str, step: str, body: dict[str, Any]) -> dict[str, Any]:
        """Take a step with a dossier. Raises as `press_at`."""
        if step not in self._steps:
            raise DemoError(f"dossiers/{code}/{step} is not called on a past day")
        return _describe(self._steps[step](actor, code, body))

    def _hand_in(self, actor: str, code: str, body: dict[str, Any]) -> Dossier:
        papers, typed = read_sheets(NewSupplement(**body).papers)
        return self._desk.do(actor, actions.hand_in_supplement, self._vault, code, HandedIn(papers, typed))

    def _hand_over(self, actor: str, code: str, body: dict[str, Any]) -> Dossier:
        return self._desk.do(actor, actions.hand_over, code, body["step"], body["holder"])

    def _ask_fee(self, actor: str, code: str, body: dict[str, Any]) -> Dossier:
        fee = NewFee(**body)
        lines = tuple(FeeLine(line.place, line.units) for line in fee.lines)
        request = FeeRequest(fee.amount, lines, Relief(fee.relief), holds=fee.holds, officer=_find_account(actor))
        return self._desk.do(actor, actions.ask_fee, self._vault, code, request)

    def _take_fee(self, actor: str, code: str, body: dict[str, Any]) -> Dossier:
        paid = NewPayment(**body)
        request = PaymentRequest(PaymentMeans(paid.means), paid.reference, paid.receipt, _find_account(actor))
        return self._desk.do(actor, actions.take_fee, code, request)

    def _end(self, actor: str, code: str, body: dict[str, Any]) -> Dossier:
        request = EndRequest(DossierState(body["state"]), None, body["words"])
        return self._desk.do(actor, actions.end, self._vault, code, request)

    def _extend(self, actor: str, code: str, body: dict[str, Any]) -> Dossier:
        extension = NewExtension(**body)
        limit, words = read_limit(extension.limit), extension.words
        return self._desk.do(actor, actions.extend, self._vault, code, limit, words)

    def _number(self, actor: str, code: str, body: dict[str, Any]) -> Dossier:
        return self._desk.do(actor, actions.number, code, body["provincial_code"])


def _find_account(actor: str) -> int:
    return int(actor.partition(":")[2])


def _describe(dossier: Dossier) -> dict[str, Any]:
    answer = {"code": dossier.code, "due_on": dossier.due_on, "is_immediate": dossier.is_immediate}
    return {"dossier": answer}
