"""What may happen to a result that goes by post. Pure."""

import re

from motcua.bookings.rules import read_phone
from motcua.copies import replace
from motcua.desk.errors import Invalid, Refused
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.dossiers.model.mailings import Mailing, MailingState, Receiver
from motcua.dossiers.rules.applicants import ADDRESS_MAX, NAME_MAX
from motcua.typed.lines import clean_line

ADDRESS_MIN, LETTERS_MAX = 10, 100
_TRACKING = re.compile(r"[0-9A-Z]{6,30}", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")


def read_receiver(receiver: Receiver) -> Receiver:
    """Return to whom a letter goes, as stored. Raises `Invalid("applicant.name" | "mailing.address" | …)`."""
    name, address = clean_line(receiver.name), clean_line(receiver.address)
    if not _LETTER.search(name) or len(name) > NAME_MAX:
        raise Invalid("applicant.name", "Write the applicant's full name, at most %(most)s characters.", most=NAME_MAX)
    if not ADDRESS_MIN <= len(address) <= ADDRESS_MAX or not _LETTER.search(address):
        raise Invalid(
            "mailing.address",
            "Write the whole address: house, street, ward, province; %(least)s to %(most)s characters.",
            least=ADDRESS_MIN,
            most=ADDRESS_MAX,
        )
    phone = read_phone(receiver.phone) if clean_line(receiver.phone) else ""
    return Receiver(name, address, phone)


def read_tracking(text: str) -> str:
    """Return the number of a letter as the post writes it. Raises `Invalid("mailing.tracking")`."""
    tracking = re.sub(r"[\s.-]", "", clean_line(text)).upper()
    if not _TRACKING.fullmatch(tracking):
        raise Invalid("mailing.tracking", "A tracking number has 6 to 30 letters and digits, like EB123456789VN.")
    return tracking


def require_askable(dossier: Dossier, mailing: Mailing | None) -> None:
    """Raise `Refused("dossier.over" | "mailing.listed")` where a result cannot go by post, or to another address."""
    if dossier.state.is_over:
        raise Refused("dossier.over", "This dossier has ended already. Load the page again.")
    if mailing is not None and mailing.state in {MailingState.LISTED, MailingState.SENT}:
        raise Refused("mailing.listed", "The post has this letter already.")


def require_asked(dossier: Dossier, mailing: Mailing | None) -> Mailing:
    """Return a letter that can still be taken back. Raises `Refused("mailing.none" | "mailing.listed" | …)`."""
    require_askable(dossier, mailing)
    if mailing is None or mailing.state is not MailingState.ASKED:
        raise Refused("mailing.none", "This result does not go by post.")
    return mailing


def list_letter(dossier: Dossier, mailing: Mailing | None, batch: int) -> Mailing:
    """Return a letter that stands on a list. Raises `Refused("mailing.not_ready" | …)`."""
    letter = require_asked(dossier, mailing)
    if dossier.state is not DossierState.READY:
        raise Refused("mailing.not_ready", "The result of %(dossier)s is not ready yet.", dossier=dossier.code)
    return replace(letter, state=MailingState.LISTED, batch=batch)


def send_letter(mailing: Mailing | None, tracking: str, at: str) -> Mailing:
    """Return a letter that the post has. Raises `Refused("mailing.not_listed")`."""
    if mailing is None or mailing.state is not MailingState.LISTED:
        raise Refused("mailing.not_listed", "This letter stands on no list for the post, or has its number already.")
    return replace(mailing, state=MailingState.SENT, tracking=tracking, sent_at=at)
