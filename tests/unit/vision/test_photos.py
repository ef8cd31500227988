"""Any file becomes upright pixels in three colours, or none."""

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from motcua.vision import photos
from motcua.vision.photos import list_photos, load_photo
from tests.face_model import require_extra

COLOUR = (200, 100, 50)
CLOSE = 6
TALL = (40, 60)


@pytest.fixture(autouse=True)
def _extra() -> None:
    require_extra()


def load(path: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the size of the picture and the colour in its upper left corner."""
    photo = load_photo(path)
    assert photo is not None
    return (photo.pixels.shape[1], photo.pixels.shape[0]), tuple(int(value) for value in photo.pixels[1, 1])


def is_near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(first - second) <= CLOSE for first, second in zip(colour, other, strict=True))


@pytest.mark.parametrize(
    ("name", "mode", "colour", "seen"),
    [
        ("a.jpg", "RGB", COLOUR, COLOUR),
        ("a.png", "RGB", COLOUR, COLOUR),
        ("a.webp", "RGB", COLOUR, COLOUR),
        ("a.bmp", "RGB", COLOUR, COLOUR),
        ("a.tif", "RGB", COLOUR, COLOUR),
        ("a.gif", "P", COLOUR, COLOUR),
        ("grey.jpg", "L", 100, (100, 100, 100)),
        ("clear.png", "RGBA", (*COLOUR, 255), COLOUR),
        ("ghost.png", "RGBA", (*COLOUR, 0), (255, 255, 255)),
        ("ghost-grey.png", "LA", (0, 0), (255, 255, 255)),
        ("bits.png", "1", 1, (255, 255, 255)),
        ("deep.png", "I;16", 25_700, (100, 100, 100)),
        ("twelve.tif", "I;16", 1606, (100, 100, 100)),
        ("share.tif", "F", 0.5, (128, 128, 128)),
        ("inks.jpg", "CMYK", (0, 128, 128, 0), (255, 127, 127)),
    ],
)
def test_every_way_of_writing_a_picture_is_read(
    tmp_path: Path, name: str, mode: str, colour: Any, seen: tuple[int, ...]
) -> None:
    picture = Image.new("RGB", TALL, colour).quantize() if mode == "P" else Image.new(mode, TALL, colour)
    picture.save(tmp_path / name)
    size, read = load(tmp_path / name)
    assert size == TALL
    assert is_near(read, seen), read


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_is_upright(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("RGB", TALL, "black")
    upright.paste(COLOUR, (0, 0, 20, 20))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's ways to lay it on its side again
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "turned.jpg", exif=exif, quality=95)
    size, corner = load(tmp_path / "turned.jpg")
    assert (size, is_near(corner, COLOUR)) == (TALL, True)


def test_the_first_picture_of_an_animation_counts(tmp_path: Path) -> None:
    first, second = Image.new("RGB", TALL, COLOUR), Image.new("RGB", TALL, "black")
    first.save(tmp_path / "moving.gif", save_all=True, append_images=[second])
    assert is_near(load(tmp_path / "moving.gif")[1], COLOUR)


def test_a_photo_of_too_many_pixels_is_read_smaller_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "PIXELS_MAX", 100_000)
    for name in ("large.jpg", "large.png"):
        Image.new("RGB", (800, 600), COLOUR).save(tmp_path / name)
    smaller = load_photo(tmp_path / "large.jpg")
    assert smaller is not None
    assert smaller.pixels.shape == (150, 200, 3)
    assert smaller.scale == 4
    assert load_photo(tmp_path / "large.png") is None


def test_what_is_no_picture_is_none(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), COLOUR).save(tmp_path / "whole.jpg")
    whole = (tmp_path / "whole.jpg").read_bytes()
    contents = {
        "empty.jpg": b"",
        "cut.jpg": whole[: len(whole) // 2],
        "head.jpg": whole[:40],
        "text.jpg": b"no picture",
        "zeros.png": bytes(5000),
        "drawing.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        "page.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    os.mkfifo(tmp_path / "pipe.jpg")
    names = [*contents, "pipe.jpg", "nowhere.jpg", ".", "nul\0.jpg", "x" * 5000]
    assert [name for name in names if load_photo(tmp_path / name) is not None] == []


def test_a_folder_is_the_photos_in_it_and_below(tmp_path: Path) -> None:
    (tmp_path / "đi").mkdir()
    for name in ("b.JPG", "a.png", "notes.txt", "đi/c.webp"):
        (tmp_path / name).write_bytes(b"")
    names = [path.relative_to(tmp_path).as_posix() for path in list_photos(tmp_path)]
    assert names == ["a.png", "b.JPG", "đi/c.webp"]
    assert list(list_photos(tmp_path / "a.png")) == [tmp_path / "a.png"]
    (tmp_path / "empty").mkdir()
    assert list(list_photos(tmp_path / "empty")) == [tmp_path / "empty"]
