"""The hall's settings: one section at a time for the settings pages, or the whole as one TOML file."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from pydantic import Field

from motcua.api.answers import respond
from motcua.api.shapes.base import ApiShape, Both, Strict, describe_choice
from motcua.checks.invariants import CANNOT_PRINT
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.procedures import store as procedure_store
from motcua.settings import store as settings_store
from motcua.setup import actions, days_off, drafts, ticket_preview
from motcua.setup.document import Document, write
from motcua.setup.sections import SECTIONS, get_section
from motcua.setup.ticket_letters import find_unprintable, sum_up
from motcua.views.gone_names import describe_gone_names
from motcua.web.language import translate
from motcua.web.site import Site

PICTURE = {
    "description": "The paper, black on white. `X-Not-Printed` (percent-encoded) names letters that the font lacks.",
    "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
}
FILE = {"description": "The settings file.", "content": {"application/toml": {"schema": {"type": "string"}}}}


class SectionPath(ApiShape):
    """Which section."""

    section: Annotated[str, describe_choice(*SECTIONS)]


class Section(ApiShape):
    """A section in the settings file's shape, and the version of the settings it was read from."""

    section: str
    version: int
    data: dict[str, Any]


class SaveSection(Strict):
    """A section's new values, made from the settings of `version`; a part that is left out stays as it is."""

    version: int
    data: dict[str, Any]


class SaveDocument(Strict):
    """A whole settings file; with `check` nothing is put in force."""

    toml: str
    check: bool = False


class PreviewTicket(Strict):
    """A ticket's layout, empty for the usual one, as it would look on paper of this width."""

    layout: str = ""
    paper_mm: Literal[58, 80] = 80
    reprint: bool = False


class YearQuery(ApiShape):
    """Which year; the next one when left out."""

    year: int | None = Field(default=None, ge=days_off.FIRST_YEAR, le=days_off.LAST_YEAR)


class ProposedDay(ApiShape):
    """A day off, or with `works` a day that is worked instead: its name in the package and in the settings, null
    where it is not.
    """

    date: str
    works: bool
    name: str | None
    name_here: str | None
    difference: Literal["new", "same", "other_name", "only_here"]


class ProposedDays(ApiShape):
    """A year's days in order; nothing is put in force."""

    year: int
    source: str
    items: list[ProposedDay]


class SavedWarning(ApiShape):
    """Something that the settings name and the desk has no more; `page` is that on which it is mended."""

    page: str
    text: Both


class Saved(ApiShape):
    """Whether anything changed, and of the settings in force: version, and what they name that is not there today."""

    changed: bool
    version: int
    warnings: list[SavedWarning]


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about settings."""

    def describe_saved(db: Reader, changed: bool) -> Answer:
        warnings = describe_gone_names(db, site.get_today()[0])
        return 200, {"changed": changed, "version": settings_store.get_version(db), "warnings": warnings}

    @api.get("/settings", endpoint="settings_document", summary="All settings as one TOML file", responses={200: FILE})
    def document() -> Response:
        with site.desk.read() as db:
            text = write(actions.get_document(db))
        response = Response(text, content_type="application/toml; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="motcua.toml"'
        return response

    @api.put(
        "/settings",
        endpoint="save_settings_document",
        summary="Check a settings file, or put it in force",
        responses={200: Saved},
    )
    def save_document(body: SaveDocument) -> Response:
        with site.desk.read() as db:
            draft = drafts.make_file_request(body.toml, procedure_store.list_codes(db))
        document = read_apart(site, draft)
        if not body.check:
            return respond(site.request_door().do(actions.apply, document, answer=describe_saved))
        with site.desk.read() as db:
            return respond(describe_saved(db, document != actions.get_document(db)))

    @api.post(
        "/settings/printing/preview",
        endpoint="preview_ticket",
        summary="What a layout prints, as a picture",
        responses={200: PICTURE},
    )
    def preview_ticket(body: PreviewTicket) -> Response:
        with site.desk.read() as db:
            document = actions.get_document(db)
        payload = ticket_preview.sample(
            document, site.addresses.find_for_phones() or ticket_preview.EXAMPLE, reprint=body.reprint
        )
        picture = site.offload(ticket_preview.draw_png, body.layout, payload, body.paper_mm)
        problems = site.offload(find_unprintable, document, body.layout)
        headers = {"X-Not-Printed": quote(translate(CANNOT_PRINT, sum_up(problems)))} if problems else {}
        return Response(picture, content_type="image/png", headers=headers)

    @api.get(
        "/settings/days_off/proposal",
        endpoint="propose_days_off",
        summary="A year's days off, proposed",
        responses={200: ProposedDays},
    )
    def propose_days_off(query: YearQuery) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
        proposal = site.offload(days_off.propose, query.year or int(today[:4]) + 1, settings)
        return respond(
            (
                200,
                {"year": proposal.year, "source": proposal.source, "items": [_proposed(day) for day in proposal.days]},
            )
        )

    @api.get(
        "/settings/<section>",
        endpoint="settings_section",
        summary="One section of the settings",
        responses={200: Section},
    )
    def section(path: SectionPath) -> Response:
        with site.desk.read() as db:
            data = get_section(actions.get_document(db), path.section)
            return respond((200, {"section": path.section, "version": settings_store.get_version(db), "data": data}))

    @api.put(
        "/settings/<section>", endpoint="save_settings_section", summary="Save one section", responses={200: Saved}
    )
    def save_section(path: SectionPath, body: SaveSection) -> Response:
        with site.desk.read() as db:
            if (
                "Idempotency-Key" not in request.headers
            ):  # under a key the answer may be there already, of an older version
                actions.require_version(db, body.version)
            added = procedure_store.list_codes(db)
            draft = drafts.make_section_request(actions.get_document(db), path.section, body.data, added)
        document = read_apart(site, draft)
        return respond(site.request_door().do(actions.apply_to, document, body.version, answer=describe_saved))


def read_apart(site: Site, draft: dict[str, Any]) -> Document:
    """Return the settings that somebody sent, read in a process of its own. Raises `Mistakes`, `Unavailable`."""
    return drafts.read_answer(site.compute(drafts.task, draft))


def _proposed(day: days_off.DayProposal) -> dict[str, Any]:
    return {
        "date": day.date,
        "works": day.works,
        "name": day.name or None,
        "name_here": day.name_here or None,
        "difference": day.difference,
    }
