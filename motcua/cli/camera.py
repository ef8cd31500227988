"""`motcua camera`: score photos, install the face model, fit the constants of the smile index again."""

import argparse
import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from motcua.agent.config import STATE
from motcua.cli.media import report_disk_errors
from motcua.cli.options import read_text
from motcua.cli.texts import get_language, say, translate_message
from motcua.desk import Invalid
from motcua.desk.clock import system_clock
from motcua.desk.files import write_whole
from motcua.desk.private import make_folder
from motcua.typed.sentences import mark
from motcua.vision.calibrate import LABEL, Calibration, calibrate, read_rows
from motcua.vision.errors import IsolationError, ModelError, VisionError
from motcua.vision.gates import Reason
from motcua.vision.isolation import enter_isolation
from motcua.vision.model_file import MODEL_NAME, get_model_path, install_model, read_model
from motcua.vision.photos import list_photos
from motcua.vision.score import NEEDED
from motcua.vision.search import PhotoReader, PhotoReading

FOUND_WRONG, WRONG_USE = 1, 2
MISTAKES_MAX = 20
WORDS = {
    Reason.NO_FACE: mark("no face was found"),
    Reason.TWO_PEOPLE: mark("two people are in the picture"),
    Reason.FACE_TOO_SMALL: mark("the face is too small"),
    Reason.TOO_DARK: mark("the picture is too dark"),
    Reason.TOO_BRIGHT: mark("the picture is too bright"),
    Reason.BLURRED: mark("the picture is blurred"),
    Reason.TURNED_AWAY: mark("the face is turned away"),
    Reason.UNREADABLE: mark("the picture cannot be read"),
}
"""Why a photo has no score."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    score = verbs.add_parser("score", help="the smile index of photos, 0 to 100; of a folder each photo in it")
    score.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    score.add_argument("--json", action="store_true", help="one object a line")
    install = verbs.add_parser("install-model", help="fetch the face model (3.8 MB), or take it from a file")
    install.add_argument("--from", dest="source", type=Path, metavar="FILE", help="for a computer without internet")
    install.add_argument(
        "--to", type=Path, default=Path(STATE), metavar="DIR", help="default: the agent's folder, agent-data"
    )
    fit = verbs.add_parser("calibrate", help="fit the constants of the smile index on labelled faces")
    fit.add_argument("rows", type=Path, metavar="CSV", help="columns: emotion (happiness, neutral) and the blendshapes")
    fit.add_argument("--json", action="store_true")


def main(options: argparse.Namespace) -> int:
    """Score, install or calibrate."""
    verbs = {"score": _score, "install-model": _install, "calibrate": _calibrate}
    try:
        return verbs[options.verb](options)
    except VisionError as error:
        print(translate_message(error.message, error.params), file=sys.stderr)
        return WRONG_USE if options.verb == "score" else FOUND_WRONG


def _score(options: argparse.Namespace) -> int:
    """Print a line for each photo, whatever it is. Raises `VisionError` without model or libraries."""
    model = get_model_path(Path(STATE))
    with suppress(IsolationError):
        enter_isolation()  # where the system refuses, the library's way out is shut all the same
    with _hush_libraries(), PhotoReader(model) as reader:
        for path in (photo for image in options.images for photo in list_photos(image)):
            print(_write(path, reader.read(path), options.json), flush=True)
    return 0


@contextmanager
def _hush_libraries() -> Iterator[None]:
    """Drop what native libraries write to standard error meanwhile: notes on how they compute."""
    sys.stderr.flush()
    before = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def _write(path: Path, reading: PhotoReading, as_json: bool) -> str:
    if as_json:
        fields: dict[str, Any] = {
            "file": str(path),
            "faces": reading.faces,
            "score": reading.score,
            "quality": reading.quality,
            "reason": reading.reason,
        }
        return json.dumps(fields, ensure_ascii=False)
    if reading.reason is not None:
        return f"  -  {path}  ({say(WORDS[reading.reason])})"
    return f"{reading.score:>3}  {path}  ({say('quality %(quality)s', quality=reading.quality)})"


def _install(options: argparse.Namespace) -> int:
    target: Path = options.to / MODEL_NAME
    if options.source is None and _is_installed(target):
        print(say("The face model is in %(path)s already.", path=target))
        return 0
    make_folder(target.parent)
    with report_disk_errors(target):
        install_model(options.source, target, write_whole)
    print(say("The face model is in %(path)s.", path=target))
    return 0


def _is_installed(target: Path) -> bool:
    try:
        read_model(target)
    except ModelError:
        return False
    return True


def _calibrate(options: argparse.Namespace) -> int:
    smiles, mistakes = read_rows(_read_csv(options.rows))
    for mistake in mistakes[:MISTAKES_MAX]:
        problem = translate_message(mistake.message, mistake.params)
        print(
            say("%(path)s, line %(line)s: %(problem)s", path=options.rows, line=mistake.line, problem=problem),
            file=sys.stderr,
        )
    if mistakes:
        print(say("%(count)s lines cannot be used and were left out.", count=len(mistakes)), file=sys.stderr)
    day = system_clock.now().astimezone().date().isoformat()
    calibration = calibrate(smiles, day)
    print(_list_figures(calibration) if options.json else _describe(calibration))
    return FOUND_WRONG if mistakes else 0


def _read_csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row with its line. Raises `OSError`, `Invalid("camera.rows" | "file.not_utf8")`."""
    reader = csv.DictReader(read_text(path).splitlines(keepends=True))
    try:
        missing = [name for name in (LABEL, *NEEDED) if name not in (reader.fieldnames or ())]
        if missing:
            raise Invalid(
                "camera.rows",
                "%(path)s has no column %(columns)s in its first line.",
                path=path,
                columns=", ".join(f"`{name}`" for name in missing),
            )
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise Invalid(
            "camera.rows", "%(path)s, line %(line)s: this is not CSV.", path=path, line=reader.line_num
        ) from error


def _list_figures(calibration: Calibration) -> str:
    constants = calibration.constants
    return json.dumps(
        {
            "slope": round(constants.slope, 2),
            "offset": round(constants.offset, 2),
            "calibrated_on": constants.calibrated_on,
            "happy": calibration.happy,
            "neutral": calibration.neutral,
            "auc": round(calibration.area_under_curve, 4),
            "brier": round(calibration.brier, 4),
            "log_loss": round(calibration.log_loss, 4),
        }
    )


def _describe(calibration: Calibration) -> str:
    constants = calibration.constants
    return "\n".join(
        (
            "[camera]",
            f'slope = "{constants.slope:.2f}"',
            f'offset = "{constants.offset:.2f}"',
            f'calibrated_on = "{constants.calibrated_on}"',
            "",
            say(
                "Fitted on %(happy)s happy and %(neutral)s neutral faces. Area under the ROC curve: %(area)s (0.5 is "
                "chance). Brier score: %(brier)s (0.25 is chance). Log loss: %(loss)s (0.693 is chance).",
                happy=calibration.happy,
                neutral=calibration.neutral,
                area=_format(calibration.area_under_curve),
                brier=_format(calibration.brier),
                loss=_format(calibration.log_loss),
            ),
            say("To use them, set them on the settings page of the camera, or put these lines into the settings file."),
        )
    )


def _format(figure: float) -> str:
    return f"{figure:.3f}".replace(".", "," if get_language() == "vi" else ".")
