"""When the camera question is asked, which answers count, and which readings are kept. Pure. No answer is a no."""

import re
from datetime import timedelta

from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import parse
from motcua.feedback.model import CameraConsent, ConsentAnswer, ExpressionReading, ScoreObstacle
from motcua.queue.model import Ticket, TicketState

SCORE_MAX, FRAMES_MAX = 100, 1000
LOOKS_AFTER_S = 3
"""For how many seconds a camera goes on looking once a visit has ended."""
READING_TIME_S = 120
"""A reading that comes later after the end of its visit is refused."""
CHOICES = (ConsentAnswer.YES, ConsentAnswer.NO)
"""What a citizen may answer on the pad."""
_HASH = re.compile(r"[0-9a-f]{64}")


def read_choice(answer: str) -> ConsentAnswer:
    """Return the citizen's answer. Raises `Invalid("consent.answer")` unless it is `yes` or `no`."""
    for choice in CHOICES:
        if answer == choice:
            return choice
    raise Invalid("consent.answer", "The answer to the camera question must be yes or no.")


def require_camera(*, is_on: bool, has_camera: bool) -> None:
    """Raise `Refused("camera.off" | "camera.none")` unless a camera may look at this counter."""
    if not is_on:
        raise Refused("camera.off", "The camera is switched off in the settings.")
    if not has_camera:
        raise Refused("camera.none", "There is no camera at this counter.")


def require_being_served(ticket: Ticket) -> None:
    """Raise `Refused("consent.not_serving")` unless the visit is under way."""
    if ticket.state is not TicketState.SERVING:
        raise Refused("consent.not_serving", "The camera question belongs to a visit that is under way.")


def find_next_answer(current: ConsentAnswer | None, choice: ConsentAnswer) -> ConsentAnswer | None:
    """Return what to write for `choice` after the `current` answer, None where it is written already.

    A no after a yes is a withdrawal. Raises `Refused("consent.answered")` for a yes after any no.
    """
    if current in {None, ConsentAnswer.NONE}:
        return choice
    if choice is ConsentAnswer.NO:
        return ConsentAnswer.WITHDRAWN if current is ConsentAnswer.YES else None
    if current is ConsentAnswer.YES:
        return None
    raise Refused("consent.answered", "The camera question was answered already. The camera stays off for this visit.")


def require_answered_yes(current: ConsentAnswer | None) -> None:
    """Raise `Refused("consent.none")` where there is no yes to withdraw."""
    if current is not ConsentAnswer.YES:
        raise Refused("consent.none", "The camera is already off for this visit.")


def is_agreed(consent: CameraConsent | None) -> bool:
    """Say whether the answer that counts lets a camera look."""
    return consent is not None and consent.answer is ConsentAnswer.YES


def read_reading(reading: ExpressionReading) -> ScoreObstacle | None:
    """Return why a reading has no score, None where it has one. Raises `Invalid("expression.shape")`."""
    obstacle = next((item for item in ScoreObstacle if item == reading.reason), None)
    has_score = reading.score is not None and reading.quality is not None
    is_empty = reading.score is None and reading.quality is None
    if (
        (reading.reason is not None and obstacle is None)
        or not (has_score if obstacle is None else is_empty)
        or not all(0 <= figure <= SCORE_MAX for figure in (reading.score or 0, reading.quality or 0))
        or not 0 <= reading.valid_frames <= reading.seen_frames <= FRAMES_MAX
        or not _HASH.fullmatch(reading.model_hash)
    ):
        raise Invalid(
            "expression.shape",
            "A reading must have a score and a quality from 0 to 100, or a known reason, at most 1000 frames and the "
            "SHA-256 of its model.",
        )
    return obstacle


def require_ended(ticket: Ticket) -> str:
    """Return when a visit ended. Raises `Refused("expression.not_ended")` for any other visit."""
    if ticket.state is not TicketState.SERVED or ticket.finished_at is None or ticket.reason == "day_closed":
        raise Refused("expression.not_ended", "This visit has not ended at a counter, so its reading was dropped.")
    return ticket.finished_at


def require_in_time(finished_at: str, at: str, speed: float = 1.0) -> None:
    """Raise `Refused("expression.late")` for a reading that comes too late. A camera keeps real time, whatever the
    `speed` of the hall's clock.
    """
    if parse(at) > parse(finished_at) + timedelta(seconds=READING_TIME_S * speed):
        raise Refused("expression.late", "This reading came too late after its visit and was dropped.")
