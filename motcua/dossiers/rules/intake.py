"""What an officer may enter when a dossier is taken in. Pure."""

import re
from collections.abc import Iterable, Sequence

from motcua.desk.errors import Invalid, Refused
from motcua.dossiers.model.applicant import IntakeRequest
from motcua.dossiers.model.dossier import DOSSIERS_A_VISIT, DossierState, FilingChannel, HandedPaper
from motcua.procedures.model import LimitUnit, Procedure, TimeLimit
from motcua.procedures.rules.situations import Choices, list_papers
from motcua.settings.model import DossierRules
from motcua.typed.lines import clean_line, clean_text

PAPERS_MAX, SHEETS_MAX, SETS_MAX, LIMIT_MAX = 60, 999, 99, 400
PAPER_NAME_MAX, WORDS_MAX, RESULT_NUMBER_MAX = 200, 2000, 80
_PAPER_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}", re.ASCII)
_TYPED_CODE = re.compile(r"x[0-9]{1,2}", re.ASCII)
DECISIONS = (DossierState.RECEIVED, DossierState.SUPPLEMENT, DossierState.REFUSED)


def require_place(request: IntakeRequest, visit: str | None, count: int) -> None:
    """Raise `Refused("counter.idle" | "dossier.visit_full")` unless one more dossier of this visit can be taken in."""
    if request.channel is FilingChannel.IN_PERSON and visit is None:
        raise Refused("counter.idle", "No ticket has been called to this counter.")
    if visit is not None and count >= DOSSIERS_A_VISIT:
        raise Refused(
            "dossier.visit_full",
            "A visit can have at most %(most)s dossiers. Take a new number.",
            most=DOSSIERS_A_VISIT,
        )


def read_request(request: IntakeRequest, procedure: Procedure, rules: DossierRules) -> None:
    """Raise `Invalid` unless what an officer entered is whole."""
    if request.decision not in DECISIONS:
        raise Invalid("dossier.decision", "A dossier is taken in, more is asked for, or it is refused.")
    if not 1 <= request.sets <= SETS_MAX:
        raise Invalid("dossier.sets", "Write how many sets there are, from 1 to %(most)s.", most=SETS_MAX)
    read_papers(request.papers, request.typed)
    if request.decision is DossierState.REFUSED:
        require_reason(request.reason, rules)
    if request.decision is DossierState.SUPPLEMENT:
        require_missing(request.missing, request.words)
    if request.decision is DossierState.RECEIVED:
        if forgotten := find_missing(procedure, request.papers, dict(request.choices)):
            raise Invalid(
                "dossier.incomplete",
                "Papers are missing: %(papers)s. Ask for them, or tick what was handed in.",
                papers=name_papers(procedure, forgotten),
            )
        list_limits(request.limit, procedure)
    read_words(request.words)


def read_papers(papers: Sequence[HandedPaper], typed: Iterable[tuple[str, str]]) -> None:
    """Raise `Invalid("dossier.papers" | "dossier.paper_name")` unless each paper is there once, with its name."""
    codes = [paper.code for paper in papers]
    counts = [count for paper in papers for count in (paper.originals, paper.copies)]
    is_whole = len(codes) == len(set(codes)) <= PAPERS_MAX and all(map(_PAPER_CODE.fullmatch, codes))
    if not is_whole or any(not 0 <= count <= SHEETS_MAX for count in counts):
        raise Invalid(
            "dossier.papers", "At most 60 papers can be listed, each once, with 0 to 999 originals or copies."
        )
    if any(paper.from_data and paper.is_scanned for paper in papers):
        raise Invalid("dossier.papers_scanned", "What comes from data is no paper, and cannot be scanned.")
    if any(not paper.from_data and paper.originals + paper.copies == 0 for paper in papers):
        raise Invalid("dossier.papers_none", "Say for each paper how many there are, or that it comes from data.")
    names = dict(typed)
    if any(not _TYPED_CODE.fullmatch(code) for code in names) or {*filter(_TYPED_CODE.fullmatch, codes)} - names.keys():
        raise Invalid("dossier.paper_name", "Write what each other paper is.")
    if any(not clean_line(name) or len(clean_line(name)) > PAPER_NAME_MAX for name in names.values()):
        raise Invalid("dossier.paper_name", "Write what each other paper is.")


def require_whole_request(
    procedure: Procedure, missing: Sequence[str], papers: Iterable[HandedPaper], choices: Choices | None = None
) -> None:
    """Raise `Invalid("dossier.supplement_whole")` unless everything that is missing is asked for at once."""
    if forgotten := [code for code in find_missing(procedure, papers, choices) if code not in missing]:
        raise Invalid(
            "dossier.supplement_whole",
            "Everything must be asked for at once. These papers are missing as well: %(papers)s.",
            papers=name_papers(procedure, forgotten),
        )


def require_missing(missing: Sequence[str], words: str) -> None:
    """Raise `Invalid("dossier.missing")` unless something is asked for."""
    codes = {*missing}
    if len(codes) != len(missing) or len(missing) > PAPERS_MAX or not all(map(_PAPER_CODE.fullmatch, missing)):
        raise Invalid(
            "dossier.papers", "At most 60 papers can be listed, each once, with 0 to 999 originals or copies."
        )
    if not missing and not clean_text(words):
        raise Invalid("dossier.missing", "Choose which papers are missing, or write what has to be completed.")


def find_missing(procedure: Procedure, papers: Iterable[HandedPaper], choices: Choices | None = None) -> list[str]:
    """Return the codes of papers that are needed for sure, cannot come from data and were not handed in.

    Without the `choices` that describe the citizen's situation these are the papers that are needed in each.
    """
    if procedure.checklist is None:
        return []
    handed = {paper.code for paper in papers}
    return [
        item.code
        for item in list_papers(procedure.checklist, choices or {})
        if item.is_required and item.is_verified and not item.from_data and item.code not in handed
    ]


def name_papers(procedure: Procedure, papers: Iterable[str]) -> str:
    """Return the papers' names in the language of the law, the code where the checklist has no such paper."""
    names = {item.code: item.name[0] for item in procedure.checklist.items} if procedure.checklist else {}
    return "; ".join(names.get(code, code) for code in papers)


def list_limits(limit: TimeLimit | None, procedure: Procedure) -> tuple[TimeLimit, ...]:
    """Return the time limit that counts: what the officer wrote, else the procedure's usual one.

    Raises `Invalid("dossier.limit")` where none is known.
    """
    if limit is not None:
        require_limit(limit)
        return (limit,)
    if (usual := find_usual_limit(procedure)) is None:
        raise Invalid("dossier.limit", "No time limit of this procedure is known. Write how many days it has.")
    return (usual,)


def find_usual_limit(procedure: Procedure) -> TimeLimit | None:
    """Return the one limit that holds without a case; None where the source names several, or none."""
    usual = [limit for limit in procedure.limits if limit.case == ("", "") and not limit.is_added]
    return usual[0] if len(usual) == 1 else None


def require_limit(limit: TimeLimit) -> None:
    """Raise `Invalid("dossier.limit_long")` unless somebody can wait that long."""
    least, most = (0, 0) if limit.unit is LimitUnit.SAME_DAY else (1, LIMIT_MAX)
    if not least <= limit.count <= most:
        raise Invalid("dossier.limit_long", "A time limit has 1 to %(most)s days.", most=LIMIT_MAX)


def require_reason(reason: str | None, rules: DossierRules) -> None:
    """Raise `Invalid("dossier.reason")` unless `reason` is one of the settings."""
    if reason not in {choice.code for choice in rules.refusal_reasons}:
        raise Invalid("dossier.reason", "Choose the legal reason.")


def read_result_number(text: str, *, is_electronic: bool) -> str:
    """Return the number of an electronic result. Raises `Invalid("dossier.result_number")`."""
    number = clean_line(text)
    if is_electronic and not number:
        raise Invalid("dossier.result_number", "Write the number of the electronic result.")
    if len(number) > RESULT_NUMBER_MAX or (number and not is_electronic):
        raise Invalid(
            "dossier.result_number",
            "Only an electronic result has a number here, of at most %(most)s characters.",
            most=RESULT_NUMBER_MAX,
        )
    return number


def read_words(text: str, *, is_needed: bool = False) -> str:
    """Return what an officer wrote to an applicant. Raises `Invalid("dossier.words" | "dossier.words_long")`."""
    words = clean_text(text)
    if is_needed and not words:
        raise Invalid("dossier.words", "Write down the reason.")
    if len(words) > WORDS_MAX:
        raise Invalid("dossier.words_long", "A text can have at most %(most)s characters.", most=WORDS_MAX)
    return words
