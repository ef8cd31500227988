"""A small hall for tests: a real desk in a temporary folder, on a clock that moves only when told to."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

from motcua.catalogue import store as catalogue
from motcua.catalogue.model import Group, Service
from motcua.counters import store as counters
from motcua.counters.model import Counter
from motcua.desk import Desk, ManualClock, SeededEntropy, Tx
from motcua.settings import store as settings
from motcua.settings.model import (
    Choice,
    DayOff,
    OpeningHours,
    Priority,
    QueueRules,
    RatingRules,
    Session,
    Settings,
    WorkingDay,
)
from motcua.setup import passwords
from motcua.setup.rooms import ROOMS
from motcua.vision.offline import EXCEPTIONS, PROXIES
from tests import constants, routes, templates, workers
from tests.forked import prepare
from tests.passwords import CHEAP
from tests.run_folder import MEMORY
from tests.schemas import compute_once
from tests.selection import is_of_other_parts
from tests.steps import apply_once

IS_CI = os.environ.get("CI") == "true"
sys.dont_write_bytecode = False  # hundreds of programs are started from the same files: compiled once, as by `make`
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
for _name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[_name]  # whoever talks to this computer needs none, and not every library knows that

passwords.COST = CHEAP
hypothesis.settings.register_profile(
    "motcua",
    deadline=None,  # how long an example takes says how busy the computer is
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # so does this
    derandomize=IS_CI,  # what a change breaks is found where it is written; a check of it gives the same answer twice
    print_blob=True,
)
hypothesis.settings.register_profile(
    "fast", hypothesis.settings.get_profile("motcua"), max_examples=100 if IS_CI else 20
)
hypothesis.settings.load_profile("motcua")
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 8 in the morning at the desk."""
TODAY = "2026-11-23"
HOURS = (Session(450, 690), Session(780, 1020))
RANKS = {"disabled": 1, "pregnant": 1, "elder75": 1, "merit": 2, "elder60": 3, "ordinary": 4}
SETTINGS = Settings(
    hours=OpeningHours(*(HOURS,) * 5, (), ()),
    days_off=(DayOff("2027-01-01", "Tết Dương lịch"), DayOff("2026-11-24", "Nghỉ bù")),
    working_days=(
        WorkingDay("2026-11-28", (Session(480, 660),), "Làm bù"),
        WorkingDay("2027-01-01", (Session(540, 600),)),
    ),
    queue=QueueRules(
        hold_reasons=(Choice("documents", ("Chờ bổ sung giấy tờ", "Waiting for papers")),),
        pause_reasons=(Choice("break", ("Nghỉ giải lao", "Break")),),
        call_reasons=(Choice("waiting-inside", ("Đang chờ trong phòng", "Waiting inside")),),
    ),
    rating=RatingRules(reasons=(Choice("slow", ("Chậm", "Slow")), Choice("rude", ("Thái độ", "Manner")))),
    priorities=tuple(Priority(code, rank, (code, code)) for code, rank in RANKS.items()),
)
GROUPS = [
    Group(letter, (name, name)) for letter, name in {"A": "Chứng thực", "H": "Hộ tịch", "K": "Hộ kinh doanh"}.items()
]
GROUP_OF = {"copy": "A", "signature": "A", "birth": "H", "business": "K"}
SERVICES = [Service(code, letter, (code, code)) for code, letter in GROUP_OF.items()]
SERVED_AT = {1: ("copy", "signature"), 2: ("copy", "birth"), 3: ("birth", "business")}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run have workers."""
    parser.addoption("--workers", type=int, default=0, help="how many processes the tests are divided among")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the folders of `tmp_path` where all folders of this run are, and let nothing be computed or looked
    through twice.
    """
    config.option.basetemp = config.option.basetemp or Path(MEMORY) / "tmp_path"
    compute_once()
    routes.compile_once()
    templates.compile_once()
    apply_once()
    constants.look_at_ours()
    if config.option.workers and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        prepare("serving")  # imports the program while the tests are collected
    gc.disable()  # until all tests are collected: nothing that is imported becomes garbage


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import no file all of whose tests are of other parts."""
    return True if is_of_other_parts(collection_path, config.option.markexpr) else None


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Divide the tests among workers, if any are asked for."""
    return workers.run(session, session.config.option.workers)


def pytest_collection_finish() -> None:
    """Collect garbage from now on, but never look through what was imported, not even in the end: 1.7 s."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 500)
    gc.enable()


def set_up(tx: Tx, chosen: Settings = SETTINGS) -> None:
    """Write the small hall through the stores."""
    settings.save(tx.db, chosen)
    catalogue.replace_all(tx.db, GROUPS, SERVICES)
    counters.replace_all(tx.db, [Counter(number, "", services) for number, services in SERVED_AT.items()])


@dataclass
class Hall:
    """A desk, its clock and its folder."""

    desk: Desk
    clock: ManualClock
    folder: Path


def reopen(folder: Path, seed: int = 1) -> Hall:
    """Return the hall whose store is in `folder` already, on Monday at 8; another `seed` draws what was not drawn."""
    clock = ManualClock(START)
    return Hall(Desk(folder / "desk.db", ROOMS, clock, SeededEntropy(seed), settings.get_timezone), clock, folder)


def build(folder: Path, chosen: Settings = SETTINGS) -> Hall:
    """Return the small hall, newly made in `folder`; stop its desk when done."""
    made = reopen(folder)
    made.desk.do(set_up, chosen)
    return made


@pytest.fixture(autouse=True, scope="module")
def ways_out_as_before() -> Iterator[None]:
    """The library that reads faces is loaded with the ways out of this process shut: the tests after it need them."""
    before = {name: os.environ.get(name) for name in (*PROXIES, *EXCEPTIONS)}
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small hall's store once; tests open copies of it."""
    folder = tmp_path_factory.mktemp("template")
    build(folder).desk.stop()
    return folder / "desk.db"


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store of a desk that nobody has set up once; tests open copies of it."""
    folder = tmp_path_factory.mktemp("empty")
    reopen(folder).desk.stop()
    return folder / "desk.db"


@pytest.fixture
def folder() -> Iterator[Path]:
    """Lend an empty folder on a fast disk."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture
def hall(folder: Path, template: Path) -> Iterator[Hall]:
    """Lend the small hall on Monday at 8."""
    shutil.copy(template, folder / "desk.db")
    made = reopen(folder)
    yield made
    made.desk.stop()


@pytest.fixture(scope="module")
def shared_hall(template: Path) -> Iterator[Hall]:
    """Lend one small hall to all tests of a file that are refused or only read."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        shutil.copy(template, Path(name) / "desk.db")
        hall = reopen(Path(name))
        yield hall
        hall.desk.stop()


@pytest.fixture
def desk(hall: Hall) -> Desk:
    """Lend the small hall's desk."""
    return hall.desk


@pytest.fixture
def clock(hall: Hall) -> ManualClock:
    """Lend the small hall's clock."""
    return hall.clock
