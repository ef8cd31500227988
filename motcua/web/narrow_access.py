"""What is open where less than the access table is: at the guests' listener, behind a lock, while a password is due."""

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
        "screens.procedures",
        "screens.procedure",
        "screens.find_dossier",
        "screens.find_dossier_submit",
        "screens.own_dossier",
        "screens.own_dossier_submit",
        "screens.call_me",
        "screens.call_me_submit",
        "screens.dossier_worker",
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
        "api.procedures",
        "api.count_poster_use",
        "api.tell_of_dossier",
        "api.is_told_of_dossier",
        "api.end_telling_of_dossier",
        "api.bank_notice",
        "api.procedure_checklist",
        "api.ask_callback",
        "api.suggest",
        "api.suggestion",
        "api.sit",
        "api.erase_smile",
        "api.rate",
        "api.booking_slots",
        "api.book",
        "api.booking",
        "api.cancel_booking",
        "api.procedure",
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
