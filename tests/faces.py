"""Pictures of a face for tests: a public-domain photo that scikit-image brings along, and what is made of it."""

from typing import Any

from motcua.vision.frames import CHANNELS, CameraFrame


def load_portrait() -> Any:
    """Return NASA's photo of an astronaut who smiles: head and shoulders, 260 x 260 px, red first."""
    from skimage import data

    return data.astronaut()[0:260, 90:350].copy()


def make_frame(picture: Any, at_s: float = 0) -> CameraFrame:
    """Return a picture, red first, as a camera would hand it over."""
    height, width = picture.shape[:2]
    return CameraFrame(at_s, width, height, picture[..., ::-1].tobytes())


def make_blank(side_px: int = 64, at_s: float = 0, brightness: int = 120) -> CameraFrame:
    """Return a frame with nothing in it."""
    return CameraFrame(at_s, side_px, side_px, bytes([brightness]) * (side_px * side_px * CHANNELS))
