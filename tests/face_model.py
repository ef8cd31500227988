"""The face model and the labelled rows, which are not part of the project: where a test finds them."""

import importlib.util
import os
from pathlib import Path

import pytest

from motcua.vision.model_file import ENVIRONMENT

ROWS = "MOTCUA_FACE_ROWS"
MODEL_ADVICE = f"{ENVIRONMENT} names no face model; `motcua camera install-model` fetches it"
ROWS_ADVICE = f"{ROWS} names no CSV file of labelled blendshape rows (columns: emotion and the 52 blendshapes)"
EXTRA_ADVICE = "the extra `camera` is not installed: make setup"
EXTRA = ("mediapipe", "cv2", "skimage")


def require_extra() -> None:
    """Skip the test where the camera's libraries are not installed; CI must have them."""
    if any(importlib.util.find_spec(name) is None for name in EXTRA):
        _leave_out(EXTRA_ADVICE)


def require_model() -> Path:
    """Return the model's file; CI must have it and the libraries, elsewhere the test is skipped."""
    require_extra()
    return _get_file(ENVIRONMENT, MODEL_ADVICE)


def require_rows() -> Path:
    """Return the file of labelled rows; CI must have it, elsewhere the test is skipped."""
    return _get_file(ROWS, ROWS_ADVICE)


def _get_file(name: str, advice: str) -> Path:
    path = Path(os.environ.get(name) or "/nowhere")
    if not path.is_file():
        _leave_out(advice)
    return path


def _leave_out(advice: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(advice)
    pytest.skip(advice)
