"""The unit's inbox: what people wrote, what is due when, and each step as a plain form that works without scripts."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from msgspec import Struct
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Invalid, Reader, Refused, Tx, Unknown
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.screens.suggestion import answer_photo
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Role
from motcua.suggestions import actions, rules, store
from motcua.suggestions.model import KIND_LABELS, Suggestion, SuggestionState, Viewer
from motcua.views.suggestions import describe_for_unit, describe_row, list_visible
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.site import Site

S = SuggestionState
FILTERS: dict[str, tuple[SuggestionState, ...]] = {
    "open": (S.WAITING, S.PROCESSING),
    "late": (S.WAITING, S.PROCESSING),
    "waiting": (S.WAITING,),
    "processing": (S.PROCESSING,),
    "answered": (S.ANSWERED,),
    "closed": (S.REFUSED, S.DUPLICATE, S.WITHDRAWN),
}
"""What the list can show, by its name in the address."""
PAGE_ROWS, OPEN_MAX, OWNERS_MAX = 50, 1000, 200
SEE_OTHER = 303
Step = Callable[[Tx, Viewer, int], Suggestion]


class Reading(Struct, frozen=True):
    """What each of these pages knows of its reader and of the desk."""

    settings: Settings
    viewer: Viewer
    head: int | None
    accounts: list[Account]
    today: str

    @property
    def names(self) -> dict[int, str]:
        """Return the full name of each account by its number."""
        return {account.id: account.full_name or account.name for account in self.accounts}


def install(screens: Blueprint, site: Site) -> None:
    """Add the list, the page of one suggestion and its steps."""

    def read(db: Reader) -> Reading:
        settings, accounts = settings_store.get_settings(db), staff_store.list_accounts(db)
        head = staff_rules.find_head(accounts, settings.suggestions.head)
        today, _behind = site.get_today()
        return Reading(settings, get_viewer(site), head, accounts, today)

    @screens.get("/suggestions", endpoint="inbox")
    def inbox() -> str:
        name = request.args.get("state", "open")
        name = name if name in FILTERS else "open"
        skip = _read_whole(request.args.get("skip", ""))
        with site.desk.read() as db:
            reading = read(db)
            items = _list(db, reading, name, skip)
            rows = [
                describe_row(db, reading.settings, item, reading.today, reading.names) for item in items[:PAGE_ROWS]
            ]
        if FILTERS[name][0].is_open:
            rows.sort(key=lambda row: (row["due"]["day"] if row["due"] else "", row["id"]))
        more: dict[str, Any] = {
            "rows": rows,
            "state": name,
            "skip": skip,
            "older": skip + PAGE_ROWS if len(items) > PAGE_ROWS else None,
        }
        return render_page(
            site, "inbox.html", me=describe_user(site), tab="suggestions", decides=_decides(site), **more
        )

    def show(number: int, status: int = 200, mistake: str = "", opened: tuple[str, ...] = ()) -> Response:
        with site.desk.read() as db:
            reading = read(db)
            item = _get(db, reading, number)
            view = describe_for_unit(db, reading.settings, item, reading.today, reading.names, opened)
        templates = reading.settings.suggestions.templates
        chosen = next((one for one in templates if one.code == request.args.get("template")), None)
        fields: dict[str, Any] = {
            "item": view,
            "mistake": mistake,
            "typed": request.form.to_dict() if mistake else {},
            "kinds": [(kind.value, label) for kind, label in KIND_LABELS.items()],
            "owners": _list_owners(reading, item),
            "templates": [{"code": one.code, "title": one.title} for one in templates],
            "prefilled": chosen.text if chosen else "",
            "text_max": rules.MESSAGE_MAX,
            "decides": rules.can_decide(reading.viewer, item, reading.head),
            "may_act": item.state.is_open and rules.can_act(reading.viewer, item, reading.head),
        }
        return make_response(
            render_page(site, "inbox_item.html", me=describe_user(site), tab="suggestions", **fields), status
        )

    @screens.get("/suggestions/<int:number>", endpoint="inbox_item")
    def one(number: int) -> Response:
        return show(number)

    @screens.post("/suggestions/<int:number>/<step>", endpoint="inbox_step")
    def act(number: int, step: str) -> AnyResponse:
        require_own_form(site)
        viewer = get_viewer(site)
        try:
            work = _find_step(step)
            site.open_door().do(lambda tx: work(tx, viewer, number))
        except Unknown:
            raise
        except Refused as refusal:
            return show(number, get_status(refusal), translate(refusal.message, refusal.params))
        if step == "open":
            return show(number, opened=tuple(request.form.getlist("part")))
        return redirect(f"/suggestions/{number}", SEE_OTHER)

    @screens.get("/suggestions/<int:number>/photo.jpg", endpoint="inbox_photo")
    def photo(number: int) -> Response:
        with site.desk.read() as db:
            item = _get(db, read(db), number)
            return answer_photo(store.find_photo(db, item.photo))


def get_viewer(site: Site) -> Viewer:
    """Return who reads: the account behind this request."""
    credential = site.caller.credential
    return Viewer(credential.account if credential else None, site.caller.role.value if site.caller.role else "")


def _decides(site: Site) -> bool:
    return site.caller.role in {Role.LEADER, Role.ADMIN}


def _list(db: Reader, reading: Reading, name: str, skip: int) -> list[Suggestion]:
    """Return the suggestions of a filter that the reader may see, one more than a page where there are more."""
    states = FILTERS[name]
    if reading.viewer.role == Role.OFFICER:
        of_owner = store.list_of_owner(db, reading.viewer.account or 0, OPEN_MAX)
        items = [item for item in of_owner if item.state in states]
    elif states[0].is_open:
        items = store.list_in_states(db, states, OPEN_MAX)
    else:
        items = store.list_in_states(db, states, PAGE_ROWS + 1, skip)
        skip = 0
    visible = list_visible(db, items, reading.viewer, reading.head)
    if name == "late":
        visible = [item for item in visible if _is_late(reading, item)]
    return visible[skip : skip + PAGE_ROWS + 1]


def _is_late(reading: Reading, item: Suggestion) -> bool:
    return any(stage.stage == rules.LATE for stage in rules.list_stages(reading.settings, item, reading.today))


def _get(db: Reader, reading: Reading, number: int) -> Suggestion:
    item = store.get(db, number)
    if not rules.can_see(reading.viewer, item, reading.head):
        raise Unknown("suggestion.unknown", "There is no such suggestion.")
    return item


def _list_owners(reading: Reading, item: Suggestion) -> list[tuple[int, str]]:
    """Return who may be asked to answer, by name: nobody whom it concerns."""
    people = [
        account
        for account in reading.accounts
        if account.role in {Role.OFFICER, Role.LEADER} and not account.disabled and account.id != item.concerned
    ]
    people.sort(key=lambda account: account.full_name)
    return [(account.id, account.full_name or account.name) for account in people[:OWNERS_MAX]]


def _find_step(name: str) -> Step:
    """Return what a form of the page does. Raises `Unknown("page.unknown")`, `Invalid("suggestion.original")`."""
    words, kind, part = (request.form.get(field, "") for field in ("text", "kind", "part"))
    owner = _read_whole(request.form.get("owner", ""))
    original = _read_original() if name == "duplicate" else 0
    steps: dict[str, Step] = {  # they run in the writer's thread, which knows no request
        "take": actions.take,
        "assign": lambda tx, who, number: actions.assign(tx, who, number, owner),
        "classify": lambda tx, who, number: actions.classify(tx, who, number, kind),
        "ask": lambda tx, who, number: actions.ask(tx, who, number, words),
        "answer": lambda tx, who, number: actions.answer(tx, who, number, words),
        "refuse": lambda tx, who, number: actions.refuse(tx, who, number, words),
        "duplicate": lambda tx, who, number: actions.mark_duplicate(tx, who, number, original),
        "publish": lambda tx, who, number: actions.publish(tx, who, number, True),
        "keep": lambda tx, who, number: actions.publish(tx, who, number, False),
        "change": lambda tx, who, number: actions.note_change(tx, who, number, words),
        "open": lambda tx, who, number: actions.open_part(tx, who, number, part),
    }
    if name not in steps:
        raise Unknown("page.unknown", "There is nothing at this address.")
    return steps[name]


def _read_original() -> int:
    number = _read_whole(request.form.get("original", "").strip().removeprefix("#"))
    if number == 0:
        raise Invalid("suggestion.original", "Choose another suggestion that is not a duplicate itself.")
    return number


def _read_whole(word: str) -> int:
    """Return a small whole number, 0 for anything else."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= len("999999999") else 0
