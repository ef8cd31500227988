"""Looks for a face anywhere in a photo and reads it as closely as the camera at a counter would see it.

The detector shrinks what it is given, so it finds a face by its share of the picture: nearly all from a fifth of the
longer side, almost none at an eighth. So a photo is looked at as a whole and then in ever smaller squares. A face that
was found is measured again in a square around it; what is not seen there is no face.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from motcua.copies import replace
from motcua.vision.detector import DetectedFace, Detector, FaceBox, load_cv2
from motcua.vision.gates import PHOTO_GATES, FrameReading, Gates, Reason, explain_darkness, read_frame
from motcua.vision.photos import Photo, load_photo
from motcua.vision.score import CONSTANTS, SmileConstants, score_smile
from motcua.vision.upright import HALF_TURN, TURNS, build_judge, turn

LOOK_PX = 640
"""What is looked at is not larger: the landmarks are found in 256 px anyway."""
SHARE = 0.4
"""How much of the square around it a face fills: the condition of all measurements."""
SURE_SHARE = 0.3
"""Beside a face of this share another one of about its size would have been found as well."""
SQUARE_MIN_PX = 160
SQUARES_MAX = 1200
HARD_TO_SEE = frozenset({Reason.TURNED_AWAY, Reason.TOO_DARK, Reason.TOO_BRIGHT})
"""What keeps a face from being seen again."""
GREY = (128, 128, 128)
FACES = 6
TURNED_LEVELS = 1
"""A photo that lies on its side is searched for large faces only: a search for small ones takes seconds."""
APART = 0.5
"""Two finds whose middles are nearer than this share of the wider one are one face."""


class PhotoReading(Struct, frozen=True):
    """What a photo says: how many faces, score and quality 0 to 100, or no score and the reason."""

    faces: int
    score: int | None
    quality: int
    reason: Reason | None


UNREADABLE = PhotoReading(0, None, 0, Reason.UNREADABLE)


class PhotoPart(Struct, frozen=True):
    """A part of a photo; it may reach beyond its edges."""

    left: int
    top: int
    width: int
    height: int


class PhotoReader:
    """Reads photos, one after another. Raises `ModelError` and `ExtraMissingError` when it is made."""

    def __init__(self, model: Path) -> None:
        self._cv2 = load_cv2()
        self._detector = Detector(model, FACES)
        self._judge = build_judge(model, FACES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._detector.close()
        self._judge.close()

    def read(self, path: Path, constants: SmileConstants = CONSTANTS, gates: Gates = PHOTO_GATES) -> PhotoReading:
        """Return the reading of a photo's widest face; whatever the file is, there is an answer."""
        photo = load_photo(path)
        if photo is None:
            return UNREADABLE
        frame = self.read_pixels(photo, gates)
        score = None if frame.smile is None else round(score_smile(frame.smile, constants))
        return PhotoReading(frame.faces, score, frame.quality, frame.reason)

    def read_pixels(self, photo: Photo, gates: Gates = PHOTO_GATES) -> FrameReading:
        """Return the reading of a photo that is decoded."""
        measures = [face.measures for face in self._find_upright(photo.pixels)]
        frame = read_frame([replace(face, width_px=face.width_px * photo.scale) for face in measures], gates)
        return explain_darkness(frame, lambda: float(photo.pixels.mean()))

    def _find_upright(self, picture: Any) -> list[DetectedFace]:
        """Return the faces, the widest first, in pixels of `picture`, whichever way up it is.

        What is seen as a whole, but not again from near, is no face, unless that has a reason of its own.
        """
        if faces := self._find(picture):
            is_turned = self._judge.is_upside_down(self._cut_around(picture, faces[0]))
            return (is_turned and self._find(turn(picture, HALF_TURN))) or faces
        for quarters in TURNS:
            turned = turn(picture, quarters)
            faces = self._find(turned, TURNED_LEVELS)
            if faces and self._judge.rate(self._cut_around(turned, faces[0])):
                return faces
        doubtful = self._find_in(picture, [get_whole(picture)])
        return [face for face in doubtful if read_frame([face.measures], PHOTO_GATES).reason in HARD_TO_SEE]

    def _find(self, picture: Any, levels: int | None = None) -> list[DetectedFace]:
        """Return the faces of a picture as it is, searched in so many levels of smaller squares, None for all."""
        height, width = picture.shape[:2]
        whole = get_whole(picture)
        wide = PhotoPart(-width // 2, -height // 2, width * 2, height * 2)  # a face that fills the photo has no edge
        for squares in ([whole], [wide], *islice(list_levels(width, height), levels)):
            faces = self._confirm(picture, self._find_in(picture, squares))
            if faces:
                return self._find_others(picture, faces)
        return []

    def _find_others(self, picture: Any, faces: list[DetectedFace]) -> list[DetectedFace]:
        """Add faces of about the same size that a closer look finds beside a small one."""
        height, width = picture.shape[:2]
        if faces[0].box.width_px >= SURE_SHARE * max(width, height):
            return faces
        side = min(int(faces[0].box.width_px / SHARE), max(width, height))
        more = self._find_in(picture, list(list_squares(width, height, side)))
        strangers = [face for face in more if not any(is_same(face.box, other.box) for other in faces)]
        return list_once([*faces, *self._confirm(picture, strangers)])

    def _confirm(self, picture: Any, faces: list[DetectedFace]) -> list[DetectedFace]:
        """Return the faces that are seen again in a square around them, with what is measured there."""
        confirmed = []
        for face in faces:
            again = self._look(picture, get_square(face))
            confirmed += [item for item in again if is_same(item.box, face.box)][:1]
        return list_once(confirmed)

    def _cut_around(self, picture: Any, face: DetectedFace) -> Any:
        return self._cut(picture, get_square(face))[0]

    def _find_in(self, picture: Any, squares: Sequence[PhotoPart]) -> list[DetectedFace]:
        return list_once([face for square in squares for face in self._look(picture, square)])

    def _look(self, picture: Any, square: PhotoPart) -> list[DetectedFace]:
        """Return the faces in a part of the picture, in pixels of the picture."""
        part, scale = self._cut(picture, square)
        return [
            DetectedFace(
                face.box.move(square.left, square.top, scale),
                replace(face.measures, width_px=face.measures.width_px * scale),
            )
            for face in self._detector.list_faces(part)
        ]

    def _cut(self, picture: Any, square: PhotoPart) -> tuple[Any, float]:
        """Return a part, on grey beyond the edges, not larger than is looked at, and how much it was shrunk."""
        import numpy as np

        height, width = picture.shape[:2]
        left, top = max(square.left, 0), max(square.top, 0)
        right, bottom = min(square.left + square.width, width), min(square.top + square.height, height)
        scale = max(max(square.width, square.height) / LOOK_PX, 1.0)
        part = picture[top:bottom, left:right]
        if scale > 1:
            size = (max(round((right - left) / scale), 1), max(round((bottom - top) / scale), 1))
            part = self._cv2.resize(part, size, interpolation=self._cv2.INTER_AREA)
        edges = [
            round(edge / scale)
            for edge in (
                top - square.top,
                square.top + square.height - bottom,
                left - square.left,
                square.left + square.width - right,
            )
        ]
        if any(edges):
            part = self._cv2.copyMakeBorder(part, *edges, self._cv2.BORDER_CONSTANT, value=GREY)
        return np.ascontiguousarray(part), scale


def get_whole(picture: Any) -> PhotoPart:
    """Return all of a picture as its part."""
    height, width = picture.shape[:2]
    return PhotoPart(0, 0, width, height)


def get_square(face: DetectedFace) -> PhotoPart:
    """Return the square around a face that it fills as in all measurements."""
    side = max(int(face.box.width_px / SHARE), 1)
    left, top = (int(middle - side / 2) for middle in face.box.middle)
    return PhotoPart(left, top, side, side)


def list_levels(width: int, height: int) -> Iterator[list[PhotoPart]]:
    """Yield lists of squares, each half as large as those of the list before."""
    side, count = max(width, height) // 2, 0
    while side >= SQUARE_MIN_PX:
        squares = list(list_squares(width, height, side))
        count += len(squares)
        if count > SQUARES_MAX:
            return
        yield squares
        side //= 2


def list_squares(width: int, height: int, side: int) -> Iterator[PhotoPart]:
    """Yield squares that overlap by half, so that each face of less than half their side is whole in one."""
    for top in _list_starts(height, side):
        for left in _list_starts(width, side):
            yield PhotoPart(left, top, min(side, width), min(side, height))


def _list_starts(length: int, side: int) -> list[int]:
    if side >= length:
        return [0]
    steps = -(-(length - side) * 2 // side)
    return [round(number * (length - side) / steps) for number in range(steps + 1)]


def list_once(faces: list[DetectedFace]) -> list[DetectedFace]:
    """Return each face once, the widest first."""
    merged: list[DetectedFace] = []
    for face in sorted(faces, key=lambda item: item.box.width_px, reverse=True):
        if not any(is_same(face.box, other.box) for other in merged):
            merged.append(face)
    return merged


def is_same(first: FaceBox, second: FaceBox) -> bool:
    """Say whether two boxes are around one face."""
    (x, y), (other_x, other_y) = first.middle, second.middle
    near = APART * max(first.width_px, second.width_px)
    return abs(x - other_x) < near and abs(y - other_y) < near
