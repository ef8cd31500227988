"""What stands on the posters of the notice board, as plain values for their layouts. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from motcua.desk.messages import mark
from motcua.reports.result import LEAST_ANSWERS, MonthResult
from motcua.reports.values import Phrase
from motcua.reports.wording import Wording
from motcua.settings.model import Settings, Unit

SUGGESTION_LAYOUT, RESULT_LAYOUT = "suggestion_poster", "result_poster"
Paper = Literal["a4", "a3"]
BASIS = mark(
    "Share of “satisfied” and “very satisfied” among the answers of citizens served here, with the 95 percent interval"
    " by Wilson (1927). The centre follows satisfaction under Decree 118/2025/NĐ-CP (in force since 01/07/2025) and"
    " Circular 03/2025/TT-VPCP of 15/09/2025. This is the hall's own figure, not the ministry's survey."
)


def print_suggestion_poster(
    settings: Settings, wording: Wording, paper: Paper, address: str, qr: bytes
) -> dict[str, Any]:
    """Return the values of the standing poster that leads to the form at `address`."""
    rules = settings.suggestions

    def say(message: str, **params: object) -> str:
        return wording.write_phrase(Phrase(message, params))

    return {
        **_head(settings.unit, wording, paper, wording.translate(mark("Tell us what we can do better"))),
        "lead": say(mark("Suggestions, reports of problems, petitions")),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": list(qr),
        "steps": [
            say(mark("Scan the code with the camera of your phone, Zalo too. No app, no account, no name needed.")),
            say(mark("Write what happened. Add a photo if it helps.")),
            say(
                mark("Keep your code. We take it within %(take)s working days and answer within %(answer)s."),
                take=rules.take_days,
                answer=rules.answer_days,
            ),
        ],
        "note": say(mark("Without a phone: tell an officer at any counter, who types it in for you.")),
    }


def print_papers_poster(unit: Unit, wording: Wording, paper: Paper, address: str, qr: bytes) -> dict[str, Any]:
    """Return the values of the poster that leads to the lists of papers at `address`."""

    def say(message: str) -> str:
        return wording.write_phrase(Phrase(message))

    return {
        **_head(unit, wording, paper, say(mark("Which papers do I need?"))),
        "lead": say(mark("Look before you come: whoever has all papers comes once")),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": list(qr),
        "steps": [
            say(mark("Scan the code with the camera of your phone, Zalo too. No app, no account, no name needed.")),
            say(mark("Type what you come for as you would say it, with or without accents.")),
            say(mark("Answer a few questions, and read which papers to bring, how long it takes and what it costs.")),
        ],
        "note": say(mark("Without a phone: touch “Which papers do I need?” at the ticket machine.")),
    }


def print_callbacks_poster(
    settings: Settings, wording: Wording, paper: Paper, address: str, qr: bytes
) -> dict[str, Any]:
    """Return the values of the poster that leads to asking for a call at `address`."""

    def say(message: str, **params: object) -> str:
        return wording.write_phrase(Phrase(message, params))

    days = settings.callbacks.due_days
    promise = (
        say(mark("An officer calls by the next working day, at hours at which the unit is open."))
        if days == 1
        else say(mark("An officer calls within %(days)s working days, at hours at which the unit is open."), days=days)
    )
    return {
        **_head(settings.unit, wording, paper, say(mark("Questions? An officer calls you back"))),
        "lead": say(mark("Advice by phone: you need not wait in the hall")),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": list(qr),
        "steps": [
            say(mark("Scan the code with the camera of your phone, Zalo too. No app, no account, no name needed.")),
            say(mark("Leave your phone number, choose what it is about, and agree to be called.")),
            f"{promise} {say(mark('The desk never asks for money, passwords or codes by phone.'))}",
        ],
        "note": say(mark("Without a smartphone: touch “An officer calls you back” at the ticket machine.")),
    }


def print_result_poster(
    unit: Unit, wording: Wording, paper: Paper, result: MonthResult, address: str, qr: bytes
) -> dict[str, Any]:
    """Return the values of the poster with the result of a month; `qr` is empty where phones reach no page."""

    def say(message: str, **params: object) -> str:
        return wording.write_phrase(Phrase(message, params))

    rate = result.rate
    days = {"first": date.fromisoformat(result.first), "last": date.fromisoformat(result.last)}
    return {
        **_head(unit, wording, paper, say(mark("Are citizens satisfied with us?"))),
        "period": say(mark("From %(first)s to %(last)s"), **days),
        "rate": "" if rate is None else f"{wording.write_number(rate.percent_tenths, is_tenths=True)} %",
        "none": say(mark("Not enough data")),
        "meaning": "" if rate is None else say(mark("satisfied or very satisfied")),
        "interval": ""
        if rate is None
        else say(
            mark("n = %(n)s answers of %(served)s visits; 95 percent interval %(low)s to %(high)s percent"),
            n=wording.write_number(rate.n),
            served=wording.write_number(result.served),
            low=wording.write_number(rate.low_tenths, is_tenths=True),
            high=wording.write_number(rate.high_tenths, is_tenths=True),
        ),
        "caution": say(mark("Fewer than %(least)s answers: this share says little."), least=LEAST_ANSWERS)
        if rate is not None and rate.n < LEAST_ANSWERS
        else "",
        "changes_title": say(mark("What we changed after your suggestions")),
        "changes": list(result.changes),
        "no_changes": say(mark("Nothing was changed this month. Write to us.")),
        "note": say(BASIS),
        "address": address,
        "qr": list(qr),
        "scan": say(mark("Write to us")),
    }


def _head(unit: Unit, wording: Wording, paper: Paper, heading: str) -> dict[str, Any]:
    return {
        "lang": wording.language,
        "paper": paper,
        "title": f"{heading} – {unit.name}" if unit.name else heading,  # noqa: RUF001 -- a dash between title and name
        "centre": unit.centre,
        "unit": unit.name,
        "heading": heading,
    }


def list_papers() -> Sequence[Paper]:
    """Return the sizes of paper that a poster can have."""
    return ("a4", "a3")
