"""The analysis: a process that has the face model and no network, and answers each frame with a few numbers.

`python -m motcua.vision.child MODEL` reads frames on standard input and ends when that does. A systemd service with
`StandardInput=socket` runs the same, one process a connection.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

from motcua.vision.errors import VisionError
from motcua.vision.frames import CHANNELS, CameraFrame, encode_reading, receive_frame
from motcua.vision.gates import FrameReading, explain_darkness, read_frame
from motcua.vision.isolation import Isolation, enter_isolation
from motcua.vision.no_traces import leave_no_trace

WARMING = (64, 64)
"""The first picture takes longest, so it is one that nobody waits for."""


def main(arguments: list[str]) -> int:
    """Give up the network, load the model, say `{"isolation"}` or `{"failed", "params"}`, then answer frames."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this ends it, not a Ctrl-C meant for all
    out = _take_output()
    try:
        isolation = enter_isolation()
        leave_no_trace()
        detector = _make_detector(Path(arguments[0]))
    except VisionError as error:
        params = {name: str(value) for name, value in error.params.items()}
        _say(out, {"failed": error.message, "params": params, "kind": type(error).__name__})
        return 1
    _say(out, {"isolation": isolation})
    with detector:
        room = bytearray()
        while (frame := receive_frame(sys.stdin.buffer, room)) is not None:
            _say(out, encode_reading(_read(detector, frame)))
    return 0


def _take_output() -> IO[bytes]:
    """Keep standard output for the answers; whatever a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _make_detector(model: Path) -> Any:
    from motcua.vision.detector import Detector

    detector = Detector(model)
    _read(detector, CameraFrame(0, *WARMING, bytes(WARMING[0] * WARMING[1] * CHANNELS)))
    return detector


def _read(detector: Any, frame: CameraFrame) -> FrameReading:
    import numpy as np

    blue_first = np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, CHANNELS)
    faces = detector.list_faces(detector.cv2.cvtColor(blue_first, detector.cv2.COLOR_BGR2RGB))
    reading = read_frame([face.measures for face in faces], frame.gates)
    return explain_darkness(reading, lambda: float(blue_first.mean()))


def _say(out: IO[bytes], answer: dict[str, Any] | dict[str, Isolation]) -> None:
    out.write(json.dumps(answer).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        os._exit(0)  # who asked is gone
