"""The sentence of a call, from the hall's own templates: one for each occasion, shown and spoken in the same words."""

from collections.abc import Iterable
from urllib.parse import quote

from msgspec import Struct

from motcua.desk import Reader
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket
from motcua.settings.model import Bilingual, Settings
from motcua.voice.words import (
    MODES,
    MOST,
    REGIONS,
    Mode,
    Piece,
    Region,
    Sentence,
    compose,
    list_letter_pieces,
    list_number_pieces,
    write_cardinal,
    write_figures,
)

TEMPLATES = {
    "call": "call",
    "priority": "call_priority",
    "recall": "call_recall",
    "transfer": "call_transfer",
    "seat": "call_seat",
}
"""For each occasion the name of its text in the settings."""
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class CallSentence(Struct, frozen=True):
    """A call: the Vietnamese sentence (shown and spoken), the English one (shown), and the path of its sound."""

    sentence: Sentence
    english: str
    path: str


def get_region(settings: Settings) -> Region:
    """Return the region of the spoken words."""
    return next((region for region in REGIONS if region == settings.voice.region), "north")


def get_reading_mode(settings: Settings) -> Mode:
    """Return how a ticket's number is read aloud."""
    return next((mode for mode in MODES if mode == settings.voice.mode), "digits")


def choose_template(db: Reader, settings: Settings, ticket: Ticket, *, recall: bool) -> str:
    """Return the key in `TEMPLATES` for a call of `ticket`."""
    if queue_store.read_seat(db, ticket):
        return "seat"
    if recall:
        return "recall"
    if queue_store.find_transferring_counters(db, [ticket.id]):
        return "transfer"
    return "priority" if settings.has_priority(ticket.rank) else "call"


def compose_ticket_call(db: Reader, settings: Settings, ticket: Ticket, counter: int, *, recall: bool) -> CallSentence:
    """Return the call of `ticket` to `counter`, or at its seat."""
    seat = queue_store.read_seat(db, ticket)
    return compose_call(
        settings, choose_template(db, settings, ticket, recall=recall), ticket.letter, ticket.serial, counter, seat
    )


def compose_call(
    settings: Settings, kind: str, letter: str, serial: int, counter: int, seat: str | None = None
) -> CallSentence:
    """Return the call of one of the kinds in `TEMPLATES`; `serial` and `counter` are up to 9999."""
    region = get_region(settings)
    template: Bilingual = getattr(settings.texts, TEMPLATES[kind])
    values = {
        "letter": letter,
        "digits": write_figures(serial, get_reading_mode(settings), region),
        "counter": write_cardinal(counter, region),
    }
    number = f"{letter}{serial:03d}"
    path = f"/voice/{kind}/{number}/{counter}.wav" + (f"?seat={quote(seat)}" if kind == "seat" and seat else "")
    return CallSentence(
        compose(template[0], {**values, "seat": seat or ""}, region),
        _english(template[1], letter, number, counter, seat),
        path,
    )


def _english(template: str, letter: str, number: str, counter: int, seat: str | None) -> str:
    digits = " ".join(ENGLISH[int(digit)] for digit in number[len(letter) :])
    place = ENGLISH[counter] if counter < len(ENGLISH) else str(counter)
    for name, value in {
        "letter": letter,
        "digits": digits,
        "counter": place,
        "number": number,
        "seat": seat or "",
    }.items():
        template = template.replace("{" + name + "}", value)
    return template


def list_pieces(settings: Settings, counters: Iterable[int] = ()) -> list[Piece]:
    """Return every clip that calls can need: words, letters, the fixed parts of each template, seats, counters."""
    region = get_region(settings)
    pieces = [*list_number_pieces(region), *list_letter_pieces()]
    for kind in TEMPLATES:
        pieces += compose_call(settings, kind, "A", 1, 1, "1").sentence.pieces
    for seat in settings.seats.labels:
        pieces += compose("{seat}", {"seat": seat}, region).pieces
    for counter in counters:
        pieces += compose("{counter}", {"counter": write_cardinal(min(counter, MOST), region)}, region).pieces
    return list({piece.name: piece for piece in pieces}.values())
