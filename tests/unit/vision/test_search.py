"""A face is found wherever it is in a photo, and a photo without a score says the right reason."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from motcua.vision.gates import Reason
from motcua.vision.photos import Photo
from motcua.vision.search import PhotoReader, list_levels, list_squares
from tests.face_model import require_model
from tests.faces import load_portrait

pytestmark = pytest.mark.thorough
SMILE: Any = pytest.approx(0.87, abs=0.06)


@pytest.fixture(scope="module")
def reader() -> Iterator[PhotoReader]:
    with PhotoReader(require_model()) as opened:
        yield opened


@pytest.fixture
def portrait() -> Any:
    require_model()
    return load_portrait()


def place(portrait: Any, width: int, height: int, *corners: tuple[int, int]) -> Any:
    """Return a grey wall with the portrait at each of the corners."""
    import numpy as np

    wall: Any = np.full((height, width, 3), 120, np.uint8)
    side = portrait.shape[0]
    for left, top in corners:
        wall[top : top + side, left : left + side] = portrait
    return wall


def test_a_portrait_is_read(reader: PhotoReader, portrait: Any) -> None:
    frame = reader.read_pixels(Photo(portrait, 1))
    assert (frame.faces, frame.reason, frame.smile) == (1, None, SMILE)
    assert frame.quality >= 90
    mirrored = reader.read_pixels(Photo(portrait[:, ::-1].copy(), 1))
    assert (mirrored.reason, mirrored.smile) == (None, SMILE)


@pytest.mark.parametrize(
    ("size", "corner"), [((1300, 900), (900, 500)), ((3000, 300), (2500, 20)), ((300, 2000), (20, 1700))]
)
def test_a_small_face_is_found_in_a_large_photo(
    reader: PhotoReader, portrait: Any, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    frame = reader.read_pixels(Photo(place(portrait, *size, corner), 1))
    assert (frame.faces, frame.reason, frame.smile) == (1, None, SMILE)


def test_a_face_that_fills_the_photo_is_read(reader: PhotoReader, portrait: Any) -> None:
    frame = reader.read_pixels(Photo(portrait[60:170, 90:180].copy(), 1))
    assert (frame.reason, frame.smile) == (None, SMILE)


@pytest.mark.parametrize("degrees", [90, 120, 150, 180, 210, 270])
def test_a_face_is_read_whichever_way_up_the_photo_is(reader: PhotoReader, portrait: Any, degrees: int) -> None:
    """An upside-down face passes for another one that does not smile."""
    import numpy as np
    from PIL import Image

    turned = Image.fromarray(portrait).rotate(degrees, expand=True, fillcolor=(128, 128, 128))
    frame = reader.read_pixels(Photo(np.asarray(turned), 1))
    assert (frame.faces, frame.reason) == (1, None)
    assert frame.smile == pytest.approx(0.85, abs=0.1)


def test_a_whole_photo_of_somebody_upside_down_is_read(reader: PhotoReader) -> None:
    import numpy as np
    from skimage import data

    frame = reader.read_pixels(Photo(np.ascontiguousarray(data.astronaut()[::-1, ::-1]), 1))
    assert (frame.reason, frame.smile) == (None, SMILE)


@pytest.mark.parametrize("corners", [((0, 0), (260, 0)), ((40, 40), (1000, 600))])
def test_two_people_have_no_score(
    reader: PhotoReader, portrait: Any, corners: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    width, height = corners[1][0] + 260, corners[1][1] + 260
    frame = reader.read_pixels(Photo(place(portrait, width, height, *corners), 1))
    assert (frame.faces, frame.smile, frame.reason) == (2, None, Reason.TWO_PEOPLE)


def test_somebody_much_smaller_does_not_count(reader: PhotoReader, portrait: Any) -> None:
    wall = place(portrait, 600, 260, (0, 0))
    wall[130:260, 400:530] = portrait[::2, ::2]
    frame = reader.read_pixels(Photo(wall, 1))
    assert (frame.reason, frame.smile) == (None, SMILE)


def test_a_photo_without_a_score_says_why(reader: PhotoReader, portrait: Any) -> None:
    import cv2
    import numpy as np

    small = cv2.resize(portrait, (100, 100), interpolation=cv2.INTER_AREA)
    bright = np.clip(portrait.astype(int) + 150, 0, 255).astype(np.uint8)
    cases = {
        Reason.FACE_TOO_SMALL: [small],
        Reason.BLURRED: [cv2.GaussianBlur(portrait, (0, 0), sigma) for sigma in (3, 4)],
        Reason.TOO_DARK: [(portrait * share).astype(np.uint8) for share in (0.1, 0.05, 0.01)],
        Reason.TOO_BRIGHT: [bright],
    }
    seen = {
        reason: {reader.read_pixels(Photo(picture, 1)).reason for picture in pictures}
        for reason, pictures in cases.items()
    }
    assert seen == {reason: {reason} for reason in cases}


def test_a_face_in_profile_is_turned_away(reader: PhotoReader) -> None:
    """scikit-image's photographer, who looks into his camera."""
    import numpy as np
    from skimage import data

    photographer = np.ascontiguousarray(np.stack([data.camera()] * 3, -1))
    assert reader.read_pixels(Photo(photographer, 1)).reason is Reason.TURNED_AWAY


@pytest.mark.parametrize("name", ["coffee", "chelsea", "coins", "moon", "page", "text", "clock", "colorwheel"])
def test_things_and_a_cat_are_no_faces(reader: PhotoReader, name: str) -> None:
    import numpy as np
    from skimage import data

    picture = getattr(data, name)()
    colours = np.stack([picture] * 3, -1) if picture.ndim == 2 else picture[..., :3]
    frame = reader.read_pixels(Photo(np.ascontiguousarray(colours), 1))
    assert (frame.faces, frame.smile, frame.quality, frame.reason) == (0, None, 0, Reason.NO_FACE)


def test_the_limits_count_in_pixels_of_the_file(reader: PhotoReader, portrait: Any) -> None:
    """A huge JPEG is decoded at a fraction of its size."""
    import cv2

    small = cv2.resize(portrait, (100, 100), interpolation=cv2.INTER_AREA)
    assert reader.read_pixels(Photo(small, 4)).reason is None


@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (3000, 300), (500, 500), (321, 77)])
def test_squares_cover_the_photo_and_overlap_by_half(width: int, height: int) -> None:
    for squares in list_levels(width, height):
        side = squares[0].width
        lefts, tops = sorted({square.left for square in squares}), sorted({square.top for square in squares})
        assert (lefts[0], lefts[-1] + squares[0].width) == (0, width)
        assert (tops[0], tops[-1] + squares[0].height) == (0, height)
        for starts in (lefts, tops):
            assert all(after - before <= side / 2 + 1 for before, after in pairwise(starts))


def test_a_photo_smaller_than_a_square_is_one_part() -> None:
    assert len(list(list_squares(50, 40, 160))) == 1
    assert list(list_levels(300, 200)) == []
