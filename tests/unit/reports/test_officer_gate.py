"""An officer's account reaches no other officer's figures, by any page, call, socket or file.

Two desks differ in nothing but how the citizens of two other officers rated, so what differs between the answers that
officer gets is a leak. The sum over all officers is the same at both.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from motcua.staff.model import Role
from motcua.web.access import SOCKETS
from tests.conftest import TODAY
from tests.unit.reports.test_camera_gate import Door, find_leaks
from tests.unit.reports.twin_desks import OFFICERS, SLICES, Twin, list_paths, make_twins, open_twin

pytestmark = pytest.mark.thorough
OWN, *OTHERS = OFFICERS


def trade_ratings(db: sqlite3.Connection) -> None:
    """Let one of the others have the best levels and the other the worst; there are as many of each as before."""
    query = (
        "UPDATE ratings SET level = CASE officer WHEN ? THEN 5 ELSE 1 END WHERE officer IN (?, ?) AND level IN (1, 5)"
    )
    assert db.execute(query, (OTHERS[0], *OTHERS)).rowcount > 20


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Twin, Twin]]:
    folder = tmp_path_factory.mktemp("twins")
    one, other = (
        open_twin(Path(shutil.copytree(made, folder / f"copy-{made.name}")))
        for made in make_twins(folder, trade_ratings)
    )
    yield one, other
    for twin in (one, other):
        twin.desk.stop()


def list_doors(twin: Twin, role: Role, methods: set[str]) -> Iterator[tuple[str, Door]]:
    """Yield each address at which `role` may ask, about the own account and about each of the others."""
    queries = ("", f"?{SLICES % twin.names['visit']}", f"?from={TODAY[:8]}01&to={TODAY}", f"?officer={OTHERS[0]}")
    for rule in twin.app.url_map.iter_rules():
        for method in sorted(methods & (rule.methods or set())):
            paths = set(list_paths(rule, twin.names))
            paths |= {path.replace("/officers/1", f"/officers/{other}") for path in paths for other in OTHERS}
            for path, query in product(sorted(paths), queries):
                yield f"{method} {path}{query}", partial(Twin.ask, method=method, path=path + query, role=role)


def test_what_a_leader_reads_of_the_others_differs(twins: tuple[Twin, Twin]) -> None:
    """Without this the test below could not fail."""
    pages = [f"GET /leaders/officers/{officer}" for officer in (OWN, *OTHERS)]
    doors = [(name, door) for name, door in list_doors(twins[0], Role.LEADER, {"GET"}) if name in pages]
    assert sorted(name for name, _door in doors) == sorted(pages)
    assert find_leaks(twins, iter(doors)) == pages[1:]


@pytest.mark.parametrize("methods", [{"GET"}, {"POST", "PUT", "PATCH", "DELETE"}], ids=["read", "change"])
def test_no_address_tells_an_officer_of_the_others(twins: tuple[Twin, Twin], methods: set[str]) -> None:
    doors = list(list_doors(twins[0], Role.OFFICER, methods))
    if methods == {"GET"}:
        assert b"satisfied" in twins[0].ask("GET", "/my/figures", Role.OFFICER)
        assert {"GET /my/figures", f"GET /leaders/officers/{OTHERS[0]}", "GET /api/v1/reports/officers.csv"} <= {
            name for name, _door in doors
        }
    assert find_leaks(twins, iter(doors)) == []


def test_no_socket_tells_an_officer_of_the_others(twins: tuple[Twin, Twin]) -> None:
    doors = [(name, partial(Twin.hear, namespace=name, role=Role.OFFICER)) for name in SOCKETS]
    assert find_leaks(twins, iter(doors)) == []
