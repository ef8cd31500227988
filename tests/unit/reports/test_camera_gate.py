"""No page, call, socket, file or command tells whose visit had which smile index.

Two desks differ in nothing else (twin_desks.py), so what differs between their answers is a leak.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from motcua.cli.commands import COMMANDS
from motcua.cli.commands import run as run_command
from motcua.desk import Reader, Refused
from motcua.feedback import actions
from motcua.reports.camera.readings import read_desk, read_officer_expression
from motcua.reports.kinds import REPORTS
from motcua.reports.values import Period
from motcua.staff.model import Role
from motcua.web.access import CALLS, PAGES, SOCKETS
from motcua.web.guard import ACCESS
from tests.conftest import TODAY
from tests.unit.reports.twin_desks import HEAD, OFFICERS, SLICES, Twin, list_paths, make_twins, open_twin, strip
from tests.waiting import wait_until

pytestmark = pytest.mark.thorough
ROLES: list[Role | None] = [None, *Role]
WITHOUT_FIGURES = {
    "init": "makes a new desk",
    "serve": "its pages, calls and sockets are tried one by one",
    "run": "as serve",
    "token": "prints tokens",
    "account": "names people",
    "tls": "certificates",
    "backup": "the whole store, for whoever has the disk",
    "restore": "the whole store, for whoever has the disk",
    "agent": "knows nothing of the desk",
    "devices": "knows nothing of the desk",
    "voice": "knows nothing of the desk",
    "demo": "a desk of its own",
    "simulate": "no desk",
    "docs": "no desk",
    "bank": "no desk: it pays a code as a banking app does",
    "emulate": "no desk: it answers as another system",
    "camera": "no desk: images, models and calibration of whoever calls it",
    "poster": "settings and pressed ratings; it reads no report",
}
"""Commands that are not tried, with the reason."""
Door = Callable[[Twin], bytes]
LOOKS = 3


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_twins(tmp_path_factory.mktemp("twins"))


@pytest.fixture
def twins(folders: tuple[Path, Path], tmp_path: Path) -> Iterator[tuple[Twin, Twin]]:
    """Lend both desks, on copies of their folders."""
    copies = [Path(shutil.copytree(folder, tmp_path / folder.name)) for folder in folders]
    one, other = open_twin(copies[0]), open_twin(copies[1])
    yield one, other
    for twin in (one, other):
        twin.desk.stop()


def list_doors(twin: Twin, methods: frozenset[str]) -> Iterator[tuple[str, Door]]:
    """Yield each way of asking over HTTP by those methods: its name, and how one asks by it.

    Whoever may not ask at all does not ask for slices: he is turned away before they are read.
    """
    slices = f"?{SLICES % twin.names['visit']}"
    for rule in twin.app.url_map.iter_rules():
        for method in sorted(methods & (rule.methods or set())):
            for path, role in product(list_paths(rule, twin.names), ROLES):
                for query in ("", slices) if is_let_in(rule.endpoint, role) else ("",):
                    name = f"{rule.endpoint} {method} {path}{query} {role}"
                    yield name, partial(Twin.ask, method=method, path=path + query, role=role)


def is_let_in(endpoint: str, role: Role | None) -> bool:
    roles = ACCESS.get(endpoint)
    return roles is None or role in roles


def list_sockets() -> Iterator[tuple[str, Door]]:
    for namespace, role in product(SOCKETS, ROLES):
        yield f"{namespace} {role}", partial(Twin.hear, namespace=namespace, role=role)


def find_leaks(twins: tuple[Twin, Twin], doors: Iterator[tuple[str, Door]]) -> list[str]:
    """Return the doors whose answers differ each time that they are asked.

    What still changes, as a socket that is just closing, differs once; a leak differs always.
    """
    one, other = twins
    return [name for name, door in doors if all(door(one) != door(other) for _look in range(LOOKS))]


def test_the_desks_figures_are_shown_at_both_and_are_the_same(twins: tuple[Twin, Twin]) -> None:
    seen = []
    for twin in twins:
        with twin.desk.read() as db:
            seen.append(read_desk(db, Period(TODAY, TODAY)))
    assert seen[0] == seen[1]
    assert seen[0].hidden is None
    assert (seen[0].readings, seen[0].pairs, seen[0].served) == (132, 132, 132)
    answer = twins[0].ask("GET", f"/api/v1/reports/camera?from={TODAY}&to={TODAY}", Role.LEADER)
    assert b'{"figure":"Median","score":52,"n":132}' in answer.replace(b" ", b"")


def test_no_page_and_no_call_that_is_read_tells_whose_index_is_whose(twins: tuple[Twin, Twin]) -> None:
    doors = list(list_doors(twins[0], frozenset({"GET"})))
    asked = {name.split()[0] for name, _door in doors}
    assert {name for name in (*PAGES, *CALLS) if name not in asked and is_read(twins[0], name)} == set()
    assert find_leaks(twins, iter(doors)) == []


def is_read(twin: Twin, endpoint: str) -> bool:
    return any(rule.endpoint == endpoint and "GET" in (rule.methods or ()) for rule in twin.app.url_map.iter_rules())


def test_no_call_that_changes_something_tells_it(twins: tuple[Twin, Twin]) -> None:
    assert find_leaks(twins, list_doors(twins[0], frozenset({"POST", "PUT", "PATCH", "DELETE"}))) == []


def test_no_socket_tells_it(twins: tuple[Twin, Twin]) -> None:
    assert find_leaks(twins, list_sockets()) == []
    assert b"snapshot" in twins[0].hear("/leaders", Role.LEADER)


def test_a_reading_that_comes_in_is_told_to_nobody(twins: tuple[Twin, Twin]) -> None:
    listeners = []
    for twin, scores in zip(twins, ((11, 88), (88, 11)), strict=True):
        places = [(namespace, role) for namespace, roles in SOCKETS.items() for role in sorted(roles or ())]
        listeners += [(place[0], client) for place in places if (client := twin.listen(*place)) is not None]
        twin.serve_two(scores)
    assert {namespace for namespace, _client in listeners} >= {
        "/wall",
        "/kiosk",
        "/counter",
        "/pad",
        "/leaders",
        "/agent",
    }
    heard: dict[int, list[Any]] = {place: [] for place in range(len(listeners))}

    def has_heard_of_the_end(place: int) -> bool:
        namespace, client = listeners[place]
        heard[place] += client.get_received(namespace)
        return bool(heard[place])

    for place in heard:
        wait_until(partial(has_heard_of_the_end, place))
    for namespace, client in listeners:
        client.disconnect(namespace)
    assert not re.search(r"score|quality|smile_index|expression", repr(heard))
    assert find_leaks(twins, list_sockets()) == []
    doors = (door for door in list_doors(twins[0], frozenset({"GET"})) if door[0].endswith(("None", "leader")))
    assert find_leaks(twins, doors) == []


def list_commands() -> dict[str, list[list[str]]]:
    """Return what is asked of each command that reads a desk, without the folder."""
    days = ["--from", TODAY, "--to", TODAY]
    return {
        "report": [
            [report.id, *days, "--format", kind, "--lang", language]
            for report in REPORTS
            if not report.needs
            for kind in ("json", "csv")
            for language in ("vi", "en")
        ],
        "journal": [["export"], ["verify"]],
        "config": [["export", "-"]],
        "check": [["--json"]],
        "replay": [["--day", TODAY, "--json"]],
    }


def test_no_command_tells_it(folders: tuple[Path, Path], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert set(COMMANDS) - list_commands().keys() - WITHOUT_FIGURES.keys() == set()
    told: list[list[bytes]] = []
    for folder in folders:
        told.append([])
        for command, asked in list_commands().items():
            for arguments in asked:
                run_command([command, *arguments, "--data", str(folder)])
                told[-1].append(strip(capfdbinary.readouterr().out, folder))
    assert all(told[0])
    assert told[0] == told[1]


SLICED = {
    "by officer": "officer",
    "by counter": "counter",
    "by hour": "substr(at, 1, 13)",
    "by visit": "visit",
    "by service": "substr(visit, 1, 10)",
}


@pytest.mark.parametrize("column", SLICED.values(), ids=SLICED.keys())
@pytest.mark.parametrize("figure", ["score", "quality"])
def test_a_planted_leak_of_each_slice_is_caught(twins: tuple[Twin, Twin], column: str, figure: str) -> None:
    def leak(twin: Twin) -> bytes:
        with twin.desk.read() as db:
            rows: dict[Any, list[int]] = {}
            for name, value in db.execute(f"SELECT {column}, {figure} FROM expressions").fetchall():  # noqa: S608
                rows.setdefault(name, []).append(value)
        return repr({name: median(values) for name, values in rows.items()}).encode()

    assert find_leaks(twins, iter([("planted", leak)])) == ["planted"]


def test_a_leak_that_is_planted_into_the_pages_is_caught(twins: tuple[Twin, Twin]) -> None:
    for twin in twins:

        def plant(response: Any, twin: Twin = twin) -> Any:
            with twin.desk.read() as db:
                response.headers["X-Smile"] = str(mean_of(db, OFFICERS[0]))
            return response

        twin.app.after_request(plant)
    doors = list_doors(twins[0], frozenset({"GET"}))
    assert find_leaks(twins, iter([next(doors)])) != []


def mean_of(db: Reader, officer: int) -> float:
    row = db.execute("SELECT avg(score) FROM expressions WHERE officer = ?", (officer,)).fetchone()
    return float(row[0])


def test_the_query_by_officer_tells_it_only_while_the_head_has_opened_it(twins: tuple[Twin, Twin]) -> None:
    def look(twin: Twin) -> bytes:
        with twin.desk.read() as db:
            try:
                return repr(read_officer_expression(db, OFFICERS[0], Period(TODAY, TODAY), TODAY).median).encode()
            except Refused as refusal:
                return refusal.code.encode()

    assert [look(twin) for twin in twins] == [b"camera.officer_view_off"] * 2
    for twin in twins:
        twin.desk.do(actions.open_officer_view, HEAD, "Kiểm tra theo yêu cầu của đoàn thanh tra")
    assert look(twins[0]) != look(twins[1])
    for twin in twins:
        twin.desk.do(actions.close_officer_view)
    assert [look(twin) for twin in twins] == [b"camera.officer_view_off"] * 2
