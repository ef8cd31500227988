"""Files of flows by property: any bytes are read or refused, and what is written is read again."""

import operator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.desk.errors import find_refusal
from motcua.dossiers.model.flow import DEFAULT_FLOW, FlowScope, FlowStep, FlowTarget, FlowVersion, StepRole
from motcua.dossiers.model.flow_file import FlowFacts
from motcua.dossiers.rules.flow_files.json_rows import describe_flow_file
from motcua.dossiers.rules.flow_files.planning import plan_flow_file
from motcua.dossiers.rules.flow_files.reading import write_cells
from motcua.reports.sheet import defuse
from motcua.typed.lines import clean_line
from motcua.typed.sheet_columns import write_book
from tests.unit.dossiers.flow_rows import FIRST, HEADINGS, ask, write, write_json

KEYS = ("scope", "key", "since", "steps", "name", "share_percent", "role", "code")
ROLES = ("usual", "immediate", "2027-01-04", "leader", "100")
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=9)
    | st.sampled_from(ROLES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
LOOSE = st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5), max_size=3).map(
    lambda made: write_json(*made)
)


@pytest.mark.thorough
@given(
    st.one_of(st.binary(max_size=300), st.builds(operator.add, st.just(write(FIRST)), st.binary(max_size=80)), LOOSE)
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    refusal = find_refusal(partial(ask, content))
    if refusal is not None:
        assert refusal.code.startswith("flows.")
        return
    reading = ask(content)
    assert reading.count == 0 or reading.rows == ()
    plan_flow_file(reading.rows, FlowFacts({}, {"hoa": 7}))


NAMES = st.text("aăâđêôơư KÝỦ-.,", min_size=1, max_size=30).map(clean_line).filter(bool)
STEPS = st.lists(st.tuples(NAMES, st.integers(0, 9), st.sampled_from(list(StepRole))), max_size=10)


@pytest.mark.thorough
@given(STEPS, st.booleans())
def test_what_is_written_is_read_again(steps: list[tuple[str, int, StepRole]], is_json: bool) -> None:
    rest = 90 - sum(share for _name, share, _role in steps)
    between = [FlowStep(f"step-{n}", (name, ""), share, role) for n, (name, share, role) in enumerate(steps)]
    flow = (replace(DEFAULT_FLOW[0], share_percent=rest), *between, replace(DEFAULT_FLOW[-1], account=7))
    versions = [
        FlowVersion(FlowTarget(FlowScope.USUAL), "2026-01-01", flow, ""),
        FlowVersion(FlowTarget(FlowScope.USUAL), "2027-01-01", None, ""),
    ]
    names = {7: "hoa"}
    content = (
        write_json(*describe_flow_file(versions, names))
        if is_json
        else write_book(HEADINGS, [list(map(defuse, row)) for one in versions for row in write_cells(one, names)])
    )
    reading = ask(content)
    assert reading.mistakes == ()
    changes = plan_flow_file(reading.rows, FlowFacts({}, {"hoa": 7})).changes
    assert [(one.since, one.flow) for one in changes] == [("2026-01-01", flow), ("2027-01-01", None)]
