"""What becomes of a record that came: an older state never takes the place of a newer one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.dossiers.model.dossier import DossierState
from motcua.exchange.model.records import DifferenceKind, MergePlan, ProvincialRecord, RecordOutcome
from motcua.exchange.rules.merging import compare_record, make_plan

RECORD = ProvincialRecord("H29-261102-0001", DossierState.PROCESSING, "2026-11-02", due_on="2026-11-09")
EMPTY = MergePlan("Tỉnh", "x", "d", 0, 0, (), (), (), {})
S = DossierState


@pytest.mark.parametrize(
    ("before", "state", "after", "outcome", "kind"),
    [
        ("", S.READY, "", RecordOutcome.CHANGED, None),
        ("", S.RECEIVED, "", RecordOutcome.OLDER, DifferenceKind.OLDER),
        ("2026-11-03", S.RECEIVED, "2026-11-04", RecordOutcome.CHANGED, None),
        ("2026-11-03", S.READY, "2026-11-02", RecordOutcome.OLDER, None),
        ("2026-11-03T10:00:00", S.READY, "2026-11-03T09:00:00", RecordOutcome.OLDER, None),
        ("2026-11-03T10:00:00", S.RECEIVED, "2026-11-03", RecordOutcome.OLDER, DifferenceKind.OLDER),
        ("2026-11-03T10:00:00", S.READY, "2026-11-03", RecordOutcome.CHANGED, None),
        ("", S.SUPPLEMENT, "", RecordOutcome.CHANGED, None),
        ("", S.PROCESSING, "", RecordOutcome.SAME, None),
        ("2026-11-03", S.PROCESSING, "2026-11-01", RecordOutcome.SAME, None),
    ],
)
def test_the_newer_one_stays(
    before: str, state: DossierState, after: str, outcome: RecordOutcome, kind: DifferenceKind | None
) -> None:
    stored = replace(RECORD, changed_there=before)
    verdict, difference = compare_record(stored, replace(RECORD, state=state, changed_there=after))
    assert (verdict, difference.kind if difference else None) == (outcome, kind)


def test_two_ends_of_one_dossier_are_for_a_person() -> None:
    ended = replace(RECORD, state=S.RETURNED)
    verdict, difference = compare_record(ended, replace(RECORD, state=S.WITHDRAWN))
    assert verdict is RecordOutcome.OLDER
    assert difference is not None
    assert (difference.kind, difference.ours, difference.theirs) == (DifferenceKind.ENDED, "returned", "withdrawn")


MOMENTS = st.sampled_from(["", "2026-11-02", "2026-11-03", "2026-11-03T08:00:00", "2026-11-03T09:00:00"])
RECORDS = st.lists(
    st.builds(
        lambda code, state, changed: replace(RECORD, code=code, state=state, changed_there=changed),
        st.sampled_from(["A-1", "A-2", "A-3"]),
        st.sampled_from(list(DossierState)),
        MOMENTS,
    ),
    max_size=12,
)


@pytest.mark.thorough
@given(RECORDS)
def test_the_same_list_twice_changes_nothing_the_second_time(records: list[ProvincialRecord]) -> None:
    first = make_plan(records, {}, {}, EMPTY)
    stored = {record.code: record for record in first.written}
    assert {record.code for record in records} == stored.keys()
    last_of_each = list({record.code: record for record in first.written}.values())
    again = make_plan(last_of_each, stored, {}, EMPTY)
    assert (again.written, again.differences) == ((), ())


@pytest.mark.thorough
@given(RECORDS, RECORDS)
def test_each_code_has_one_outcome(records: list[ProvincialRecord], more: list[ProvincialRecord]) -> None:
    stored = {record.code: record for record in make_plan(records, {}, {}, EMPTY).written}
    plan = make_plan(more, stored, {}, EMPTY)
    assert sum(plan.counts.values()) == len({record.code for record in more})
    assert len(plan.written) == plan.counts[RecordOutcome.ADDED] + plan.counts[RecordOutcome.CHANGED]
    assert not {item.code for item in plan.differences} & set(plan.agreed)
