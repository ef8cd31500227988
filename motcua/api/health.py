"""Whether the desk can work, for whoever watches over it: no token is asked for."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.hall import Health
from motcua.checks.invariants import CheckLine
from motcua.desk import Reader, StoreError, Unavailable, journal
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import format_local
from motcua.web.language import translate_or_keep
from motcua.web.site import Site
from motcua.wiring import facts

CHECKS = ("store", "clock", "journal", "devices", "address", "backup", "digests", "voice")
NEEDED = ("store", "clock", "journal")
"""Without these no number can be issued."""
WORDS = {"clock.stepped": "stepped"}
"""How a check is called when a fault has a word of its own; else it is `degraded`."""


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call."""

    def devices(db: Reader) -> str:
        """Say whether every enrolled agent is connected and its devices work; the hall goes on without them."""
        stage = site.stages.get("/agent")
        connected = set(stage.list_listening() if stage else ())
        enrolled = {str(number) for number in staff_store.list_agents(db)}
        if not enrolled <= connected:
            return "missing"
        return (
            "none"
            if not enrolled
            else "down"
            if any(item["state"] == "down" for item in site.fleet.list_troubles(db))
            else "ok"
        )

    @api.get("/health", endpoint="health", summary="Whether the desk can work", responses={200: Health, 503: Health})
    def health() -> Response:
        checks = dict.fromkeys(CHECKS, "ok")
        zone, alone, plain = "UTC", None, None
        try:
            _day, behind = site.get_today()
            checks["clock"] = "behind" if behind else "ok"
            with site.desk.read() as db:
                zone = settings_store.get_timezone(db)
                checks["journal"] = "ok" if journal.is_last_link_whole(db) else "broken"
                checks["devices"] = devices(db)
            checks |= {line.what: "ok" if line.state == "ok" else "degraded" for line in refresh_lines()}
            alone, plain = site.addresses.find_loopback_fault(), site.addresses.find_plain_fault()
        except (Unavailable, OSError, StoreError, ValueError):
            checks["store"] = "failing"
        if site.desk.refusal is not None:
            checks["store"] = "failing"
        can_issue = all(checks[name] == "ok" for name in NEEDED)
        faults = site.desk.faults.list_all()
        if alone is not None:
            checks[alone.check] = "none"
        for fault in faults:
            if checks.get(fault.check) == "ok":
                checks[fault.check] = WORDS.get(fault.code, "degraded")
        fine = not faults and all(state in {"ok", "none"} for state in checks.values())
        status = "failing" if not can_issue else "ok" if fine else "degraded"
        problems = [
            {
                "code": fault.code,
                "detail": translate_or_keep(fault.message, fault.params),
                "since": format_local(fault.since, zone),
            }
            for fault in (*faults, *(note for note in (alone, plain) if note is not None))
        ]
        return respond((200 if can_issue else 503, {"status": status, "checks": checks, "problems": problems}))

    def refresh_lines() -> list[CheckLine]:
        """Return copies, signed days and words as they lie on the disk now."""
        return facts.refresh_all(site.desk, site.desk.path.parent, site.voice)
