"""Which procedures may be linked, which papers they share, and what is taken in of them together. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from motcua.desk.errors import Invalid, Refused, Unknown
from motcua.dossiers.model.dossier import DOSSIERS_A_VISIT, DossierState
from motcua.dossiers.model.linked import LEAST, MOST, LinkedGroup, LinkedRequest
from motcua.procedures.model import ChecklistItem
from motcua.procedures.values import CleanLine

NAME_MAX = 160
_NAME, _SECOND_NAME = CleanLine(1, NAME_MAX), CleanLine(0, NAME_MAX)
_NUMBER = re.compile(r"\d{9}")
_OWN_CODE = re.compile(r"group-(\d+)")


def read_group(
    code: str, names: Sequence[str], procedures: Sequence[str], offered: Collection[str], *, is_in_turn: bool
) -> LinkedGroup:
    """Return a group as people enter it. Raises `Invalid("linked.name" | "linked.count" | "procedure.unknown" | …)`."""
    if _NUMBER.search("".join(names)):
        raise Invalid("linked.person", "A name must not hold a person's number.")
    try:
        pair = _NAME(names[0]), _SECOND_NAME(names[1])
    except (ValueError, IndexError) as error:
        raise Invalid("linked.name", "Write a name on one line, at most %(most)s characters.", most=NAME_MAX) from error
    if not LEAST <= len(procedures) <= MOST or len(set(procedures)) < len(procedures):
        raise Invalid("linked.count", "Name %(least)s to %(most)s different procedures.", least=LEAST, most=MOST)
    for procedure in procedures:
        if procedure not in offered:
            raise Invalid("procedure.unknown", "There is no procedure %(procedure)s.", procedure=procedure[:40])
    return LinkedGroup(code, pair, tuple(procedures), is_in_turn)


def find_next_code(codes: Iterable[str]) -> str:
    """Return the code of a new group of the ward."""
    numbers = [int(match[1]) for code in codes if (match := _OWN_CODE.fullmatch(code))]
    return f"group-{max(numbers, default=0) + 1}"


def require_group(groups: Mapping[str, LinkedGroup], code: str) -> LinkedGroup:
    """Return the group with this code. Raises `Unknown("linked.unknown")`."""
    if (group := groups.get(code)) is None:
        raise Unknown("linked.unknown", "These procedures are not linked here. Load the page again.")
    return group


def require_linked(group: LinkedGroup, request: LinkedRequest, count: int) -> None:
    """Raise unless all of `request` can be taken in at a visit that has `count` dossiers already.

    `Invalid("linked.procedures" | "linked.decision")`, `Refused("dossier.visit_full")`.
    """
    codes = [one.procedure for one in request.dossiers]
    if not len(codes) >= LEAST or codes != [one for one in group.procedures if one in codes]:
        raise Invalid("linked.procedures", "Take in at least two of the linked procedures, in their order.")
    if any(one.decision is not DossierState.RECEIVED for one in request.dossiers):
        raise Invalid("linked.decision", "Linked dossiers are taken in together. Ask for a supplement afterwards.")
    if count + len(codes) > DOSSIERS_A_VISIT:
        raise Refused(
            "dossier.visit_full",
            "A visit can have at most %(most)s dossiers. Take a new number.",
            most=DOSSIERS_A_VISIT,
        )


def list_common_papers(papers: Mapping[str, Sequence[ChecklistItem]]) -> list[list[tuple[str, str]]]:
    """Return the papers that several procedures name alike, each as pairs of procedure and paper."""
    places: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for procedure, items in papers.items():
        for item in items:
            places[item.name[0].casefold()].append((procedure, item.code))
    return [pairs for pairs in places.values() if len({procedure for procedure, _paper in pairs}) > 1]
