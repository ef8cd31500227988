"""Which ratings count. Times are stamps; a visit is a served ticket."""

from collections.abc import Iterable
from datetime import date, timedelta

from motcua.desk.errors import Invalid
from motcua.desk.moment import parse, stamp
from motcua.feedback.channels import Channel, find_channel
from motcua.feedback.model import Level, RatingPrompt, Status
from motcua.settings.model import RatingRules
from motcua.typed.lines import clean_text

REASONS_MAX = 9
COMMENT_MAX = 1000


def read_level(value: int) -> Level:
    """Return the level. Raises `Invalid("rating.level")`."""
    try:
        return Level(value)
    except ValueError:
        raise Invalid("rating.level", "A rating must have a level from 1 to 5.") from None


def read_channel(value: str) -> Channel:
    """Return the channel. Raises `Invalid("rating.channel")`."""
    if (channel := find_channel(value)) is None:
        raise Invalid("rating.channel", "There is no rating channel %(channel)s.", channel=value)
    return channel


def read_reasons(rules: RatingRules, chosen: Iterable[str]) -> tuple[str, ...]:
    """Return the chosen reasons without repeats.

    Raises `Invalid("rating.reason")` for one that is not in the settings.
    """
    codes = {choice.code for choice in rules.reasons}
    for code in chosen:
        if code not in codes:
            raise Invalid("rating.reason", "There is no rating reason %(reason)s.", reason=code)
    return tuple(dict.fromkeys(chosen))[:REASONS_MAX]


def read_comment(text: str | None) -> str | None:
    """Return a comment without what nobody sees, None when it is empty.

    Raises `Invalid("rating.comment")` when it is too long.
    """
    clean = clean_text(text or "")
    if len(clean) > COMMENT_MAX:
        raise Invalid("rating.comment", "A comment must have at most %(length)s characters.", length=COMMENT_MAX)
    return clean or None


def end_of_window(rules: RatingRules, at: str) -> str:
    """Return until when an answer at a counter counts that was asked (or whose visit ended) at `at`."""
    return stamp(parse(at) + timedelta(seconds=rules.window_s))


def is_qr_open(rules: RatingRules, visit_day: str, today: str) -> bool:
    """Say whether a rating on the ticket's page still counts: until some days after the visit's day."""
    return date.fromisoformat(today) <= date.fromisoformat(visit_day) + timedelta(days=rules.qr_days)


def decide_status(
    rules: RatingRules,
    channel: Channel,
    at: str,
    today: str,
    visit_day: str | None,
    finished_at: str | None,
    prompt: RatingPrompt | None,
    *,
    by_staff: bool = False,
    must_be_asked: bool = False,
) -> Status:
    """Return whether a press at `at` counts: its visit is served and the channel's window is open.

    What comes from a ticket's page in a browser of the desk's own people (`by_staff`) is set aside: nobody rates for
    the citizen. With `must_be_asked` a visit that nobody was asked about, or whose citizen chose to skip the
    question, has no open window.
    """
    if channel.door == "ticket" and by_staff:
        return Status.QUARANTINED
    if visit_day is None or finished_at is None:
        return Status.UNPROMPTED
    if channel.door == "ticket":
        return Status.COUNTED if is_qr_open(rules, visit_day, today) else Status.UNPROMPTED
    if must_be_asked and (prompt is None or prompt.state == "skipped"):
        return Status.UNPROMPTED
    closes = prompt.until if prompt else end_of_window(rules, finished_at)
    return Status.COUNTED if at <= closes else Status.UNPROMPTED
