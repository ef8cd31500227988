"""What a camera costs: a frame beside the bare call of its model, two cameras beside a working desk, memory.

The frames are one public-domain portrait, moved a little each time. Nothing is captured: what a camera or a network
stream costs to decode comes on top.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count, cycle
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any

from motcua.agent.config import STATE
from motcua.vision.analysis import Analysis
from motcua.vision.detector import FACES_MAX, load_cv2
from motcua.vision.errors import VisionError
from motcua.vision.frames import CameraFrame
from motcua.vision.model_file import get_model_path, read_model
from motcua.vision.offline import load_mediapipe, load_tasks

from . import limits
from .client import Http
from .crowds import fill, open_all
from .hall import client, set_up_counters
from .process import get_processor_s, get_resident_mib
from .run import Run
from .spread import Spread
from .walls import SocketIo, Walls

SIDE_PX = 640
TURNS, QUICK_TURNS, FRAMES = 8, 3, 25
CAMERAS, FRAMES_A_SECOND = 2, 5
CALLS, QUICK_CALLS = 400, 100
GAP_S = 0.04
READY_S = 120.0
LOOK_S = 0.002
"""How often is looked whether a reading is there; looking costs time of the processor too."""
DONE = 200


def camera(run: Run) -> None:
    """Measure the camera, or say in one line why not."""
    model = get_model_path(Path(STATE))
    try:
        read_model(model)
        frames = list(_make_frames())
        load_mediapipe()
    except (VisionError, ImportError) as error:
        print(f"  the camera is not measured: {error}", file=sys.stderr)
        return
    _read_frames(run, model, frames)
    _look_beside_desk(run, model, frames)


def _make_frames() -> Iterator[Any]:
    """Yield pictures of a head and shoulders, red first. Raises `ImportError` without scikit-image."""
    from skimage import data

    cv2, astronaut = load_cv2(), data.astronaut()
    for shift in range(FRAMES):
        part = astronaut[0:260, 80 + shift : 340 + shift]
        yield cv2.resize(part, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)


def _to_frame(picture: Any, at_s: float) -> CameraFrame:
    return CameraFrame(at_s, SIDE_PX, SIDE_PX, picture[..., ::-1].tobytes())


@contextmanager
def _analysed(model: Path, cameras: int = 1) -> Iterator[list[Analysis]]:
    """Start so many analyses and wait until they have the model. Raises `RuntimeError`."""
    analyses = [Analysis(model) for _ in range(cameras)]
    try:
        for analysis in analyses:
            analysis.start()
        until = perf_counter() + READY_S
        while not all(analysis.is_ready() for analysis in analyses):
            if perf_counter() > until or not all(analysis.is_alive() for analysis in analyses):
                raise RuntimeError(f"the analysis did not start: {analyses[0].problem}")
            sleep(0.01)
        yield analyses
    finally:
        for analysis in analyses:
            analysis.stop()


def _read_frames(run: Run, model: Path, pictures: list[Any]) -> None:
    """Compare the processor's time of a frame, this process's share included, with that of the bare call, by turns."""
    mediapipe, (base_options, vision) = load_mediapipe(), load_tasks()
    options = vision.FaceLandmarkerOptions(
        base_options=base_options(model_asset_path=str(model)),
        num_faces=FACES_MAX,
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    images = [mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=picture) for picture in pictures]
    frames = [_to_frame(picture, number) for number, picture in enumerate(pictures)]
    took: tuple[list[float], list[float]] = ([], [])
    waits: list[float] = []
    with vision.FaceLandmarker.create_from_options(options) as bare, _analysed(model) as [analysis]:
        for turn in range(QUICK_TURNS + 1 if run.quick else TURNS + 1):
            for place in (0, 1) if turn % 2 else (1, 0):
                work = partial(_read_all, analysis, frames, waits) if place == 0 else partial(_detect, bare, images)
                used = process_time() + get_processor_s(analysis.pid or 0)
                work()
                if turn:  # the first one warms up
                    took[place].append(process_time() + get_processor_s(analysis.pid or 0) - used)
        memory = get_resident_mib(analysis.pid or 0)
    value, reference = (median(seconds) / FRAMES * 1000 for seconds in took)
    run.report.put(limits.CAMERA_FRAME.judge(value, reference))
    run.report.add("  from the frame to its reading, p50", median(waits) * 1000, "ms")
    run.report.put(limits.CAMERA_MEMORY.judge(memory))


def _read_all(analysis: Analysis, frames: list[CameraFrame], waits: list[float]) -> None:
    for frame in frames:
        start = perf_counter()
        analysis.submit(frame)
        while analysis.is_busy():
            sleep(LOOK_S)
        waits.append(perf_counter() - start)
    readings = [reading for reading in analysis.take() if reading.reading.reason is None]
    if len(readings) != len(frames):
        raise RuntimeError(f"{len(readings)} of {len(frames)} frames were read")


def _detect(bare: Any, images: list[Any]) -> None:
    for image in images:
        if not bare.detect(image).face_blendshapes:
            raise RuntimeError("the bare call found no face")


def _look_beside_desk(run: Run, model: Path, pictures: list[Any]) -> None:
    """Time calls until the wall has them, before and while two cameras look."""
    hall = set_up_counters(run.folder, "camera")
    calls = QUICK_CALLS if run.quick else CALLS
    with hall.served() as server, _analysed(model, CAMERAS) as analyses, ExitStack() as stack:
        open_all(server, hall)
        fill(server, hall, 3 * calls)  # the two halves of the counters do not serve the same people
        wall = stack.enter_context(Walls(1, partial(SocketIo, server.address, "/wall", {"token": hall.wall})))
        counters = {number: stack.enter_context(client(server, token)) for number, token in hall.counters.items()}
        turns = cycle(counters.items())
        idle = Spread.of_seconds([_call(wall, *next(turns)) for _ in range(calls)])
        used, start = sum(get_processor_s(analysis.pid or 0) for analysis in analyses), perf_counter()
        with _fed(analyses, pictures) as read:
            busy = Spread.of_seconds([_call(wall, *next(turns)) for _ in range(calls)])
        passed = perf_counter() - start
        share = (sum(get_processor_s(analysis.pid or 0) for analysis in analyses) - used) / passed
    run.report.put(limits.CAMERA_SHARE.judge(share * 100))
    run.report.put(limits.CAMERA_CALL.judge(busy.p99, idle.p99))
    run.report.add("  frames read meanwhile", read[0] / passed, "1/s")


@contextmanager
def _fed(analyses: list[Analysis], pictures: list[Any]) -> Iterator[list[int]]:
    """Let the cameras look meanwhile; how many frames were read is the one number of the list."""
    stopping, read = threading.Event(), [0]
    feeder = threading.Thread(target=_feed, args=(analyses, pictures, stopping, read), daemon=True)
    feeder.start()
    try:
        yield read
    finally:
        stopping.set()
        feeder.join()


def _feed(analyses: list[Analysis], pictures: list[Any], stopping: threading.Event, read: list[int]) -> None:
    frames = [_to_frame(picture, 0) for picture in pictures]
    due = perf_counter()
    for number in count():
        for analysis in analyses:
            read[0] += len(analysis.take())
            analysis.submit(frames[number % len(frames)])
        due += 1 / FRAMES_A_SECOND
        if stopping.wait(max(due - perf_counter(), 0)):
            return


def _call(wall: Walls, number: int, counter: Http) -> float:
    """Call the next at counter `number` and finish; return the seconds until the wall had the call."""
    path = f"/api/v1/counters/{number}"
    took = wall.round(partial(counter.send, "POST", f"{path}/call-next", b"{}"), b'["call",')
    status, answer = counter.receive()
    if status != DONE:
        raise RuntimeError(f"{status} {answer.decode()}")
    counter.post(f"{path}/finish")
    wall.serve(GAP_S)
    return took
