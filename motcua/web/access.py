"""The one table of who may open what: each page, each call, each socket."""

from motcua.reports.kinds import REPORTS, list_readers
from motcua.staff.model import Role
from motcua.web.switches import DOSSIER_DOORS

A, L, O = Role.ADMIN, Role.LEADER, Role.OFFICER  # noqa: E741 -- a table reads best in short names
K, W, P, C, G, H = Role.KIOSK, Role.WALL, Role.PAD, Role.COUNTER, Role.AGENT, Role.HELPER

EVERYONE: frozenset[Role] | None = None
"""No credential is asked for."""

_AT_COUNTERS = frozenset({C, O, L, A})
_HELP_TEAM = frozenset({H, O, L, A})
_SEES_HALL = frozenset({A, L, O, K, W, C, P, G})

PROPOSAL_CALLS = (
    "proposals", "officer_proposals", "proposal", "proposal_paper", "propose", "write_grounds", "ask_officer",
    "withdraw_proposal",
)  # fmt: skip
OWN_PROPOSAL_CALLS = ("own_proposals", "own_proposal", "own_paper", "answer_proposal", "refuse_answer")
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
    # procedures, their checklists and how to find them: whoever looks; those who keep the catalogue change it
    "api.procedures": EVERYONE,
    "api.procedure": EVERYONE,
    "api.procedure_checklist": EVERYONE,
    "api.print_checklist": frozenset({K, C, O, A, L}),
    "api.procedure_versions": frozenset({A, L}),
    "api.change_procedure": frozenset({A, L}),
    "api.withdraw_procedure": frozenset({A, L}),
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
    # tasks, notes and working hours; an officer's own ones are found by the account, never by an address
    "api.tasks": frozenset({A, L}),
    "api.officer_tasks": frozenset({A, L}),
    "api.assign_task": frozenset({A, L}),
    "api.accept_task": frozenset({A, L}),
    "api.return_task": frozenset({A, L}),
    "api.withdraw_task": frozenset({A, L}),
    "api.notes": frozenset({A, L}),
    "api.write_note": frozenset({A, L}),
    "api.working_hours": frozenset({A, L}),
    "api.correct_hours": frozenset({A, L}),
    "api.own_work": frozenset({O}),
    "api.report_task": frozenset({O}),
    "api.answer_note": frozenset({O}),
    # proposals about officers: a leader signs; an officer's own ones are found by the account
    **{f"api.{name}": frozenset({A, L}) for name in PROPOSAL_CALLS},
    "api.sign_proposal": frozenset({L}),
    **{f"api.{name}": frozenset({O}) for name in OWN_PROPOSAL_CALLS},
    # dossiers that the desk takes in; off they are not there (web/switches.py)
    **dict.fromkeys((name for name in sorted(DOSSIER_DOORS) if name.startswith("api.")), _AT_COUNTERS),
    "api.erase_dossier": frozenset({A, L, O}),
    "api.begin_dossier_key": frozenset({A}),
    # the help team: volunteers with a paired tablet
    **dict.fromkeys(("api.assistances", "api.record_assistance", "api.withdraw_assistance"), _HELP_TEAM),
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

PROPOSAL_PAGES = (
    "leaders_proposals", "leaders_proposal", "proposal_paper", "propose", "write_grounds", "ask_officer",
    "withdraw_proposal",
)  # fmt: skip
CATALOGUE_PAGES = (
    "catalogue", "catalogue_item", "save_procedure", "withdraw_procedure",
    "catalogue_files", "catalogue_file", "preview_procedures", "import_procedures",
)  # fmt: skip
INDEX_PAGES = ("leaders_indices", "indices_behind", "dossier_template", "import_dossiers", "remove_dossiers")
BOARD_PAGES = ("dossier_board", "dossier_book", "dossier_page", "dossier_whole", "dossier_move")
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
    "screens.find_dossier": EVERYONE,
    "screens.find_dossier_submit": EVERYONE,
    "screens.own_dossier": EVERYONE,
    "screens.own_dossier_submit": EVERYONE,
    "screens.procedures": EVERYONE,
    "screens.procedure": EVERYONE,
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
    "screens.print_list": frozenset({K, A}),
    "screens.sound": _SEES_HALL,
    "screens.sound_of_call": _SEES_HALL,
    "screens.wall": frozenset({W, K, A, L, O, C}),
    "screens.pad": frozenset({P, A}),
    "screens.pad_photo": frozenset({P, A}),
    "screens.help_team": _HELP_TEAM,
    "screens.own_account": frozenset({A, L, O}),
    "screens.own_password": frozenset({A, L, O}),
    "screens.own_pin": frozenset({A, L, O}),
    "screens.own_photo": frozenset({A, L, O}),
    "screens.own_photo_submit": frozenset({A, L, O}),
    "screens.own_photo_removal": frozenset({A, L, O}),
    "screens.end_sign_ins": frozenset({A, L, O}),
    "screens.counter": frozenset({C, O, L, A}),
    "screens.counter_choice": frozenset({C, O, L, A}),
    "screens.counter_dossiers": frozenset({C, O, L, A}),
    "screens.dossier_form": frozenset({C, O, L, A}),
    **dict.fromkeys((f"screens.{name}" for name in BOARD_PAGES), frozenset({O, L, A})),
    "screens.leaders": frozenset({L, A}),
    "screens.leaders_day": frozenset({L, A}),
    "screens.leaders_alerts": frozenset({L, A}),
    "screens.push_worker": frozenset({L, A}),
    "screens.leaders_waits": frozenset({L, A}),
    "screens.leaders_monthly": frozenset({L, A}),
    "screens.leaders_replay": frozenset({L, A}),
    "screens.leaders_staffing": frozenset({L, A}),
    "screens.my_figures": frozenset({A, L, O}),
    **{f"screens.leaders_{name}": frozenset({L, A}) for name in ("officers", "officer", "comparison", "desk")},
    "screens.leaders_ratings": frozenset({L, A}),
    "screens.decide_rating": frozenset({L, A}),
    "screens.save_typist": frozenset({L, A}),
    # tasks, notes and working hours
    "screens.leaders_work": frozenset({L, A}),
    "screens.officer_work": frozenset({L, A}),
    "screens.new_task": frozenset({L, A}),
    "screens.task_step": frozenset({L, A}),
    "screens.new_note": frozenset({L, A}),
    "screens.correct_hours": frozenset({L, A}),
    "screens.own_work": frozenset({O}),
    "screens.report_task": frozenset({O}),
    "screens.answer_note": frozenset({O}),
    # proposals about officers: a leader signs; an officer's own ones are found by the account
    **{f"screens.{name}": frozenset({L, A}) for name in PROPOSAL_PAGES},
    "screens.sign_proposal": frozenset({L}),
    **{f"screens.{name}": frozenset({O}) for name in ("own_proposal", "own_paper", "answer_proposal", "refuse_answer")},
    # figures by officer are opened by the head of the unit alone; an administrator removes everything
    "screens.leaders_camera": frozenset({L, A}),
    "screens.switch_officer_view": frozenset({L, A}),
    "screens.remove_camera": frozenset({A}),
    "screens.erase_index": frozenset({A}),
    "screens.camera_sign": frozenset({L, A}),
    **dict.fromkeys((f"screens.{name}" for name in (*INDEX_PAGES, *CATALOGUE_PAGES)), frozenset({L, A})),
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
    "screens.papers_poster": frozenset({L, A}),
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
