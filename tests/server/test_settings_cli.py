"""Settings at the command line: they go out, come back, and are refused whole with every mistake named."""

from pathlib import Path

import pytest

from tests.server.hall import Served
from tests.server.programs import command, said

pytestmark = pytest.mark.process


def test_settings_go_out_and_come_back_through_the_running_desk(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    data = ("--data", served.folder)
    assert said(command("config", "export", *data, file)) == (0, "", "")
    text = file.read_text(encoding="utf-8")
    assert command("config", "export", *data, "-").stdout == text
    assert said(command("config", "check", file)) == (0, "There is no mistake in these settings.\n", "")
    assert said(command("config", "import", *data, file)) == (0, "", "These settings were in force already.\n")
    changed = text.replace('phone = ""', 'phone = "024 1234 567"')
    assert said(command("config", "import", *data, "-", given=changed)) == (0, "", "These settings are in force now.\n")
    assert command("config", "export", *data, "-").stdout == changed


def test_each_mistake_in_a_settings_file_is_named_by_its_place_and_nothing_changes(
    served: Served, tmp_path: Path
) -> None:
    data = ("--data", served.folder)
    text = command("config", "export", *data, "-").stdout
    file = tmp_path / "settings.toml"
    file.write_text(
        text.replace('letter = "A"', 'letter = "O"').replace("guard_calls = 2", "guard_calls = -1"), encoding="utf-8"
    )
    checked = command("config", "check", *data, file)
    assert (checked.returncode, checked.stderr) == (1, "")
    first = "queue.guard_calls: The smallest number allowed here is 0."
    assert checked.stdout.splitlines()[0] == first
    assert "groups[0].letter: “O” cannot stand before a number" in checked.stdout
    imported = command("config", "import", *data, file)
    assert (imported.returncode, imported.stdout, imported.stderr) == (1, "", checked.stdout)
    assert command("config", "export", *data, "-").stdout == text
    file.write_bytes("name = 'Phường'".encode("utf-16"))
    assert said(command("config", "check", file)) == (2, "", f"{file} is in UTF-16. Save it as UTF-8 and try again.\n")
    assert said(command("config", "check", tmp_path / "none.toml")) == (1, "", f"There is no {tmp_path}/none.toml.\n")


def test_settings_under_which_a_class_would_starve_are_not_imported(served: Served) -> None:
    text = command("config", "export", "--data", served.folder, "-").stdout
    ended = command(
        "config", "import", "--data", served.folder, "-", given=text.replace("guard_calls = 2", "guard_calls = 0")
    )
    assert said(ended) == (
        1,
        "",
        "queue.guard_calls: Without a guard, “Không thuộc diện ưu tiên” could wait forever, because others "
        "who are called earlier keep coming.\n",
    )
    older = command("config", "import", "--data", served.folder, "-", given=text.replace("version = 1", "version = 0"))
    assert said(older) == (1, "", "version: 0 is not a version of the settings file.\n")
    assert command("config", "export", "--data", served.folder, "-").stdout == text


def test_what_the_hall_still_needs_is_not_imported_away(served: Served) -> None:
    place = served.place()
    number = place.issue()["number"]
    text = command("config", "export", "--data", served.folder, "-").stdout
    ended = command(
        "config", "import", "--data", served.folder, "-", given=text.replace(f'"{place.service}"', '"renamed"')
    )
    refused = f"{number} still needs the service {place.service}, which cannot be removed now.\n"
    assert said(ended) == (1, "", refused)
