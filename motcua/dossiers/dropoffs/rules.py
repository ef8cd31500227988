"""When papers can be handed in at a kiosk, what is taken, and from when they count. Pure."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from motcua.bookings.rules import CODE_LENGTH, CODE_LETTERS, clean_booking_code, make_code
from motcua.desk.errors import Invalid, Refused
from motcua.dossiers.dropoffs.model import OTHER_PAPER, DropOff, DropOffRequest, DropOffState, DroppedPaper, ScannedPage
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.rules import applicants
from motcua.dossiers.rules.due import Due, compute_due
from motcua.dossiers.rules.intake import find_usual_limit
from motcua.dossiers.rules.lookup import has_factor
from motcua.procedures.model import Procedure
from motcua.procedures.rules.situations import list_papers
from motcua.settings import rules as hours
from motcua.settings.model import Settings

_CODE = re.compile(rf"[{CODE_LETTERS}]{{{CODE_LENGTH}}}", re.ASCII)
_HALF = CODE_LENGTH // 2
PAGE_BYTES_MAX = 1_500_000
"""A cleaned page of 2,000 pixels has a third of it."""


def is_open(settings: Settings, local: datetime, *, is_hall_opened: bool) -> bool:
    """Say whether papers can be handed in at a kiosk at `local`; `is_hall_opened`: a leader opened the hall today."""
    rules, minute = settings.dropoffs, local.hour * 60 + local.minute
    if not (settings.dossiers.is_on and rules.is_on) or is_hall_opened or hours.is_open(settings, local):
        return False
    if rules.begin_min < rules.end_min:
        return rules.begin_min <= minute < rules.end_min
    return minute >= rules.begin_min or minute < rules.end_min


def require_open(settings: Settings, local: datetime, *, is_hall_opened: bool) -> None:
    """Raise `Refused("dropoff.closed")` unless papers can be handed in at a kiosk now."""
    if not is_open(settings, local, is_hall_opened=is_hall_opened):
        raise Refused("dropoff.closed", "Papers can be handed in here only while the hall is closed.")


def find_counts_from(settings: Settings, local: datetime) -> datetime:
    """Return when what is handed in at `local` counts as received: the next opening."""
    return hours.find_next_opening(settings, local) or local


def compute_promise(settings: Settings, procedure: Procedure, counts_from: datetime) -> Due | None:
    """Return until when it is settled if nothing is missing; None where no usual time limit is known."""
    limit = find_usual_limit(procedure)
    return compute_due(settings, counts_from, [limit]) if limit else None


def make_dropoff_code(entropy: Callable[[int], bytes]) -> str:
    """Return a new code of eight letters and digits."""
    return make_code(entropy)


def write_dropoff_code(code: str) -> str:
    """Return a code as people read it, `K7MQ-2RXT`."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def find_dropoff_code(text: str) -> str | None:
    """Return a code as it is stored, however it was typed; None for what is none."""
    code = clean_booking_code(text[:40])
    return code if _CODE.fullmatch(code) else None


def read_request(request: DropOffRequest, procedure: Procedure, settings: Settings, today: date) -> Applicant:
    """Return who hands in. Raises `Invalid` unless everything that is handed in is whole."""
    require_pages(request.pages, procedure, dict(request.choices), settings.dropoffs.pages_most)
    if not request.pages:
        raise Invalid("dropoff.pages_none", "Picture at least one page.")
    applicant = applicants.read_applicant(request.applicant, today)
    if not (applicant.phone or applicant.email):
        raise Invalid("dropoff.contact", "Write a phone number or an e-mail address, so that the desk can reach you.")
    if not has_factor(applicant):
        raise Invalid(
            "dropoff.factor",
            "Write your year of birth as well. Without a phone number it is asked for when you look this up.",
        )
    return applicant


def require_pages(
    pages: tuple[ScannedPage, ...], procedure: Procedure, choices: dict[str, str], pages_most: int
) -> None:
    """Raise `Invalid("dropoff.paper" | "dropoff.pages")` unless each page belongs to a paper, and there are few enough.

    A page that is too large never comes here: what cleans it makes it small.
    """
    papers = {OTHER_PAPER, *list_paper_codes(procedure, choices)}
    if any(page.paper not in papers for page in pages):
        raise Invalid("dropoff.paper", "This paper is not part of the list. Begin again.")
    if len(pages) > pages_most or any(len(page.jpeg) > PAGE_BYTES_MAX for page in pages):
        raise Invalid(
            "dropoff.pages", "At most %(most)s pages can be handed in here. Bring the others.", most=pages_most
        )


def list_paper_codes(procedure: Procedure, choices: dict[str, str]) -> list[str]:
    """Return the codes of the papers that a situation needs."""
    return [item.code for item in list_papers(procedure.checklist, choices)] if procedure.checklist else []


def count_papers(pages: tuple[ScannedPage, ...]) -> tuple[DroppedPaper, ...]:
    """Return the papers in the order of their first page, each with its pages."""
    return tuple(DroppedPaper(code, count) for code, count in Counter(page.paper for page in pages).items())


def require_waiting(dropoff: DropOff) -> None:
    """Raise `Refused("dropoff.over")` unless an officer still has to look at it."""
    if dropoff.state is not DropOffState.WAITING:
        raise Refused("dropoff.over", "Somebody has dealt with this already. Load the page again.")
