"""Procedures as citizens look for them: what a search finds, what a situation needs."""

from collections.abc import Mapping
from functools import lru_cache

from motcua.catalogue import store as catalogue_store
from motcua.catalogue.model import Service
from motcua.desk import Reader, Unknown
from motcua.desk.messages import mark, translate_into_each
from motcua.procedures import store
from motcua.procedures.model import ChecklistItem, PaperForm, Procedure, SituationQuestion
from motcua.procedures.rules.searching import WARD, SearchIndex, build_index, search
from motcua.procedures.rules.situations import find_open_question, list_papers, list_questions
from motcua.views.procedure_words import write_fees, write_limits
from motcua.views.shapes import View, both

FORMS = {
    PaperForm.FORM: mark("form to fill in"),
    PaperForm.ORIGINAL: mark("original"),
    PaperForm.COPY: mark("copy"),
    PaperForm.CERTIFIED_COPY: mark("certified copy"),
    PaperForm.SHOWN: mark("only shown"),
}
"""In which form a paper is needed, in words; nothing where the source does not say it."""
UNCHECKED = "(chưa kiểm chứng)"


class _Catalogue:
    """A catalogue by its identity: the store returns the same object while nothing has changed."""

    def __init__(self, procedures: Mapping[str, Procedure]) -> None:
        self.procedures = procedures

    def __hash__(self) -> int:
        return id(self.procedures)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Catalogue) and other.procedures is self.procedures


@lru_cache(maxsize=2)
def _prepare(catalogue: _Catalogue) -> tuple[SearchIndex, SearchIndex]:
    """Return an index of all procedures, and one of those of a ward."""
    items = sorted(catalogue.procedures.values(), key=lambda item: item.level != WARD)
    words = store.load_words()
    return build_index(items, words), build_index([item for item in items if item.level == WARD], words)


def get_procedure(db: Reader, code: str, day: str) -> Procedure:
    """Return a procedure. Raises `Unknown("procedure.unknown")`."""
    procedure = store.list_procedures(db, day).get(code)
    if procedure is None:
        raise Unknown("procedure.unknown", "There is no procedure %(procedure)s.", procedure=code)
    return procedure


def find_procedures(db: Reader, day: str, query: str, limit: int, *, is_ward: bool = False) -> list[View]:
    """Return what `query` may mean, best first; the ward's own list for an empty one.

    `is_ward` leaves out what no ward is known to receive.
    """
    procedures = store.list_procedures(db, day)
    if query.strip():
        index = _prepare(_Catalogue(procedures))[1 if is_ward else 0]
        items = search(index, query, limit)
    else:
        items = [item for item in procedures.values() if item.level == WARD][:limit]
    places = map_services(db)
    return [describe_item(item, places.get(item.code)) for item in items]


def map_services(db: Reader) -> dict[str, Service]:
    """Return for each procedure the service that a number is taken for."""
    return {code: service for service in catalogue_store.list_services(db) for code in service.procedures}


def describe_item(procedure: Procedure, service: Service | None) -> View:
    """Return a procedure as a line of a list; `service` is what a number is taken for, None where nobody says."""
    return {
        "code": procedure.code,
        "name": procedure.name,
        "field": procedure.field,
        "english": store.load_words().english.get(procedure.code),
        "level": procedure.level,
        "has_checklist": procedure.checklist is not None,
        "service": service.code if service else None,
        "online": procedure.online.value,
    }


def name_procedure(procedure: Procedure) -> View:
    """Return a procedure's name in both languages; the Vietnamese one where there is no English one."""
    return both((procedure.name, store.load_words().english.get(procedure.code) or procedure.name))


def describe_situation(procedure: Procedure, choices: Mapping[str, str]) -> View:
    """Return what was answered, the question that is still open, and the papers that `choices` need.

    Papers are told once every question is answered; `papers` is None before, and where there is no checklist.
    """
    checklist = procedure.checklist
    if checklist is None:
        return {"answers": [], "question": None, "papers": None, "source": "", "checked_on": ""}
    question = find_open_question(checklist, choices)
    asked = list_questions(checklist, choices)
    return {
        "answers": [
            {"question": item.code, "text": both(item.text), "choice": choice.code, "answer": both(choice.text)}
            for item in asked
            for choice in item.choices
            if choices.get(item.code) == choice.code
        ],
        "question": _describe_question(question) if question else None,
        "papers": None if question else [describe_paper(item) for item in list_papers(checklist, choices)],
        "source": checklist.source,
        "checked_on": checklist.checked_on,
    }


def _describe_question(question: SituationQuestion) -> View:
    return {
        "code": question.code,
        "text": both(question.text),
        "choices": [{"code": item.code, "text": both(item.text)} for item in question.choices],
    }


def describe_paper(item: ChecklistItem) -> View:
    """Return a paper of a checklist, its texts in both languages."""
    words = FORMS.get(item.form)
    return {
        "code": item.code,
        "name": both(item.name),
        "form": translate_into_each(words) if words else None,
        "count": item.count,
        "from_data": item.from_data,
        "required": item.is_required,
        "note": both(item.note) if item.note[0] else None,
        "verified": item.is_verified,
    }


def describe_procedure(procedure: Procedure, service: Service | None, choices: Mapping[str, str]) -> View:
    """Return all that a citizen reads of a procedure in a situation."""
    return {
        **describe_item(procedure, service),
        "names": name_procedure(procedure),
        "official_name": procedure.official_name,
        "time_limit": procedure.time_limit or write_limits(procedure.limits)["vi"],
        "fee": procedure.fee or write_fees(procedure.fees)["vi"],
        "forms": list(procedure.forms),
        "immediate": procedure.is_immediate,
        "service_name": both(service.name) if service else None,
        "group": service.group if service else None,
        "bookable": bool(service and service.bookable),
        **describe_situation(procedure, choices),
    }
