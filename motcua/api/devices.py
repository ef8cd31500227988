"""The hall's devices: how they are, what is asked of their agents, and the morning check."""

from functools import partial
from typing import Any, cast

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.agent_payloads import AskMessage
from motcua.api.agents import Agents
from motcua.api.answers import respond
from motcua.api.option_words import translate_options
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.devices import (
    AgentPath,
    AskAgent,
    AskAnswer,
    Assign,
    Assignment,
    CheckAnswer,
    Devices,
    LinePath,
    Seen,
)
from motcua.checks import invariants
from motcua.checks.device_lines import find_error_message, list_device_lines
from motcua.checks.fleet import read_sentence
from motcua.checks.invariants import CheckLine
from motcua.checks.sessions import CheckSession
from motcua.desk import Invalid, Reader, StoreError, Unavailable, stamp
from motcua.devices.contract import list_counters
from motcua.devices.kinds import find_kind, is_placed_at
from motcua.equipment import actions as equipment_actions
from motcua.equipment import store as equipment_store
from motcua.equipment.model import Binding
from motcua.setup import agents as setup_agents
from motcua.views.check import check_view, describe_line, make_sheet_line
from motcua.web import reach
from motcua.web.language import mark, translate, translate_or_keep
from motcua.web.site import Site
from motcua.wiring import bindings, facts

TEST_S, ASK_S, SLOW_S = 30, 6, 12


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about devices."""

    def agents() -> Agents:
        extension: Agents = site.app.extensions["motcua.agents"]
        return extension

    @api.get(
        "/devices", endpoint="devices", summary="The agents, their devices and how each is", responses={200: Devices}
    )
    def devices() -> Response:
        with site.desk.read() as db:
            waits = {
                item.agent: [{"code": code, "detail": translate(*message)} for code, message in item.list_messages()]
                for item in bindings.list_pending(db)
            }
            items = [
                {
                    **agent,
                    "problems": [translate(*message) for message in site.fleet.list_agent_troubles(agent["agent"])],
                    "waiting": waits.get(agent["agent"], []),
                    "devices": [_device_view(site, agent, one) for one in agent["devices"]],
                }
                for agent in site.fleet.describe(db)
            ]
        return respond((200, {"items": items}))

    @api.put(
        "/agents/<int(max=999999999):id>/assignment",
        endpoint="assign_agent",
        summary="Say which counters and kiosks a device program serves",
        responses={200: Assignment},
    )
    def assign_agent(path: AgentPath, body: Assign) -> Response:
        serves = setup_agents.Serves(body.counters, body.kiosks)
        return respond(site.request_door().do(setup_agents.bind, path.id, serves, answer=_assigned))

    @api.post(
        "/agents/<int(max=999999999):id>/ask",
        endpoint="ask_agent",
        summary="Ask a device program for something now",
        responses={200: AskAnswer},
    )
    def ask_agent(path: AgentPath, body: AskAgent) -> Response:
        within_s = TEST_S if body.what == "test" else SLOW_S if body.what in {"put", "learn"} else ASK_S
        answer = agents().ask(path.id, cast(AskMessage, body.model_dump(exclude_none=True)), within_s)
        if not answer.get("ok"):
            message, params = read_sentence(answer) or (mark("The device program could not do it."), {})
            raise Invalid("agent.refused", message, **params)
        if body.what == "put" and body.device is not None:
            has_scanner = is_placed_at(str(body.device.get("kind")), "kiosks")
            site.open_door().do(
                partial(setup_agents.add_counters, has_scanner=has_scanner), path.id, list_counters(body.device)
            )
        if body.what == "drivers":
            answer = {**answer, "drivers": translate_options(answer.get("drivers"))}
        return respond((200, answer))

    @api.get(
        "/check",
        endpoint="check",
        summary="The morning check that goes on, or the last sheet",
        responses={200: CheckAnswer},
    )
    def check() -> Response:
        return respond((200, _check_view(site)))

    @api.post("/check", endpoint="begin_check", summary="Begin a morning check", responses={200: CheckAnswer})
    def begin_check(body: NoBody) -> Response:
        session = site.checking.begin(
            stamp(site.desk.clock.now()), site.get_actor(site.caller), name_lines(site, collect_check_lines(site))
        )
        for item in session.items:
            if item.running and item.line.device is not None:
                site.socketio.start_background_task(_test, agents(), site, session, item.id)
        return respond((200, _check_view(site)))

    @api.post(
        "/check/lines/<int(max=9999):id>",
        endpoint="note_check",
        summary="Say whether it was so",
        responses={200: CheckAnswer},
    )
    def note_check(path: LinePath, body: Seen) -> Response:
        site.checking.record_answer(path.id, was_seen=body.seen)
        return respond((200, _check_view(site)))

    @api.post("/check/end", endpoint="end_check", summary="Keep the sheet", responses={200: CheckAnswer})
    def end_check(body: NoBody) -> Response:
        check = site.checking.end()
        lines = [make_sheet_line(describe_line(item, translate_or_keep)) for item in check.items]
        site.request_door().do(equipment_actions.record_check, lines, answer=lambda _db, _none: (200, {}))
        return respond((200, _check_view(site)))


def _check_view(site: Site) -> dict[str, Any]:
    with site.desk.read() as db:
        return {
            "check": check_view(site.checking.find_last(), translate_or_keep),
            "last": equipment_store.find_last_check(db),
        }


def collect_check_lines(site: Site) -> list[CheckLine]:
    """Return a line for each invariant, agent and device as they are now.

    Reads the whole journal in a thread of its own.
    """

    def look() -> list[CheckLine]:
        try:
            with site.desk.read() as db:
                return invariants.check_all(db, site.desk.path.parent, site.desk.clock.read_wall_clock())
        except (Unavailable, StoreError) as error:
            return [CheckLine("journal", "down", "%(problem)s", {"problem": error})]

    check_lines: list[CheckLine] = [*site.offload(look), check_address(site), *facts.list_check_lines(site.desk)]
    with site.desk.read() as db:
        waiting = {
            item.agent: [message for code, message in item.list_messages() if code != bindings.UNCONFIRMED]
            for item in bindings.list_pending(db)
        }
        return [*check_lines, *list_device_lines(db, site.fleet, waiting)]


def _assigned(_db: Reader, binding: Binding) -> tuple[int, dict[str, Any]]:
    return 200, {
        "counters": list(binding.counters),
        "kiosks": "all" if binding.kiosks is None else list(binding.kiosks),
    }


PLAIN = mark("%(address)s, without https: others in the same network can read what phones and desk say to each other")


def check_address(site: Site) -> CheckLine:
    """Return whether phones can be given an address, and which."""
    trouble = site.reach.find_trouble(site.addresses.get_setting())
    if trouble is not None:
        return CheckLine(reach.CHECK, "degraded", trouble.message, dict(trouble.params))
    note = site.addresses.find_plain_fault()
    if note is not None and note.code == reach.UNTRUSTED:
        return CheckLine(reach.CHECK, "ok", note.message, dict(note.params))
    if plain := site.addresses.find_plain_address():
        return CheckLine(reach.CHECK, "ok", PLAIN, {"address": plain})
    return CheckLine(reach.CHECK, "ok", "%(address)s", {"address": site.addresses.find_without_request()})


def _device_view(site: Site, agent: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """Return a device with its error in the reader's language."""
    why = find_error_message(site.fleet, agent["agent"], item)
    return {**item, "error": translate(*why)} if why else item


def name_lines(site: Site, check_lines: list[CheckLine]) -> list[tuple[CheckLine, str]]:
    """Return each line with the name that a person knows its device by."""
    with site.desk.read() as db:
        names = {agent["agent"]: agent["name"] for agent in site.fleet.describe(db)}
    result = []
    for line in check_lines:
        label = ""
        if line.device is not None:
            agent, name = line.device
            where = ", ".join(translate(mark("counter %(number)s"), {"number": number}) for number in line.counters)
            label = f"{name} ({where})" if where and name else name or names.get(agent, str(agent))
        result.append((line, label))
    return result


def _test(agents: Agents, site: Site, check: CheckSession, number: int) -> None:
    """Let one device show that it works, and note what its agent says."""
    device = check.items[number].line.device
    if device is None:
        return
    agent, name = device
    kind = find_kind(check.items[number].line.what)
    payload = {"counters": list(check.items[number].line.counters), **(kind.test_payload if kind is not None else {})}
    try:
        answer = agents.ask(agent, {"what": "test", "name": name, "payload": payload}, TEST_S)
    except Unavailable:
        answer = {}
    state = str(answer.get("state", "failed"))
    site.checking.record_test(check, number, state, answer.get("detail") or (None if answer.get("ok") else "no_answer"))
