"""The agent carries no library that decodes pictures or reads faces: its processes load them when somebody agreed."""

import subprocess
import sys

import pytest

DRIVES = """
import sys
from motcua.agent.run import Agent
from motcua.devices.loading import build_driver, list_option_schemas
for driver, place in (("mjpeg", {"port": "http://192.0.2.7/"}), ("usb", {"port": "0"}), ("file", {"file": "a.avi"})):
    build_driver("camera", driver, {"counter": 1, **place}).report()
list_option_schemas()
print(*sorted({"cv2", "mediapipe", "numpy"} & set(sys.modules)))
"""


@pytest.mark.process
def test_an_agent_with_cameras_loads_none_of_them() -> None:
    done = subprocess.run([sys.executable, "-c", DRIVES], check=False, capture_output=True, text=True)  # noqa: S603
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
