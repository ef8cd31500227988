"""What the emulated camera sees, frame by frame: nobody, a citizen with or without a smile, two people. Pure."""

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from motcua.devices.camera import people
from motcua.devices.camera.pictures import SIZE

COME_AND_GO, NOBODY, SERIOUS, SMILING, TWO = "come_and_go", "nobody", "serious", "smiling", "two"
SCENES = (COME_AND_GO, NOBODY, SERIOUS, SMILING, TWO)
"""What somebody can choose to be seen. The first is a citizen who comes, stays, smiles and leaves, again and again."""
PERIOD = 240
"""Frames after which a scene by itself begins again."""
_ENTERS, _SMILES, _LEAVES = 30, 130, 210
_WALK = 8
_WALL, _FLOOR, _COUNTER = "#9fb3b8", "#8ba1a6", "#6d5238"
_FIRST_X, _SECOND_X, _OUTSIDE_X = 120, 300, -people.WIDTH


class SeenPerson(Struct, frozen=True):
    """A person in the picture: at `x` pixels, with a smile of so many steps."""

    x: int
    smile: int
    look: int = 0


def list_seen(scene: str, age: int) -> list[SeenPerson]:
    """Return who is to be seen `age` frames after `scene` was chosen. Raises `ValueError` for another scene."""
    if scene not in SCENES:
        raise ValueError(scene)
    if scene == COME_AND_GO:
        return _list_passing(age % PERIOD)
    if scene == NOBODY:
        return []
    first = SeenPerson(_sway(_FIRST_X, age), _ease(people.SMILE_STEPS, age) if scene == SMILING else 0)
    if scene == TWO:
        return [SeenPerson(_sway(_FIRST_X - 120, age), 0), SeenPerson(_sway(_SECOND_X - 60, age + 10), 2, look=1)]
    return [first]


def _list_passing(frame: int) -> list[SeenPerson]:
    if frame < _ENTERS or frame >= _LEAVES + _WALK:
        return []
    if frame < _ENTERS + _WALK:
        return [SeenPerson(_walk(frame - _ENTERS), 0)]
    if frame >= _LEAVES:
        return [SeenPerson(_walk(_WALK - (frame - _LEAVES)), people.SMILE_STEPS)]
    return [SeenPerson(_sway(_FIRST_X, frame), _ease(people.SMILE_STEPS, frame - _SMILES))]


def _walk(steps: int) -> int:
    return _OUTSIDE_X + (_FIRST_X - _OUTSIDE_X) * steps // _WALK


def _ease(steps: int, age: int) -> int:
    """Return a smile that comes step by step, none before it begins."""
    return min(steps, max(0, age))


def _sway(x: int, age: int) -> int:
    """Return where somebody stands who does not stand quite still."""
    return x + abs((age // 4) % 8 - 4)


def draw_scene(scene: str, age: int, number: int) -> Image.Image:
    """Return frame `number` of the camera, `age` frames after `scene` was chosen."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, _WALL)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, height * 3 // 5, width, height), fill=_FLOOR)
    for person in list_seen(scene, age):
        drawn = people.draw_person(person.smile, person.look)
        image.paste(drawn, (person.x, height - people.HEIGHT), drawn)
    pen.rectangle((0, height * 14 // 15, width, height), fill=_COUNTER)
    pen.rectangle((0, 0, width // 6, height // 18), fill="#0d1a2b")
    pen.text((6, 2), f"{number:06d}", fill="#f5f8fc", font=ImageFont.load_default(height // 24))
    return image
