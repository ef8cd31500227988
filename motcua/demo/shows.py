"""The two ways to see a simulated hall: one day as fast as it goes, or day after day at a pace one can watch."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from motcua.demo import founding, summary
from motcua.demo.cables import DemoError, DisturbedError
from motcua.demo.devices import DemoDevices
from motcua.demo.hall import FIRST_DAY, Demo
from motcua.desk import Refused
from motcua.desk.private import make_folder

Print = Callable[[str], None]
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 -- names are made by tempfile
"""The folder of a hall that is removed afterwards: in memory if the system has such a folder, as nothing in it need
outlive the power."""


@contextmanager
def lend_folder(path: Path | None) -> Iterator[Path]:
    """Lend the folder `path`, made if needed, or one that is removed afterwards.

    Raises `Refused("demo.folder")` unless it is empty.
    """
    if path is None:
        with tempfile.TemporaryDirectory(prefix="motcua-demo-", dir=MEMORY) as temporary:
            yield Path(temporary)
        return
    make_folder(path)
    if any(path.iterdir()):
        raise Refused(
            "demo.folder",
            "%(folder)s is not empty. A demo needs an empty folder. Name a new one or an empty one.",
            folder=path,
        )
    yield path


def run_once(place: Path, port: int, seed: int, say: summary.Say, aside: Print, weeks: int = 0) -> str:
    """Let one day happen in `place` as fast as it goes and return its summary. Raises `DemoError`.

    `weeks` weeks have passed before that day.
    """
    demo = Demo(place, port, seed, None, aside, weeks)
    try:
        aside(f"http://{demo.hall.local}")
        demo.run_day(FIRST_DAY)
        day = summary.read_summary(demo.hall.desk, FIRST_DAY.isoformat())
        demo.hall.settle()
        aside(say("The wall received %(heard)s of %(calls)s calls.", heard=demo.wall_calls, calls=day.calls))
    except DisturbedError as error:
        raise DemoError(str(error)) from error
    finally:
        demo.close()
    return summary.render(day, demo.unit, seed, say)


def watch(
    place: Path, port: int, seed: int, speed: float, say: summary.Say, show: Print, aside: Print, weeks: int = 0
) -> None:
    """Let day after day happen at `speed` until SIGINT or SIGTERM; `show` gets addresses and summaries.

    `weeks` weeks have passed before the first one. Raises `DemoError`.
    """
    counters = len(founding.make_document().counters)
    with DemoDevices(place / "devices", counters, aside) as devices:
        _watch(Demo(place, port, seed, speed, aside, weeks), devices, say, show)


def _watch(demo: Demo, devices: DemoDevices, say: summary.Say, show: Print) -> None:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            for day in demo.list_days():
                demo.run_day(day)
                if demo.stopped:
                    return
                show(summary.render(summary.read_summary(demo.hall.desk, day.isoformat()), demo.unit, demo.seed, say))
        except Exception as error:
            if not demo.stopped:
                failed.append(error)
        finally:
            demo.hall.ask_to_stop()

    try:
        founding.let_agent_serve(demo.hall.desk)
        demo.hall.site.workbench = devices.connect(f"http://{demo.hall.local}", demo.badges.agent)
        for line in list_welcome_lines(demo, say):
            show(line)
        driver = threading.Thread(target=run, name="demo")
        driver.start()
        demo.hall.wait()
        demo.stop()
        driver.join()
    finally:
        devices.close()
        demo.close()
        demo.hall.settle()
    if failed:
        raise DemoError(str(failed[0])) from failed[0]


def list_welcome_lines(demo: Demo, say: summary.Say) -> list[str]:
    """Return what one needs in order to look around: addresses, sign-in, pairing links."""
    home = f"http://{demo.hall.local}"
    links = founding.make_pairing_links(demo.hall.desk, sorted(demo.badges.pads))
    return [
        f"ready {home}",
        say("A simulated hall; nothing in it is real. Everything opens in this computer's browser after signing in:"),
        f"  {home}/sign-in",
        "  " + say("administrator %(admin)s, leader %(leader)s, officers canbo1 to canbo%(officers)s; password "
        "" "%(password)s",
            admin=founding.ADMIN, leader=founding.LEADER, officers=max(demo.badges.officers),
            password=demo.badges.password),
        *(f"  {home}/{path}" for path in ("kiosk", "wall", "pad?counter=1", "counter/1", "leaders", "settings")),
        *([say("The hall's devices, to use and to break:"),
        f"  {devices}"] if (devices := demo.hall.site.workbench) else []),
        say("Links that make another browser one of the hall's screens, once each:"),
        *(f"  {name}: {home}/{path}" for name, path in links.items()),
        say("Stop it with Ctrl-C."),
    ]  # fmt: skip
