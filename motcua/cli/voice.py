"""`motcua voice`: how a call is read, as words or as a sound, and the clips that sounds are joined from."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from motcua.calls import sentences, sounds
from motcua.cli.door import open_reading
from motcua.cli.media import write_out
from motcua.cli.texts import say, translate_message
from motcua.copies import replace
from motcua.desk import Invalid
from motcua.desk.files import write_whole
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.typed.sentences import mark
from motcua.voice import engine
from motcua.voice.errors import EngineMissingError, VoiceError
from motcua.voice.library import ClipReport, Library, make_clips
from motcua.voice.words import LETTERS, MODES, MOST, REGIONS, Piece, Sentence, compose, write_numbered

COUNTER_MAX = 999


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    spoken = verbs.add_parser("say", help="one number, or with --counter a whole call: its words, or its sound")
    spoken.add_argument("--number", type=parse_number, required=True, metavar="N")
    spoken.add_argument("--letter", type=parse_letter, metavar="A")
    spoken.add_argument(
        "--counter", type=parse_counter, metavar="N", help="the whole sentence that calls to this counter"
    )
    spoken.add_argument("--region", choices=REGIONS, help="default: the desk's, else north")
    spoken.add_argument("--mode", choices=MODES, help="default: the desk's, else digits")
    spoken.add_argument("--data", type=Path, metavar="DIR", help="a desk whose settings and clips are used")
    output = spoken.add_mutually_exclusive_group(required=True)
    output.add_argument("--text", action="store_true", help="print the words")
    output.add_argument("--out", type=Path, metavar="FILE.wav", help="write the sound")
    make = verbs.add_parser("make", help="make the clips of a desk now, instead of when it is served")
    make.add_argument("--data", type=Path, required=True, metavar="DIR")


def parse_number(text: str) -> int:
    """Return a ticket's number, 0 to 9999."""
    if not (text.isascii() and text.isdigit()) or int(text) > MOST:
        raise argparse.ArgumentTypeError(say("%(value)s is not a number from 0 to %(most)s", value=text, most=MOST))
    return int(text)


def parse_counter(text: str) -> int:
    """Return a counter's number, 1 to 999."""
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= COUNTER_MAX:
        raise argparse.ArgumentTypeError(
            say("%(value)s is not a number from 1 to %(most)s", value=text, most=COUNTER_MAX)
        )
    return int(text)


def parse_letter(text: str) -> str:
    """Return a capital letter that has a name."""
    if text.upper() not in LETTERS:
        raise argparse.ArgumentTypeError(say("%(value)s is not a letter", value=text))
    return text.upper()


def main(options: argparse.Namespace) -> int:
    """Say, or make clips."""
    try:
        return _make_clips(options.data) if options.verb == "make" else _say_call(options)
    except VoiceError as error:
        print(translate_message(error.message, error.params), file=sys.stderr)
        return 1


def _say_call(options: argparse.Namespace) -> int:
    if options.counter is not None and not options.letter:
        raise Invalid("voice.letter", "A whole call needs the ticket's letter too: --letter A.")
    settings = Settings()
    if options.data is not None:
        with open_reading(options.data) as db:
            settings = settings_store.get_settings(db)
    chosen = {name: option for name in ("region", "mode") if (option := getattr(options, name)) is not None}
    settings = replace(settings, voice=replace(settings.voice, **chosen))
    sentence = _sentence(settings, options.letter or "", options.number, options.counter)
    if options.text:
        print(
            sentence.text if options.counter is not None else sentence.text.replace(",", "")
        )  # words alone; a comma is a pause
        return 0
    if options.data is not None:
        _write(options.out, Library(options.data / "voice"), settings, sentence)
        return 0
    with tempfile.TemporaryDirectory(prefix="motcua-voice-") as folder:
        _write(options.out, Library(Path(folder)), settings, sentence)
    return 0


def _sentence(settings: Settings, letter: str, number: int, counter: int | None) -> Sentence:
    if counter is not None:
        return sentences.compose_call(settings, "call", letter, number, counter).sentence
    region, mode = sentences.get_region(settings), sentences.get_reading_mode(settings)
    words = {"letter": letter, "digits": write_numbered("", number, mode, region)}
    return compose("{letter}, {digits}" if letter else "{digits}", words, region)


def _write(target: Path, library: Library, settings: Settings, sentence: Sentence) -> None:
    region, speed = sentences.get_region(settings), settings.voice.speed
    if library.list_missing(sentence.pieces, region, speed):
        report = make_clips(library.folder, sentence.pieces, region, speed, write_whole)
        _report_problems(report)
        if library.list_missing(sentence.pieces, region, speed):
            raise VoiceError(mark("There is no clip for some of the words."))
    write_out(target, library.join_sound(sentence.pieces, region, speed))


def _report_problems(report: ClipReport) -> None:
    """Print the refused and failed clips to stderr. Raises `EngineMissingError`."""
    for name, message, params in (*report.refused, *report.failed):
        print(f"{name}: {translate_message(message, params)}", file=sys.stderr)
    if not report.engine:
        raise EngineMissingError(engine.MISSING)


def _make_clips(folder: Path) -> int:
    library = Library(folder / "voice")
    with open_reading(folder) as db:
        task_input: dict[str, Any] = sounds.build_task_input(db, library)
    pieces = [Piece(name, words) for name, words in task_input["pieces"]]
    report = make_clips(library.folder, pieces, task_input["region"], task_input["speed"], write_whole)
    print(
        say(
            "%(made)s clips made, %(recorded)s recorded ones prepared.", made=report.new_count, recorded=report.prepared
        )
    )
    _report_problems(report)
    return 1 if report.refused or report.failed else 0
