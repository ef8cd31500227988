"""The sentence of a call, from the hall's own templates: one for each occasion, shown and spoken in the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from motcua.desk import Reader
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket
from motcua.settings.model import CALL_PRIORITY, CALL_RECALL, CALL_SEAT, CALL_TRANSFER, Bilingual, Settings
from motcua.voice.words import MODES, MOST, REGIONS, Mode, Piece, Region, Sentence, cardinal, compose, figures, letter_pieces, number_pieces

DEFAULT: Bilingual = (
    "Xin mời công dân có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Ticket {letter}, {digits}, please go to counter {counter}.",
)
TEMPLATES: dict[str, tuple[str, Bilingual]] = {
    "call": ("call", DEFAULT),
    "priority": ("call_priority", CALL_PRIORITY),
    "recall": ("call_recall", CALL_RECALL),
    "transfer": ("call_transfer", CALL_TRANSFER),
    "seat": ("call_seat", CALL_SEAT),
}
"""For each occasion the name of its text in the settings, and the text while the ward has no other."""
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Said:
    """A call: what is shown and spoken in Vietnamese, shown in English, and the address of its sound."""

    sentence: Sentence
    english: str
    path: str


def region_of(settings: Settings) -> Region:
    """Return the region whose words are used."""
    return next((region for region in REGIONS if region == settings.voice.region), "north")


def mode_of(settings: Settings) -> Mode:
    """Return how a ticket's number is read."""
    return next((mode for mode in MODES if mode == settings.voice.mode), "digits")


def occasion(db: Reader, settings: Settings, ticket: Ticket, *, recall: bool) -> str:
    """Return which of `TEMPLATES` calls `ticket`: to the seat, once more, sent on, with priority, or simply."""
    if queue_store.seat_of(db, ticket):
        return "seat"
    if recall:
        return "recall"
    if queue_store.find_transferring_counters(db, [ticket.id]):
        return "transfer"
    return "priority" if settings.has_priority(ticket.rank) else "call"


def call_of(db: Reader, settings: Settings, ticket: Ticket, counter: int, *, recall: bool) -> Said:
    """Return how `ticket` is called to `counter`, or at its seat."""
    seat = queue_store.seat_of(db, ticket)
    return call(settings, occasion(db, settings, ticket, recall=recall), ticket.letter, ticket.serial, counter, seat)


def call(settings: Settings, kind: str, letter: str, serial: int, counter: int, seat: str | None = None) -> Said:
    """Return the call of one of the kinds in `TEMPLATES`; `serial` and `counter` are up to 9999."""
    region = region_of(settings)
    name, usual = TEMPLATES[kind]
    template = settings.texts.get(name, usual)
    values = {"letter": letter, "digits": figures(serial, mode_of(settings), region), "counter": cardinal(counter, region)}
    number = f"{letter}{serial:03d}"
    path = f"/voice/{kind}/{number}/{counter}.wav" + (f"?seat={quote(seat)}" if kind == "seat" and seat else "")
    return Said(compose(template[0], {**values, "seat": seat or ""}, region), _english(template[1], letter, number, counter, seat), path)


def _english(template: str, letter: str, number: str, counter: int, seat: str | None) -> str:
    digits = " ".join(ENGLISH[int(digit)] for digit in number[len(letter) :])
    place = ENGLISH[counter] if counter < len(ENGLISH) else str(counter)
    for name, value in {"letter": letter, "digits": digits, "counter": place, "number": number, "seat": seat or ""}.items():
        template = template.replace("{" + name + "}", value)
    return template


def list_clips(settings: Settings, counters: Iterable[int] = ()) -> list[Piece]:
    """Return every clip that the hall's calls can need: words, letters, what stays the same in each template, seats, other counters."""
    region = region_of(settings)
    pieces = [*number_pieces(region), *letter_pieces()]
    for kind in TEMPLATES:
        pieces += call(settings, kind, "A", 1, 1, "1").sentence.pieces
    for seat in settings.seats:
        pieces += compose("{seat}", {"seat": seat}, region).pieces
    for counter in counters:
        pieces += compose("{counter}", {"counter": cardinal(min(counter, MOST), region)}, region).pieces
    return list({piece.name: piece for piece in pieces}.values())
