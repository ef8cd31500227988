"""`motcua replay`: replays past days, under their own or other settings, and compares the result."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from motcua.cli.door import open_reading
from motcua.cli.options import read_text
from motcua.cli.texts import say
from motcua.demo.summary import format_clock, lay_out_table
from motcua.desk import Invalid
from motcua.estimates import past
from motcua.planning.replay import task
from motcua.procedures.store import list_codes
from motcua.setup.actions import make_operational
from motcua.setup.document import read

SHOWN = 5
"""How many of the tickets with a longer wait the table names."""
Figures = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--day", metavar="D", help="a past day, like 2026-11-23")
    parser.add_argument("--from", dest="first", metavar="D", help="the first of several days")
    parser.add_argument("--to", dest="last", metavar="D", help="the last of several days")
    parser.add_argument(
        "--settings", type=Path, metavar="FILE", help="other settings for those days; - is standard input"
    )
    parser.add_argument("--changes", metavar="JSON", help="""what else to try, like '{"guard_calls": 1}'""")
    parser.add_argument("--json", action="store_true")


def main(options: argparse.Namespace) -> int:
    """Replay and print the result. A day must replay exactly under its own settings."""
    first, last = _choose_days(options)
    task_input: Figures = {"changes": _read_changes(options.changes)}
    with open_reading(options.data) as db:
        if options.settings is not None:
            task_input["settings"] = make_operational(read(read_text(options.settings), list_codes(db)))
        task_input["days"] = [past.journal_day(db, day) for day in past.list_days_between(db, first, last)]
    result = task(task_input)
    result["notes"] = [_translate_note(note) for note in result["notes"]]
    print(json.dumps(result, ensure_ascii=False) if options.json else "\n".join(_format_replay(result)))
    is_own = options.settings is None and not task_input["changes"]
    return 0 if result["same_calls"] or not is_own else 1


def _choose_days(options: argparse.Namespace) -> tuple[str, str]:
    if (options.day is None) == (options.first is None) or (options.day is not None and options.last is not None):
        raise Invalid("replay.days", "Say which days: --day D, or --from D --to D.")
    if options.day is not None:
        return options.day, options.day
    return options.first, options.last or options.first


def _read_changes(text: str | None) -> object:
    if text is None:
        return {}
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid("changes.unreadable", "The changes are not valid JSON.") from None


def _translate_note(note: Figures) -> Figures:
    sentence = note["text"]
    return {"code": note["code"], "text": say(sentence, **note["params"])}


def _format_replay(result: Figures) -> list[str]:
    """Format the replay for people."""
    days = result["days"] if "days" in result else [result["day"]]
    dates = [date.fromisoformat(day).strftime("%d/%m/%Y") for day in (days[0], days[-1])]
    lines = [
        dates[0]
        if len(days) == 1
        else say("%(first)s to %(last)s, %(count)s days", first=dates[0], last=dates[1], count=len(days))
    ]
    lines += [note["text"] for note in result["notes"]]
    before, after = result["happened"], result["replayed"]
    rows = [[name, str(before[key]), str(after[key])] for name, key in _list_counts()]
    for rank in sorted({*before["waits"], *after["waits"]} - {"all"}, key=int):
        rows += _list_waits(say("Rank %(rank)s", rank=rank), before["waits"].get(rank), after["waits"].get(rank))
    rows += _list_waits(say("All ranks"), before["waits"]["all"], after["waits"]["all"])
    counters = sorted({*before["utilisation"], *after["utilisation"]}, key=int)
    rows += [
        [say("Counter %(counter)s busy", counter=number), *_format_shares(before, after, number)] for number in counters
    ]
    rows.append(
        [say("All counters busy"), _format_share(before["mean_utilisation"]), _format_share(after["mean_utilisation"])]
    )
    lines += ["", *lay_out_table([say("Waits in min:s"), say("Happened"), say("Replayed")], rows), ""]
    if result["same_calls"]:
        return [*lines, say("Every call is the same: same numbers, same counters, same times.")]
    lines.append(
        say(
            "Longer waits: %(longer)s numbers, shorter ones: %(shorter)s",
            longer=result["longer_count"],
            shorter=result["shorter_count"],
        )
    )
    return [*lines, *map(_describe_longer_wait, result["longer"][:SHOWN])]


def _list_counts() -> list[tuple[str, str]]:
    return [
        (say("Numbers given"), "tickets"),
        (say("Numbers called"), "called"),
        (say("Visits served"), "served"),
        (say("Not served"), "unserved"),
    ]


def _list_waits(name: str, before: Figures | None, after: Figures | None) -> list[list[str]]:
    kinds = ((say("Mean"), "mean_s"), ("P50", "p50_s"), ("P90", "p90_s"), (say("Longest"), "longest_s"))
    return [[f"{name}: {kind}", *(_format_wait(one, key) for one in (before, after))] for kind, key in kinds]


def _format_wait(figures: Figures | None, key: str) -> str:
    return "-" if figures is None or figures[key] is None else format_clock(figures[key])


def _format_shares(before: Figures, after: Figures, number: str) -> list[str]:
    return [_format_share(one["utilisation"].get(number)) for one in (before, after)]


def _format_share(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"


def _describe_longer_wait(item: Figures) -> str:
    number = str(item["ticket"]).rpartition("-")[2]
    if item["replayed_s"] is None:
        return say(
            "%(number)s: %(before)s, in the replay never called", number=number, before=format_clock(item["happened_s"])
        )
    return say(
        "%(number)s: %(before)s, in the replay %(after)s",
        number=number,
        before=format_clock(item["happened_s"]),
        after=format_clock(item["replayed_s"]),
    )
