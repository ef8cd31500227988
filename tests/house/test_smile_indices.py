"""Smile indices are read in one place, which gives out what may be seen; a new reader of their table is found here."""

import ast
import re

import pytest

from tests.house.sources import PACKAGE, list_modules, nodes_of, text_of

TABLE = re.compile(r"\b(FROM|JOIN|INTO|UPDATE|TABLE)\s+expressions\b")
PLACES = {
    "reports/camera/readings.py": "the one reader: figures of the desk, and by officer while the head allows it",
    "feedback/store/camera.py": "writes and erases; one visit's row is read where a second reading comes",
    "audit/camera.py": "compares with the journal whether there is a score, never which",
}
"""Where SQL may name the table, with the reason."""
ROW_READERS = {"feedback/actions/camera.py", "feedback/store/camera.py", "feedback/store/__init__.py"}
"""Where one visit's row may be asked for: it is written once, and erased when its citizen withdraws."""


def names_table(nodes: object) -> bool:
    """Say whether a string of these nodes is SQL about the table."""
    return any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(TABLE.search(node.value))
        for node in nodes  # type: ignore[attr-defined]
    )


def test_sql_names_the_table_in_few_places() -> None:
    naming = {
        path.relative_to(PACKAGE).as_posix()
        for path in list_modules()
        if "expressions" in text_of(path) and names_table(nodes_of(path))
    }
    assert naming == PLACES.keys()


def test_one_visits_row_is_asked_for_by_the_camera_actions_alone() -> None:
    asking = {path.relative_to(PACKAGE).as_posix() for path in list_modules() if "find_expression" in text_of(path)}
    assert asking == ROW_READERS


@pytest.mark.parametrize(
    ("text", "is_sql"),
    [
        ("SELECT avg(score) FROM expressions GROUP BY counter", True),
        ("SELECT 1 FROM ratings r JOIN expressions e ON e.visit = r.visit", True),
        ("(SELECT *, score IS NOT NULL FROM expressions)", True),
        (" LEFT JOIN expressions e", True),
        ("Return regular expressions.", False),
    ],
)
def test_the_check_knows_sql_from_prose(text: str, is_sql: bool) -> None:
    assert bool(TABLE.search(text)) == is_sql
