"""The steps of a dossier: whose each is, since when and until when, and whether it is late."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from motcua.desk import Reader, get_zone, parse
from motcua.desk.messages import translate_into_each
from motcua.dossiers import store
from motcua.dossiers.model.dossier import RUNNING_STATES, Dossier, DossierMove
from motcua.dossiers.model.flow import STEP_ROLE_LABELS, Flow, FlowStep
from motcua.settings import store as settings_store
from motcua.staff.model import Account
from motcua.views.shapes import View, both


def list_step_labels(flow: Flow) -> list[dict[str, str]]:
    """Return the name of each step in both languages."""
    return [both(step.name) for step in flow]


def find_step_due(dossier: Dossier) -> str | None:
    """Return the local moment until which its step is to be done, None while no time runs."""
    if dossier.state not in RUNNING_STATES or dossier.step >= len(dossier.dues):
        return None
    return dossier.dues[dossier.step]


def describe_place(db: Reader, dossier: Dossier, now: str) -> View:
    """Return since when a dossier is where it is, until when, and whether that is over at the local moment `now`."""
    due = find_step_due(dossier)
    since = find_since(store.list_dossier_moves(db, dossier.code))
    return {
        "step_since": write_local(db, since) if since else None,
        "step_due": due,
        "is_step_late": due is not None and due < now,
    }


def find_since(moves: Sequence[DossierMove]) -> str | None:
    """Return when the dossier came to its step and to who has it now."""
    runs = [list(run) for _place, run in groupby(moves, key=lambda move: (move.step, move.holder))]
    return runs[-1][0].at if runs else None


def write_local(db: Reader, at: str) -> str:
    """Return a stored moment by the desk's own wall clock, `YYYY-MM-DDTHH:MM`."""
    local = parse(at).astimezone(get_zone(settings_store.get_timezone(db))).replace(tzinfo=None)
    return local.isoformat(timespec="minutes")


def describe_flow_steps(db: Reader, dossier: Dossier, now: str, people: dict[int, str]) -> list[View]:
    """Return each step of a dossier's flow: who had it last, when it came and went, and whether it was late."""
    flow = store.get_flow(db, dossier.flow)
    moves = store.list_dossier_moves(db, dossier.code)
    return [
        {
            "name": both(step.name),
            "role": translate_into_each(STEP_ROLE_LABELS[step.role]),
            "is_current": place == dossier.step and not dossier.state.is_over,
            **_describe_stretch(db, moves, place, people),
            "due": dossier.dues[place] if place < len(dossier.dues) else None,
            "is_late": _is_late(db, dossier, moves, place, now),
        }
        for place, step in enumerate(flow)
    ]


def _describe_stretch(db: Reader, moves: Sequence[DossierMove], place: int, people: dict[int, str]) -> View:
    begun, done, holder = find_stretch(moves, place)
    return {
        "begun": write_local(db, begun) if begun else None,
        "done": write_local(db, done) if done else None,
        "holder": people.get(holder, "") if holder is not None else "",
    }


def _is_late(db: Reader, dossier: Dossier, moves: Sequence[DossierMove], place: int, now: str) -> bool:
    if place >= len(dossier.dues):
        return False
    if place == dossier.step:
        return dossier.state in RUNNING_STATES and dossier.dues[place] < now
    _begun, done, _holder = find_stretch(moves, place)
    return done is not None and place < dossier.step and dossier.dues[place] < write_local(db, done)


def find_stretch(moves: Sequence[DossierMove], step: int) -> tuple[str | None, str | None, int | None]:
    """Return when a dossier came to a step first, when it left it for the last time, and who had it there."""
    places = [place for place, move in enumerate(moves) if move.step == step]
    if not places:
        return None, None, None
    first, last = moves[places[0]], moves[places[-1]]
    after = moves[places[-1] + 1] if places[-1] + 1 < len(moves) else None
    is_over = last.state.is_over
    return first.at, after.at if after else (last.at if is_over else None), last.holder


def find_usual_holder(step: FlowStep, accounts: Iterable[Account]) -> int | None:
    """Return who usually does a step: the account that the flow names, if it can still sign in."""
    return next((one.id for one in accounts if one.id == step.account and not one.disabled), None)
