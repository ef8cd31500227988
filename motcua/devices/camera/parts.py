"""What a camera needs on this computer before anything is opened: the libraries, the model, a place without a network.

Nothing of it is loaded here: the agent would carry it all day.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark
from motcua.vision.errors import VisionError
from motcua.vision.isolation import check_isolation
from motcua.vision.model_file import get_model_path, read_model
from motcua.vision.offline import MISSING

LIBRARIES = ("cv2", "mediapipe", "numpy")
SERVICE = "MOTCUA_FACE_SERVICE"
"""Names the socket of a service without a network that has the model, where the system runs one."""
NO_EXTRA, NO_MODEL, NOT_ISOLATED, SILENT = "no_camera_extra", "no_face_model", "not_isolated", "camera_silent"
ANALYSIS_DOWN, STARTING, BUSY, NOT_LOOKING, WRONG_JOB = (
    "analysis_down",
    "camera_starting",
    "camera_busy",
    "not_looking",
    "wrong_job",
)
KINDS = {"ExtraMissingError": NO_EXTRA, "ModelError": NO_MODEL, "IsolationError": NOT_ISOLATED}
"""The stable code of each error of the analysis, by its class."""
NO_SERVICE = mark("There is no service at %(path)s. Start motcua-faces.socket, or clear MOTCUA_FACE_SERVICE.")


def get_service() -> Path | None:
    """Return the socket of the service that analyses, None where this program starts its own process."""
    named = os.environ.get(SERVICE, "")
    return Path(named) if named else None


def require_libraries() -> None:
    """Raise `DeviceError` where the extra `camera` is not installed."""
    if any(find_spec(name) is None for name in LIBRARIES):
        raise DeviceError(MISSING, permanent=True, code=NO_EXTRA)


def require_analysis(folder: Path) -> Path:
    """Return the model's file. Raises `DeviceError` where it is missing, or no process can be without a network.

    A service has its own model and no network from the start: of it only the socket is needed.
    """
    path, service = get_model_path(folder), get_service()
    if service is not None:
        if not service.is_socket():
            raise DeviceError(NO_SERVICE, permanent=True, code=NOT_ISOLATED, path=service)
        return path
    try:
        read_model(path)
        check_isolation()
    except VisionError as error:
        raise make_vision_error(error) from error
    return path


def make_vision_error(error: VisionError) -> DeviceError:
    """Return an error of the analysis as a device's."""
    code = KINDS.get(type(error).__name__, ANALYSIS_DOWN)
    return DeviceError(error.message, permanent=True, code=code, **error.params)
