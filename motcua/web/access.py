"""The one table of who may open what: each page, each call, each socket."""

from motcua.reports.kinds import REPORTS, list_readers
from motcua.staff.model import Role

A, L, O = Role.ADMIN, Role.LEADER, Role.OFFICER  # noqa: E741 -- a table reads best in short names
K, W, P, C, G = Role.KIOSK, Role.WALL, Role.PAD, Role.COUNTER, Role.AGENT

EVERYONE: frozenset[Role] | None = None
"""No credential is asked for."""

_AT_COUNTERS = frozenset({C, O, L, A})
_SEES_HALL = frozenset({A, L, O, K, W, C, P, G})

CALLS: dict[str, frozenset[Role] | None] = {
    # tickets
    "api.issue": frozenset({K, C, O, A, L}),
    "api.ticket": frozenset({K, C, O, L, A}),
    "api.cancel": frozenset({K, C, O, L, A}),
    "api.come_back": frozenset({K, C, O, L, A}),
    "api.reprint": frozenset({K, C, O, L, A}),
    # whoever holds the ticket's code
    "api.sit": EVERYONE,
    "api.erase_smile": EVERYONE,
    # counters; the counter itself is checked beside this table: one's own
    "api.open_counter": _AT_COUNTERS,
    "api.call_next": _AT_COUNTERS,
    "api.call_number": _AT_COUNTERS,
    "api.recall": _AT_COUNTERS,
    "api.start": _AT_COUNTERS,
    "api.finish": _AT_COUNTERS,
    "api.absent": _AT_COUNTERS,
    "api.hold": _AT_COUNTERS,
    "api.resume": _AT_COUNTERS,
    "api.transfer": _AT_COUNTERS,
    "api.undo": _AT_COUNTERS,
    "api.no_camera": _AT_COUNTERS,
    "api.pause": _AT_COUNTERS,
    "api.close_counter": _AT_COUNTERS,
    # the hall
    "api.wall": _SEES_HALL,
    "api.queue": frozenset({A, L, O, C, K}),
    "api.services": _SEES_HALL,
    "api.counters": _SEES_HALL,
    "api.priorities": _SEES_HALL,
    "api.open_hall": frozenset({A, L}),
    "api.close_day": frozenset({A, L}),
    "api.health": EVERYONE,
    "api.openapi": EVERYONE,
    # past days under other rules
    "api.past_days": frozenset({A, L}),
    "api.replay": frozenset({A, L}),
    # figures
    **{f"api.{report.id}_report{kind}": report.roles for report in REPORTS for kind in ("", "_csv", "_pdf", "_xlsx")},
    **dict.fromkeys(("api.waits_report", "api.monthly_reports", "api.monthly_report_pdf"), frozenset({A, L})),
    "api.forecast": frozenset({A, L}),
    # ratings: a pad at its counter, or whoever holds the ticket's code
    "api.rate": EVERYONE,
    # ratings that were set aside
    "api.quarantined_ratings": frozenset({A, L}),
    "api.release_rating": frozenset({A, L}),
    "api.confirm_rating": frozenset({A, L}),
    # help and alerts; a counter calls for itself
    "api.call_help": _AT_COUNTERS,
    "api.answer_help": _AT_COUNTERS,
    "api.end_help": _AT_COUNTERS,
    "api.alerts": frozenset({A, L}),
    "api.mark_alert_seen": frozenset({A, L}),
    "api.push_key": frozenset({A, L}),
    "api.subscribe": frozenset({A, L}),
    "api.unsubscribe": frozenset({A, L}),
    # bookings: whoever has a phone, and whoever holds a booking's code
    "api.booking_slots": EVERYONE,
    "api.book": EVERYONE,
    "api.booking": EVERYONE,
    "api.cancel_booking": EVERYONE,
    "api.bookings": frozenset({O, L, A}),
    # suggestions: whoever wants to write, and whoever holds a suggestion's code
    "api.suggest": EVERYONE,
    "api.suggestion": EVERYONE,
    # settings, people, devices
    "api.settings_section": frozenset({A}),
    "api.propose_days_off": frozenset({A}),
    "api.save_settings_section": frozenset({A}),
    "api.settings_document": frozenset({A}),
    "api.save_settings_document": frozenset({A}),
    "api.preview_ticket": frozenset({A}),
    "api.test_notice": frozenset({A}),
    "api.notices": frozenset({A}),
    "api.resend_notice": frozenset({A}),
    "api.apprise_urls": frozenset({A}),
    "api.save_apprise_urls": frozenset({A}),
    "api.renew_webhook_secret": frozenset({A}),
    "api.accounts": frozenset({A}),
    "api.add_account": frozenset({A}),
    "api.change_account": frozenset({A}),
    "api.reset_password": frozenset({A}),
    "api.own_password": frozenset({A, L, O}),
    "api.own_pin": frozenset({A, L, O}),
    "api.present": frozenset({A, L, O}),
    "api.unlock": frozenset({A, L, O}),
    "api.tokens": frozenset({A}),
    "api.add_token": frozenset({A}),
    "api.revoke_token": frozenset({A}),
    "api.confirm_key": frozenset({A}),
    "api.offer_pairing": frozenset({A}),
    "api.devices": frozenset({A, L}),
    "api.ask_agent": frozenset({A}),
    "api.assign_agent": frozenset({A}),
    "api.begin_check": frozenset({A, L}),
    "api.check": frozenset({A, L}),
    "api.note_check": frozenset({A, L}),
    "api.end_check": frozenset({A, L}),
    # whoever holds the code that was opened for an agent
    "api.enrol": EVERYONE,
    # one computer's own programs, by the secret in the lock file
    "local.command": EVERYONE,
}

INDEX_PAGES = ("leaders_indices", "indices_behind", "dossier_template", "import_dossiers", "remove_dossiers")
PAGES: dict[str, frozenset[Role] | None] = {
    "screens.start": EVERYONE,
    "screens.texts": EVERYONE,
    "screens.awake": EVERYONE,
    "screens.language": EVERYONE,
    "screens.sign_in": EVERYONE,
    "screens.sign_in_submit": EVERYONE,
    "screens.sign_out": EVERYONE,
    "screens.wizard": EVERYONE,
    "screens.wizard_submit": EVERYONE,
    "screens.pair": EVERYONE,
    "screens.pair_submit": EVERYONE,
    "screens.follow": EVERYONE,
    "screens.seat": EVERYONE,
    "screens.rate_counter": EVERYONE,
    "screens.rate_counter_submit": EVERYONE,
    "screens.rate_ticket": EVERYONE,
    "screens.rate_ticket_submit": EVERYONE,
    "screens.question_form": EVERYONE,
    "screens.question_form_submit": EVERYONE,
    "screens.pad_form": frozenset({P, A}),
    "screens.pad_form_submit": frozenset({P, A}),
    "screens.book": EVERYONE,
    "screens.booking": EVERYONE,
    # suggestions: whoever wants to write, and whoever holds a suggestion's code
    "screens.suggest": EVERYONE,
    "screens.suggest_submit": EVERYONE,
    "screens.find_suggestion": EVERYONE,
    "screens.suggestion": EVERYONE,
    "screens.supplement_suggestion": EVERYONE,
    "screens.rate_suggestion": EVERYONE,
    "screens.erase_suggestion": EVERYONE,
    "screens.export_suggestion": EVERYONE,
    "screens.suggestion_photo": EVERYONE,
    "screens.public_answers": EVERYONE,
    "screens.kiosk": frozenset({K, A, L, O}),
    "screens.print_ticket": frozenset({K, A}),
    "screens.sound": _SEES_HALL,
    "screens.sound_of_call": _SEES_HALL,
    "screens.wall": frozenset({W, K, A, L, O, C}),
    "screens.pad": frozenset({P, A}),
    "screens.pad_photo": frozenset({P, A}),
    "screens.own_account": frozenset({A, L, O}),
    "screens.own_password": frozenset({A, L, O}),
    "screens.own_pin": frozenset({A, L, O}),
    "screens.own_photo": frozenset({A, L, O}),
    "screens.own_photo_submit": frozenset({A, L, O}),
    "screens.own_photo_removal": frozenset({A, L, O}),
    "screens.end_sign_ins": frozenset({A, L, O}),
    "screens.counter": frozenset({C, O, L, A}),
    "screens.counter_choice": frozenset({C, O, L, A}),
    "screens.leaders": frozenset({L, A}),
    "screens.leaders_day": frozenset({L, A}),
    "screens.leaders_alerts": frozenset({L, A}),
    "screens.push_worker": frozenset({L, A}),
    "screens.leaders_waits": frozenset({L, A}),
    "screens.leaders_monthly": frozenset({L, A}),
    "screens.leaders_replay": frozenset({L, A}),
    "screens.leaders_staffing": frozenset({L, A}),
    "screens.leaders_ratings": frozenset({L, A}),
    "screens.decide_rating": frozenset({L, A}),
    "screens.save_typist": frozenset({L, A}),
    # figures by officer are opened by the head of the unit alone; an administrator removes everything
    "screens.leaders_camera": frozenset({L, A}),
    "screens.switch_officer_view": frozenset({L, A}),
    "screens.remove_camera": frozenset({A}),
    "screens.camera_sign": frozenset({L, A}),
    **dict.fromkeys((f"screens.{name}" for name in INDEX_PAGES), frozenset({L, A})),
    "screens.camera_notice": EVERYONE,
    # an officer only when a leader named them
    "screens.slips": frozenset({L, A, O}),
    "screens.slips_submit": frozenset({L, A, O}),
    # which of them, says the list of reports
    "screens.leaders_report": list_readers(),
    "screens.check": frozenset({L, A}),
    # which of them an officer sees, say the rules of suggestions
    "screens.inbox": frozenset({L, A, O}),
    "screens.inbox_item": frozenset({L, A, O}),
    "screens.inbox_step": frozenset({L, A, O}),
    "screens.inbox_photo": frozenset({L, A, O}),
    "screens.suggestion_poster": frozenset({L, A}),
    "screens.result_poster": frozenset({L, A}),
    "screens.settings": frozenset({A}),
    "screens.seat_sheet": frozenset({A}),
    "screens.counter_sheet": frozenset({A, L}),
    "screens.state": EVERYONE,
    "screens.address_qr": EVERYONE,
    "static": EVERYONE,
}

SOCKETS: dict[str, frozenset[Role] | None] = {
    "/wall": frozenset({W, K, A, L, O, C}),
    "/kiosk": frozenset({K, A, L, O}),
    "/counter": _AT_COUNTERS,
    "/pad": frozenset({P, A}),
    "/follow": EVERYONE,
    "/leaders": frozenset({L, A}),
    "/agent": frozenset({G}),
    "/preview": frozenset({A}),
}

GUESTS = frozenset(
    {
        "static",
        "screens.texts",
        "screens.awake",
        "screens.language",
        "screens.follow",
        "screens.seat",
        "screens.rate_counter",
        "screens.rate_counter_submit",
        "screens.rate_ticket",
        "screens.rate_ticket_submit",
        "screens.question_form",
        "screens.question_form_submit",
        "screens.book",
        "screens.booking",
        "screens.suggest",
        "screens.suggest_submit",
        "screens.find_suggestion",
        "screens.suggestion",
        "screens.supplement_suggestion",
        "screens.rate_suggestion",
        "screens.erase_suggestion",
        "screens.export_suggestion",
        "screens.suggestion_photo",
        "screens.public_answers",
        "screens.camera_notice",
        "screens.address_qr",
        "screens.state",
        "api.suggest",
        "api.suggestion",
        "api.sit",
        "api.erase_smile",
        "api.rate",
        "api.booking_slots",
        "api.book",
        "api.booking",
        "api.cancel_booking",
    }
)
"""What guests' phones may open at a listener of their own; everything else is not there. Each needs no credential."""
GUEST_STATES = frozenset({"follow"})
GUEST_SOCKETS = frozenset({"/follow"})
LOCKED_SOCKETS = frozenset({"/counter"})
WHILE_LOCKED = frozenset(
    {"api.unlock", "screens.counter", "screens.state", "screens.sign_in", "screens.sign_in_submit", "screens.sign_out"}
)
"""What a counter's sign-in that waits for its PIN still opens: the calls stay on the screen, and the ways out are
open."""

WHILE_PASSWORD_DUE = frozenset(
    {
        "api.own_password",
        "screens.own_account",
        "screens.own_password",
        "screens.sign_in",
        "screens.sign_in_submit",
        "screens.sign_out",
        "screens.language",
        "static",
    }
)
"""What is open to somebody who has yet to replace a password that somebody else chose."""

BY_THEMSELVES = frozenset(
    {
        "screens.state",
        "screens.texts",
        "screens.awake",
        "screens.address_qr",
        "screens.sound",
        "screens.sound_of_call",
        "screens.push_worker",
        "static",
    }
)
"""Pages that are asked for without a hand."""
