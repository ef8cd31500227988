"""Finds the faces in one picture and measures them. The landmarks are gone when the call returns."""

import importlib
import math
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from motcua.vision import offline
from motcua.vision.errors import ExtraMissingError
from motcua.vision.gates import FaceMeasures
from motcua.vision.model_file import read_model
from motcua.vision.score import measure_smile

FACES_MAX = 3
CONFIDENCE = 0.5
SIDE_PX = 128
"""Sharpness is measured on a face of this many pixels a side, so that it does not depend on the distance."""


class FaceBox(Struct, frozen=True):
    """Where a face is, in pixels of the picture; it may reach beyond its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width_px(self) -> float:
        """How wide the face is."""
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        """Where its middle is, from the left and from the top."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def move(self, x: float, y: float, scale: float) -> "FaceBox":
        """Return it in a picture in which this one begins at `x`, `y` and is `scale` times as large."""
        return FaceBox(x + self.left * scale, y + self.top * scale, x + self.right * scale, y + self.bottom * scale)


class DetectedFace(Struct, frozen=True):
    """A face, and where it is."""

    box: FaceBox
    measures: FaceMeasures


class Detector:
    """The landmarker. Made in the process that uses it: a process forked afterwards hangs for ever.

    Raises `ModelError` and `ExtraMissingError`.
    """

    def __init__(self, model: Path, faces: int = FACES_MAX, confidence: float = CONFIDENCE) -> None:
        content = read_model(model)
        base_options, vision = offline.load_tasks()
        self._mediapipe = offline.load_mediapipe()
        self.cv2 = load_cv2()
        options = vision.FaceLandmarkerOptions(
            base_options=base_options(model_asset_buffer=content),
            running_mode=vision.RunningMode.IMAGE,
            num_faces=faces,
            min_face_detection_confidence=confidence,
            min_face_presence_confidence=confidence,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
        self._landmarker = vision.FaceLandmarker.create_from_options(options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back; a second call does nothing."""
        self._landmarker.close()

    def list_faces(self, picture: Any) -> list[DetectedFace]:
        """Return the faces in a picture: an array of rows of pixels, three bytes each, red first."""
        image = self._mediapipe.Image(image_format=self._mediapipe.ImageFormat.SRGB, data=picture)
        seen = self._landmarker.detect(image)
        faces = []
        for points, blendshapes, matrix in zip(
            seen.face_landmarks, seen.face_blendshapes, seen.facial_transformation_matrixes, strict=True
        ):
            values = {item.category_name: float(item.score) for item in blendshapes}
            faces.append(self._measure(picture, points, values, matrix))
        return faces

    def _measure(self, picture: Any, points: Any, blendshapes: dict[str, float], matrix: Any) -> DetectedFace:
        height, width = picture.shape[:2]
        across, down = [point.x * width for point in points], [point.y * height for point in points]
        box = FaceBox(min(across), min(down), max(across), max(down))
        within = sum(0 <= x <= width and 0 <= y <= height for x, y in zip(across, down, strict=True))
        sharpness, brightness, contrast = measure_light(self.cv2, picture, box)
        return DetectedFace(
            box,
            FaceMeasures(
                width_px=box.width_px,
                sharpness=sharpness,
                brightness=brightness,
                contrast=contrast,
                yaw=math.degrees(math.atan2(matrix[0, 2], matrix[2, 2])),
                pitch=math.degrees(math.asin(min(max(-float(matrix[1, 2]), -1.0), 1.0))),
                inside=within / len(points),
                smile=measure_smile(blendshapes),
            ),
        )


def measure_light(cv2: Any, picture: Any, box: FaceBox) -> tuple[float, float, float]:
    """Return sharpness, mean brightness and its standard deviation of the part of `picture` in `box`.

    Sharpness is the variance of the Laplacian of that part in grey, 128 x 128 px.
    """
    height, width = picture.shape[:2]
    left, top = min(max(int(box.left), 0), width - 1), min(max(int(box.top), 0), height - 1)
    right, bottom = min(max(int(box.right), left + 1), width), min(max(int(box.bottom), top + 1), height)
    grey = cv2.cvtColor(picture[top:bottom, left:right], cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)
    _mean, edges = cv2.meanStdDev(cv2.Laplacian(small, cv2.CV_64F))
    mean, deviation = cv2.meanStdDev(grey)
    return float(edges[0, 0]) ** 2, float(mean[0, 0]), float(deviation[0, 0])


def load_cv2() -> Any:
    """Return OpenCV. Raises `ExtraMissingError`."""
    try:
        return importlib.import_module("cv2")
    except ImportError as error:
        raise ExtraMissingError(offline.MISSING) from error
