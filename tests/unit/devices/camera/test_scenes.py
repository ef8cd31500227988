"""What the emulated camera sees: who stands there in which frame, and that a smile is drawn."""

import pytest
from PIL import ImageChops

from motcua.devices.camera import people, scenes


def test_a_citizen_comes_stays_smiles_and_leaves_again_and_again() -> None:
    seen = [scenes.list_seen(scenes.COME_AND_GO, age) for age in range(2 * scenes.PERIOD)]
    assert seen[: scenes.PERIOD] == seen[scenes.PERIOD :]
    stays = [people_seen[0].smile for people_seen in seen[: scenes.PERIOD] if people_seen]
    assert (seen[0], seen[scenes.PERIOD - 1], stays == sorted(stays)) == ([], [], True)
    assert (stays[0], stays[-1]) == (0, people.SMILE_STEPS)
    walked = [people_seen[0].x for people_seen in seen[: scenes.PERIOD] if people_seen]
    assert walked[0] < 0 < walked[len(walked) // 2]


@pytest.mark.parametrize(
    ("scene", "smiles"),
    [(scenes.NOBODY, []), (scenes.SERIOUS, [0]), (scenes.SMILING, [people.SMILE_STEPS]), (scenes.TWO, [0, 2])],
)
def test_a_chosen_scene_stays(scene: str, smiles: list[int]) -> None:
    for age in (people.SMILE_STEPS, 5_000):
        assert [person.smile for person in scenes.list_seen(scene, age)] == smiles


def test_whoever_stands_there_does_not_stand_quite_still_and_an_unknown_scene_is_refused() -> None:
    assert len({scenes.list_seen(scenes.SERIOUS, age)[0] for age in range(32)}) > 1
    with pytest.raises(ValueError, match="crowd"):
        scenes.list_seen("crowd", 0)


@pytest.mark.thorough
def test_a_smile_changes_the_mouth_and_no_two_frames_are_alike() -> None:
    serious, smiling = people.draw_person(0), people.draw_person(people.SMILE_STEPS)
    box = ImageChops.difference(serious.convert("RGB"), smiling.convert("RGB")).getbbox()
    assert box is not None
    assert box[1] > people.HEIGHT * 0.35
    frames = [scenes.draw_scene(scenes.NOBODY, 0, number) for number in (1, 2)]
    assert frames[0].tobytes() != frames[1].tobytes()
