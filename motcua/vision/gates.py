"""Which frame may be read, how well, and otherwise the one reason why not.

The limits come from 200 frontal photos that were made smaller, darker, brighter and more blurred step by step. Each
limit is where the index still tells happy from neutral almost as well as on the untouched photo:

- face at least 48 px wide (area under the ROC curve 0.978, against 0.981 at 160 px), full quality from 96 px;
- sharpness at least 12 (0.957 at 9), full from 30; it falls with the light, so the light is judged first;
- mean brightness 25 to 225 (0.975 at 18, 0.960 at 216), standard deviation at least 8;
- turned by at most 20 degrees in a visit (0.933 up to 20, 0.875 beyond), 25 in a single photo; tilted by at most 25.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from msgspec import Struct

from motcua.copies import replace


class Reason(StrEnum):
    """Why there is no smile index."""

    NO_FACE = "no_face"
    TWO_PEOPLE = "two_people"
    FACE_TOO_SMALL = "face_too_small"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TURNED_AWAY = "turned_away"
    UNREADABLE = "unreadable"
    NO_CONSENT = "no_consent"
    STALE_CAMERA = "stale_camera"
    TOO_FEW_FRAMES = "too_few_frames"


class Gates(Struct, frozen=True):
    """Limits of a frame that may be read. Angles are in degrees, brightness is 0 to 255.

    `sharpness` is the variance of the Laplacian of the face, 128 x 128 px, grey. `inside` is the least share of the
    landmarks that must be within the picture.
    """

    width_px: int = 48
    full_width_px: int = 96
    sharpness: float = 12
    full_sharpness: float = 30
    darkest: float = 25
    brightest: float = 225
    contrast: float = 8
    yaw: float = 20
    pitch: float = 25
    full_angle: float = 15
    zero_angle: float = 35
    inside: float = 0.6
    same_size: float = 1.5
    """Two faces whose widths differ by less than this factor: nobody can say whose smile it is."""


VISIT_GATES = Gates()
PHOTO_GATES = replace(VISIT_GATES, yaw=25)
"""A single photo has no better frame beside it."""
MIDDLE_GREY = 128
BLACK = 8
"""The mean brightness of a picture in which no face could be found."""


class FaceMeasures(Struct, frozen=True):
    """One face as numbers. No picture can be made of it, and nobody can be known by it.

    `smile` is None where the blendshapes were unreadable.
    """

    width_px: float
    sharpness: float
    brightness: float
    contrast: float
    yaw: float
    pitch: float
    inside: float
    smile: float | None


class FrameReading(Struct, frozen=True):
    """What one frame says: how many faces, the smile from 0 to 1 and its quality from 0 to 100, or the reason."""

    faces: int
    smile: float | None
    quality: int
    reason: Reason | None


def read_frame(faces: Sequence[FaceMeasures], gates: Gates = VISIT_GATES) -> FrameReading:
    """Judge the faces of one frame; the widest one counts."""
    ordered = sorted(faces, key=lambda face: face.width_px, reverse=True)
    reason = find_reason(ordered, gates)
    if reason is not None:
        return FrameReading(len(ordered), None, 0, reason)
    return FrameReading(len(ordered), ordered[0].smile, rate_quality(ordered[0], gates), None)


def explain_darkness(frame: FrameReading, measure_brightness: Callable[[], float]) -> FrameReading:
    """Return `frame` as too dark where no face was found in a black picture: the lens is covered, or it is night.

    `measure_brightness` returns the mean of the whole picture; it is called only where that matters.
    """
    is_black = frame.reason is Reason.NO_FACE and measure_brightness() < BLACK
    return replace(frame, reason=Reason.TOO_DARK) if is_black else frame


def find_reason(ordered: Sequence[FaceMeasures], gates: Gates) -> Reason | None:  # noqa: PLR0911 -- one line a reason
    """Return the first reason against a frame whose faces are `ordered` by width, None where it may be read."""
    if not ordered:
        return Reason.NO_FACE
    face = ordered[0]
    if len(ordered) > 1 and ordered[1].width_px * gates.same_size > face.width_px:
        return Reason.TWO_PEOPLE
    if face.brightness < gates.darkest:
        return Reason.TOO_DARK
    if face.brightness > gates.brightest:
        return Reason.TOO_BRIGHT
    if face.contrast < gates.contrast:
        return Reason.TOO_DARK if face.brightness < MIDDLE_GREY else Reason.TOO_BRIGHT
    if face.width_px < gates.width_px:
        return Reason.FACE_TOO_SMALL
    if abs(face.yaw) > gates.yaw or abs(face.pitch) > gates.pitch:
        return Reason.TURNED_AWAY
    if face.sharpness < gates.sharpness:
        return Reason.BLURRED
    if face.smile is None or face.inside < gates.inside:
        return Reason.UNREADABLE
    return None


def rate_quality(face: FaceMeasures, gates: Gates = VISIT_GATES) -> int:
    """Return 0 to 100: the product of linear ramps of width, sharpness and the larger angle.

    Each ramp is about a half at its limit.
    """
    angle = max(abs(face.yaw), abs(face.pitch))
    ramps = (
        face.width_px / gates.full_width_px,
        face.sharpness / gates.full_sharpness,
        (gates.zero_angle - angle) / (gates.zero_angle - gates.full_angle),
    )
    quality = 100.0
    for ramp in ramps:
        quality *= min(max(ramp, 0.0), 1.0)
    return round(quality)
