"""The one file that the camera needs beside its libraries: where it is, whether it is the right one, how it comes.

Google's Face Landmarker bundle (float16, version 1; Apache License 2.0): a detector, 478 landmarks, 52 blendshapes.
Every figure of `score.py` and `gates.py` was measured with exactly these bytes.
"""

import hashlib
import os
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from motcua.typed.sentences import mark
from motcua.vision.errors import ModelError

ENVIRONMENT = "MOTCUA_FACE_MODEL"
"""Names the file where it is not in the agent's folder."""
MODEL_NAME = "face_landmarker.task"
MODEL_URL = (
    "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/face_landmarker.task"
)
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
MODEL_BYTES = 3_758_596
TIMEOUT_S = 60
MISSING = mark("There is no face model in %(path)s. Fetch it with: motcua camera install-model")
WRONG = mark("%(path)s is not the face model that this program was measured with. Nothing was installed.")
DAMAGED = mark("The face model in %(path)s is damaged or another one. Fetch it again with: motcua camera install-model")


def get_model_path(folder: Path) -> Path:
    """Return where the model is: the file that the environment names, else the one in `folder`."""
    named = os.environ.get(ENVIRONMENT, "")
    return Path(named) if named else folder / MODEL_NAME


def find_model(folder: Path) -> Path | None:
    """Return the model's file if there is one; its content is checked by `read_model`."""
    path = get_model_path(folder)
    return path if path.is_file() else None


def read_model(path: Path) -> bytes:
    """Return the model's bytes. Raises `ModelError` where the file is missing, cannot be read or is another one."""
    try:
        with path.open("rb") as file:
            content = file.read(MODEL_BYTES + 1)
    except FileNotFoundError as error:
        raise ModelError(MISSING, path=path) from error
    except OSError as error:
        raise ModelError(DAMAGED, path=path) from error
    if not is_model(content):
        raise ModelError(DAMAGED, path=path)
    return content


def is_model(content: bytes) -> bool:
    """Say whether these bytes are the model, by length and SHA-256."""
    return len(content) == MODEL_BYTES and hashlib.sha256(content).hexdigest() == MODEL_SHA256


def install_model(
    source: Path | None, target: Path, write: Callable[[Path, bytes], None], url: str = MODEL_URL
) -> None:
    """Copy the model from the file `source`, or fetch it from `url`, and hand it to `write` with `target`.

    Nothing but this call ever fetches anything. Raises `ModelError`; then nothing was written.
    """
    content = _read_file(source) if source is not None else _fetch(url)
    if not is_model(content):
        raise ModelError(WRONG, path=source or url)
    target.parent.mkdir(parents=True, exist_ok=True)
    write(target, content)


def _read_file(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            return file.read(MODEL_BYTES + 1)
    except FileNotFoundError as error:
        raise ModelError(mark("There is no file %(path)s."), path=source) from error
    except OSError as error:
        raise ModelError(
            mark("%(path)s cannot be read: %(problem)s."), path=source, problem=error.strerror or error
        ) from error


def _fetch(url: str) -> bytes:
    """Return at most one byte more than the model has. Raises `ModelError`."""
    request = Request(url, headers={"User-Agent": "motcua"})  # noqa: S310 -- the address is a constant of this program
    try:
        with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
            content: bytes = answer.read(MODEL_BYTES + 1)
    except (OSError, HTTPException, ValueError) as error:
        problem = getattr(error, "reason", None) or error
        raise ModelError(
            mark(
                "The face model cannot be fetched from %(url)s: %(problem)s. "
                "Fetch it on a computer with internet and give it with: motcua camera install-model --from FILE"
            ),
            url=url,
            problem=problem,
        ) from error
    return content
