"""Which ratings count. Times are stamps; a visit is a served ticket."""

from collections.abc import Iterable
from datetime import date, timedelta

from motcua.desk.errors import Invalid
from motcua.desk.moment import parse, stamp
from motcua.feedback.channels import Channel, find_channel
from motcua.feedback.model import Level, Rating, RatingPrompt, Status
from motcua.settings.model import RatingRules
from motcua.typed.codes import read_figures
from motcua.typed.lines import clean_text

REASONS_MAX = 9
COMMENT_MAX = 1000
CODE_TRIES = 5
"""So many wrong short codes end a ticket's code."""


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
    return is_in_days(rules, Channel.QR, visit_day, today)


def is_in_days(rules: RatingRules, channel: Channel, visit_day: str, today: str) -> bool:
    """Say whether a rating by a channel whose window is days still counts `today`."""
    days = {"qr_days": rules.qr_days, "slip_days": rules.slip_days}.get(channel.window, 0)
    return date.fromisoformat(today) <= date.fromisoformat(visit_day) + timedelta(days=days)


def decide_status(
    rules: RatingRules,
    channel: Channel,
    at: str,
    today: str,
    visit_day: str | None,
    finished_at: str | None,
    prompt: RatingPrompt | None,
    *,
    must_be_asked: bool = False,
) -> Status:
    """Return whether a press at `at` counts: its visit is served and the channel's window is open.

    With `must_be_asked` a visit that nobody was asked about, or whose citizen chose to skip the question, has no
    open window.
    """
    if visit_day is None or finished_at is None:
        return Status.UNPROMPTED
    if channel.window != "window_s":
        return Status.COUNTED if is_in_days(rules, channel, visit_day, today) else Status.UNPROMPTED
    if must_be_asked and (prompt is None or prompt.state == "skipped"):
        return Status.UNPROMPTED
    closes = prompt.until if prompt else end_of_window(rules, finished_at)
    return Status.COUNTED if at <= closes else Status.UNPROMPTED


def decide_order(at: str, counted: Rating | None) -> Status:
    """Return what becomes of a rating of `at` that counts by itself: the latest counts, an earlier one is replaced."""
    return Status.REPLACED if counted is not None and counted.at > at else Status.COUNTED


def decide_release(would_be: Status, rating: Rating, finished_at: str | None, counted: Rating | None) -> Status:
    """Return what a rating becomes that is no longer set aside.

    One that came before its visit ended, as after an undo, belongs to none. A later one that counts goes on counting.
    """
    if would_be is not Status.COUNTED:
        return would_be
    if finished_at is None or finished_at > rating.at:
        return Status.UNPROMPTED
    return Status.REPLACED if counted is not None and counted.id > rating.id else Status.COUNTED


def require_reason(text: str) -> str:
    """Return a leader's reason. Raises `Invalid("quarantine.reason")` for none and for one that is too long."""
    clean = read_comment(text)
    if clean is None:
        raise Invalid("quarantine.reason", "Please write a reason.")
    return clean


def clean_short_code(text: str) -> str:
    """Return the digits of a short code, however they were typed."""
    return "".join(letter for letter in read_figures(text) if letter.isdigit())
