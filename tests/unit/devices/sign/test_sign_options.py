"""What a line of signs can be told, and the emulator that stands in for one."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from motcua.devices.contract import DeviceError, JobOutcome
from motcua.devices.loading import build_driver
from motcua.devices.sign.emulator import SignEmulator
from tests.unit.devices.sign.by_hand import job, until

SENT = JobOutcome("done", "sent_unconfirmed")


@pytest.mark.parametrize(
    ("driver", "options", "place"),
    [
        ("ascii", {}, "write counter and address"),
        ("ascii", {"counter": 1, "signs": {1: 1}}, "write counter and address"),
        ("ascii", {"counter": 1, "template": "{nummer}"}, "only {address} and {number}"),
        ("ascii", {"counter": 1, "lost": "NO DESK"}, "lost: a sign with 5 places"),
        ("ascii", {"signs": {-1: 1}}, "addresses count from 0"),
        ("modbus", {"counter": 1, "address": 0}, "a Modbus address is 1 to 247"),
        ("modbus", {"counter": 1, "idle": "HALLO"}, "idle: a sign with 4 places"),
        ("modbus", {"counter": 1, "register": 65535, "digits": "segments"}, "the last register is 65535"),
    ],
)
def test_options_that_cannot_work_are_named(driver: str, options: dict[str, Any], place: str) -> None:
    with pytest.raises(DeviceError) as refused:
        build_driver("sign", driver, {"port": "/dev/none", **options})
    assert place in str(refused.value)


@pytest.mark.parametrize("driver", ["ascii", "modbus"])
def test_an_emulator_says_how_it_is_driven_and_draws_what_it_shows(driver: str, tmp_path: Path) -> None:
    emulator = SignEmulator("bien", {1: 4}, driver, link=str(tmp_path / "line"))
    emulator.start()
    entry = emulator.describe_entry()
    assert (entry["kind"], entry["driver"], entry["signs"]) == ("sign", driver, {"1": 4})
    built = build_driver(
        entry["kind"], entry["driver"], {k: v for k, v in entry.items() if k not in {"name", "kind", "driver"}}
    )
    built.open()
    dark = emulator.draw_picture()
    built.work("sign", job(4, "0105"[-4:]))
    until(lambda: emulator.get_state()["text"], "0105")
    lit = emulator.draw_picture()
    assert dark is not None
    assert lit is not None
    pixels = {colour for _count, colour in Image.open(io.BytesIO(lit)).convert("RGB").getcolors(99_999) or ()}
    assert (255, 48, 32) in pixels
    assert dark != lit
    for handle in emulator.list_handles():
        emulator.do(handle.code)
    with pytest.raises(ValueError, match="explode"):
        emulator.do("explode")
    assert emulator.get_state()["plugged"] is False
    built.close()
    emulator.stop()
