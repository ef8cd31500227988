"""What `agent.toml` says, and which mistake in it is named how."""

from pathlib import Path

import pytest

from motcua.agent.config import Config, DeviceEntry, list_remembered, load, remember
from motcua.agent.errors import AgentError


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("[[device", "agent.toml cannot be read: Expected"),
        ('printers = ""', "agent.toml: there is no setting printers. Valid settings: state, device."),
        ('[printer]\nkind = "file"', "agent.toml: there is no setting printer. Valid settings: state, device."),
        ("device = 3", "agent.toml: [device] must be a group of settings, [[device]]."),
        ('[[device]]\nkind = "printer"', "agent.toml: device[1].name must be a text in quotation marks."),
        (
            '[[device]]\nname = "Máy"\nkind = "printer"\ndriver = "file"',
            "agent.toml: device[1].name: a device name must have only the letters",
        ),
        (
            '[[device]]\nname = "a"\nkind = "printer"\ndriver = "file"\n[[device]]\nname = "a"\nkind = '
            '"pad"\ndriver = "serial"',
            "agent.toml: two devices have the name a.",
        ),
        ('state = ""', "agent.toml: state must be a text in quotation marks."),
    ],
)
def test_a_mistake_in_the_configuration_is_named(tmp_path: Path, config: str, message: str) -> None:
    path = tmp_path / "agent.toml"
    path.write_text(config)
    with pytest.raises(AgentError) as raised:
        load(path)
    assert str(raised.value).startswith(f"{tmp_path}/{message}")


def printing_to(folder: Path) -> tuple[DeviceEntry, ...]:
    return (DeviceEntry("printer", "printer", "file", {"folder": str(folder)}),)


def test_folders_start_where_the_configuration_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "conf" / "agent.toml"
    path.parent.mkdir()
    device = f'[[device]]\nname = "printer"\nkind = "printer"\ndriver = "file"\nfolder = "{tmp_path}/papers"\n'
    path.write_text(f'state = "memory"\n{device}', encoding="utf-8-sig")
    assert load(path) == Config(tmp_path / "conf" / "memory", printing_to(tmp_path / "papers"))
    path.write_text("")
    assert load(path) == Config(tmp_path / "conf" / "agent-data", printing_to(tmp_path / "conf" / "printed"))
    monkeypatch.chdir(tmp_path)
    assert load(None) == Config(tmp_path / "agent-data", printing_to(tmp_path / "printed"))


def test_devices_of_the_file_know_their_counters_and_those_of_the_settings_page_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "agent.toml"
    path.write_text(
        '[[device]]\nname = "phim-1"\nkind = "keypad"\ndriver = "serial"\nport = "/dev/ttyUSB0"\nprofile = "own.yaml"\n'
        "counters = { 1 = 3, 2 = 4 }\n"
        '[[device]]\nname = "bang-3"\nkind = "sign"\ndriver = "ascii"\ncounter = 3\n'
    )
    keypad, sign = load(path).devices
    assert (keypad.counters, sign.counters) == ([3, 4], [3])
    assert keypad.options["profile"] == str(tmp_path / "own.yaml")
    assert list_remembered(tmp_path) == []
    added = DeviceEntry("loa", "speaker", "aplay", {"volume": 80}, fixed=False)
    remember(tmp_path, [added])
    assert list_remembered(tmp_path) == [added]
    (tmp_path / "devices.json").write_text("[[")
    with pytest.raises(AgentError, match=r"devices\.json cannot be read"):
        list_remembered(tmp_path)
