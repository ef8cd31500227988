"""The form of a mapping: filled in from a sample file's headings and states, saved under a name."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Refused, Unknown
from motcua.desk.messages import translate_into_each
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, DossierState
from motcua.exchange.actions.mappings import remove_mapping, save_mapping
from motcua.exchange.model.mappings import DateOrder, ExchangeMapping, SampleColumn
from motcua.exchange.rules.names import IMPORT_FIELDS, guess_columns, guess_state
from motcua.exchange.rules.reading import task
from motcua.exchange.store import mappings
from motcua.screens.exchange.files import PATH, SEE_OTHER, read_exchange_file
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.screens.waiting import WaitingItems
from motcua.typed.sheet_columns import fold
from motcua.views.exchange.page import ORDER_LABELS
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

SAMPLES_MAX = 8
SPARE_STATES = 3
"""Empty rows for states that the sample does not have."""
ROWS_MAX = 60
Sample = tuple[SampleColumn, ...]


def install(screens: Blueprint, site: Site) -> None:
    """Add the form and what it does."""
    samples: WaitingItems[Sample] = WaitingItems(SAMPLES_MAX, "exchange.gone")

    def render(
        mapping: ExchangeMapping, sample: Sample, key: str, refusal: Refused | None = None, note: str = ""
    ) -> Response:
        page = render_page(
            site,
            "exchange_mapping.html",
            me=describe_user(site),
            mapping={
                "id": mapping.id,
                "name": mapping.name,
                "system": mapping.system,
                "date_order": mapping.date_order.value,
            },
            columns=_list_columns(mapping, sample),
            states=_list_states(mapping, sample, _list_typed()),
            choices=[(state.value, translate_into_each(label)) for state, label in DOSSIER_STATE_LABELS.items()],
            orders=[(order.value, translate_into_each(label)) for order, label in ORDER_LABELS.items()],
            sample=key if sample else "",
            has_sample=bool(sample),
            mistake=translate(refusal.message, refusal.params) if refusal else "",
            note=note,
        )
        return make_response(page, get_status(refusal) if refusal else 200)

    @screens.get(f"{PATH}/mappings/<int:number>", endpoint="exchange_mapping")
    def exchange_mapping(number: int) -> Response:
        with site.desk.read() as db:
            return render(mappings.get_mapping(db, number), (), "")

    @screens.post(f"{PATH}/sample", endpoint="exchange_sample")
    def exchange_sample() -> Response:
        require_own_form(site)
        mapping = ExchangeMapping(0, "", "", {})
        try:
            if number := _read_number():
                with site.desk.read() as db:
                    mapping = mappings.get_mapping(db, number)
            content = read_exchange_file()
            result = site.compute(task, {"file": b64encode(content).decode()})
        except Refused as refusal:
            return render(mapping, (), "", refusal)
        sample = tuple(SampleColumn(item["heading"], tuple(item["values"])) for item in result["columns"])
        key = site.desk.entropy(9).hex()
        samples.add(site.get_actor(site.caller), key, sample)
        if not mapping.id:
            mapping = ExchangeMapping(0, "", "", guess_columns(column.heading for column in sample))
        return render(mapping, sample, key)

    @screens.post(f"{PATH}/mappings", endpoint="save_mapping")
    def save() -> AnyResponse:
        require_own_form(site)
        key = request.form.get("sample", "")[:40]
        sample = samples.find(site.get_actor(site.caller), key) or ()
        draft = _read_draft()
        if unasked := _list_unasked(draft, sample):
            words = translate("Now say what these states mean: %(states)s.", {"states": ", ".join(unasked)})
            return render(draft, sample, key, note=words)
        try:
            site.open_door().do(save_mapping, draft, find_own_account(site))
        except Unknown:
            raise
        except Refused as refusal:
            return render(draft, sample, key, refusal)
        return redirect(f"{PATH}?done=saved", SEE_OTHER)

    @screens.post(f"{PATH}/mappings/<int:number>/removal", endpoint="remove_mapping")
    def remove(number: int) -> AnyResponse:
        require_own_form(site)
        site.open_door().do(remove_mapping, number)
        return redirect(f"{PATH}?done=removed", SEE_OTHER)


def _read_number() -> int:
    text = request.form.get("id", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 -- of a row


def _read_draft() -> ExchangeMapping:
    form = request.form
    order = form.get("date_order", "")
    states: dict[str, DossierState] = {}
    for number in range(ROWS_MAX):
        word, state = form.get(f"word-{number}", "")[:200], form.get(f"state-{number}", "")
        if word.strip() and state in set(DossierState):
            states[word] = DossierState(state)
    return ExchangeMapping(
        _read_number(),
        form.get("name", "")[:200],
        form.get("system", "")[:200],
        {item.name: form.get(f"column-{item.name}", "")[:200] for item in IMPORT_FIELDS},
        states,
        DateOrder(order) if order in set(DateOrder) else DateOrder.DAY_FIRST,
    )


def _list_unasked(draft: ExchangeMapping, sample: Sample) -> list[str]:
    """Return states of the chosen column that the form did not ask about."""
    asked = {fold(request.form.get(f"word-{number}", "")) for number in range(ROWS_MAX)}
    return [value for value in _list_values(draft, sample) if fold(value) not in asked]


def _list_values(mapping: ExchangeMapping, sample: Sequence[SampleColumn]) -> tuple[str, ...]:
    heading = fold(mapping.columns.get("state", ""))
    return next((column.values for column in sample if fold(column.heading) == heading), ())


def _list_columns(mapping: ExchangeMapping, sample: Sequence[SampleColumn]) -> list[dict[str, Any]]:
    headings = [column.heading for column in sample]
    columns = []
    for item in IMPORT_FIELDS:
        chosen = mapping.columns.get(item.name, "")
        here = next((heading for heading in headings if fold(heading) == fold(chosen)), chosen)
        offered = [*headings, *([here] if here and here not in headings else [])]
        columns.append(
            {
                "name": item.name,
                "label": translate_into_each(item.label),
                "about": translate_into_each(item.about),
                "is_required": item.is_required,
                "value": here,
                "options": [("", "—"), *((heading, heading) for heading in offered)],
            }
        )
    return columns


def _list_typed() -> dict[str, str]:
    """Return the names of states that a form sent, by how they are compared."""
    words = (request.form.get(f"word-{number}", "")[:200].strip() for number in range(ROWS_MAX))
    return {fold(word): word for word in words if word}


def _list_states(
    mapping: ExchangeMapping, sample: Sequence[SampleColumn], typed: dict[str, str]
) -> list[tuple[str, str]]:
    """Return the states that the form asks about, each with what it means, and some empty rows."""
    chosen = {fold(word): state for word, state in mapping.states.items()}
    words = {fold(value): value for value in _list_values(mapping, sample)}
    words |= {key: word for key, word in typed.items() if key not in words}
    words |= {fold(word): word for word in mapping.states if fold(word) not in words}
    rows = [(word, chosen.get(key) or guess_state(word)) for key, word in words.items()]
    spare = min(SPARE_STATES, ROWS_MAX - len(rows))
    return [(word, state.value if state else "") for word, state in rows[:ROWS_MAX]] + [("", "")] * spare
