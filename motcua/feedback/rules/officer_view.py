"""Who may open the camera's figures by officer, and with which reason. Pure. Basis: LEGAL.md#camera-and-ai."""

from motcua.desk.errors import Forbidden, Invalid, Refused
from motcua.feedback.rules.accepting import COMMENT_MAX
from motcua.typed.lines import clean_text

REASON_MIN = 20
"""Letters of a reason: one word is none."""


def require_head(account: int | None, head: int | None) -> None:
    """Raise unless `account` is that of the `head` of the unit.

    `Refused("camera.no_head")` where no head is named, else `Forbidden("camera.not_head")`.
    """
    if head is None:
        raise Refused(
            "camera.no_head",
            "Nobody is named as the head of the unit. An administrator names the head in the settings of suggestions.",
        )
    if account != head:
        raise Forbidden("camera.not_head", "Only the head of the unit can open figures by officer.")


def read_view_reason(text: str) -> str:
    """Return the written reason. Raises `Invalid("camera.reason")` for one that is too short or too long."""
    reason = clean_text(text)
    if not REASON_MIN <= len(reason) <= COMMENT_MAX:
        raise Invalid(
            "camera.reason",
            "Write the reason in %(least)s to %(most)s letters. It is shown on each page with such figures.",
            least=REASON_MIN,
            most=COMMENT_MAX,
        )
    return reason
