"""`motcua poster`: what hangs and sticks in the hall, as PDF: counters' codes, the posters, the result."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from motcua.cli.door import open_reading
from motcua.cli.options import STANDARD, write_output
from motcua.cli.texts import translate_into
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Reader, Refused, get_local_day, system_clock
from motcua.reports import pdf
from motcua.reports.camera_sign import CAMERA_LAYOUT, NOTICE, print_camera_sign
from motcua.reports.counter_sheets import SHEETS, make_code, make_sheet_values
from motcua.reports.posters import (
    RESULT_LAYOUT,
    SUGGESTION_LAYOUT,
    Paper,
    list_papers,
    print_callbacks_poster,
    print_result_poster,
    print_suggestion_poster,
)
from motcua.reports.result import find_last_month, find_month, read_month
from motcua.reports.wording import Wording
from motcua.settings import store as settings_store
from motcua.settings.base_address import BadBaseError, find_base, read_base
from motcua.settings.model import Settings

COUNTER_SHEETS = {"counter": "poster", "stickers": "stickers"}
NAMES = (*COUNTER_SHEETS, "suggestions", "callbacks", "result", "camera")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "name", metavar="NAME", choices=NAMES,
        help="counter: the code of a counter on one page; stickers: eight of it; suggestions: the code for"
        " suggestions; callbacks: the code for asking for a call; result: satisfaction of a month; camera: the sign"
        " for a counter with a camera",
    )  # fmt: skip
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--counter", type=int, metavar="N", help="one counter alone; every counter without it")
    parser.add_argument("--month", metavar="YYYY-MM", help="of which month the result is; the last one without it")
    parser.add_argument("--size", choices=list_papers(), help="a4 without it; for all but counters")
    parser.add_argument(
        "--lang", choices=("vi", "en"), help="the language of suggestions, callbacks and result; vi without it"
    )
    parser.add_argument(
        "--address", metavar="URL", help="how phones reach the desk, where the settings have no address for phones"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", required=True,
        help="where it is written; - for standard output; a folder where every counter has a file",
    )  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Write the sheets."""
    _require_fitting(options)
    with open_reading(options.data) as db:
        settings = settings_store.get_settings(db)
        address = _find_address(settings, options.address)
        if options.name in COUNTER_SHEETS:
            sheets = dict(_make_counter_sheets(db, settings, options, address))
        else:
            sheets = {"": _make_poster(db, settings, options, address)}
    if _is_of_every_counter(options):
        options.out.mkdir(exist_ok=True)
    for name, content in sheets.items():
        write_output(options.out / name if _is_of_every_counter(options) else options.out, content)
    return 0


def _is_of_every_counter(options: argparse.Namespace) -> bool:
    return options.name in COUNTER_SHEETS and options.counter is None


def _require_fitting(options: argparse.Namespace) -> None:
    """Raise `Invalid("poster.option")` for an option that the sheet does not have."""
    is_counters = options.name in COUNTER_SHEETS
    wrong = [
        option
        for option, is_fit in (
            ("--counter", is_counters),
            ("--month", options.name == "result"),
            ("--size", not is_counters),
            ("--lang", options.name in {"suggestions", "callbacks", "result"}),
        )
        if getattr(options, option[2:]) is not None and not is_fit
    ]
    if wrong:
        raise Invalid(
            "poster.option", "%(option)s does not belong to %(name)s. Leave it out.", option=wrong[0], name=options.name
        )
    if _is_of_every_counter(options) and (options.out == STANDARD or options.out.is_file()):
        raise Invalid(
            "poster.folder", "Every counter gets a file. Name a folder with --out, or one counter with --counter."
        )


def _find_address(settings: Settings, typed: str | None) -> str:
    """Return the address by which phones reach the desk, empty for none. Raises `Invalid("poster.address")`."""
    if typed is None:
        return find_base(settings.web.base_url)
    try:
        return read_base(typed)
    except BadBaseError as error:
        raise Invalid(
            "poster.address",
            "%(address)s is not an address that phones can reach. Write it like https://motcua.example.vn.",
            address=typed,
        ) from error


def _require_address(address: str) -> str:
    if not address:
        raise Refused(
            "address.none",
            "The settings have no address for phones, so there is no code to print. Set it, or name it with --address.",
        )
    return address


def _make_counter_sheets(
    db: Reader, settings: Settings, options: argparse.Namespace, address: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the PDF of each counter. Raises `Unknown("counter.unknown")`."""
    counters = [counter_store.get(db, options.counter)] if options.counter is not None else counter_store.list_all(db)
    kind, at = COUNTER_SHEETS[options.name], int(system_clock.now().timestamp())
    for counter in counters:
        target = f"{_require_address(address)}/c/{counter.number}"
        values = make_sheet_values(settings.unit, counter.number, counter.label, target, translate_into, at)
        yield f"quay-{counter.number}-{kind}.pdf", pdf.make_pdf(SHEETS[kind], values, at)


def _make_poster(db: Reader, settings: Settings, options: argparse.Namespace, address: str) -> bytes:
    """Return the PDF of a poster, of the result or of the camera's sign. Raises `Invalid`, `Refused`."""
    language, paper = options.lang or "vi", _read_paper(options.size)
    wording = Wording(language, lambda message: translate_into(language, message))
    at = int(system_clock.now().timestamp())
    if options.name == "suggestions":
        target = f"{_require_address(address)}/y"
        values = print_suggestion_poster(settings, wording, paper, target, make_code(target))
        return pdf.make_pdf(SUGGESTION_LAYOUT, values, at)
    if options.name == "callbacks":
        if not settings.callbacks.is_on:
            raise Refused(
                "callbacks.poster_off", "People cannot ask for a call here. Switch it on first: Settings → Call backs."
            )
        target = f"{_require_address(address)}/call-me"
        values = print_callbacks_poster(settings, wording, paper, target, make_code(target))
        return pdf.make_pdf(SUGGESTION_LAYOUT, values, at)
    if options.name == "camera":
        notice = f"{address}{NOTICE}" if address else ""
        return pdf.make_pdf(CAMERA_LAYOUT, print_camera_sign(settings, _translate_into_both, paper, notice), at)
    today = get_local_day(system_clock.now(), settings.timezone)
    first, last = find_month(options.month, today) if options.month else find_last_month(today)
    target = f"{address}/y" if address else ""
    result = read_month(db, first, last)
    values = print_result_poster(settings.unit, wording, paper, result, target, make_code(target) if target else b"")
    return pdf.make_pdf(RESULT_LAYOUT, values, at)


def _translate_into_both(message: str) -> dict[str, str]:
    return {language: translate_into(language, message) for language in ("vi", "en")}


def _read_paper(size: str | None) -> Paper:
    return "a3" if size == "a3" else "a4"
