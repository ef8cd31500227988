"""What becomes of a record that came: new, newer, the same, older, or of a dossier that this desk took in. Pure."""

from collections.abc import Iterable, Mapping

from motcua.copies import replace
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.exchange.model.records import DifferenceKind, MergePlan, ProvincialRecord, RecordDifference, RecordOutcome

_RANKS = {
    DossierState.RECEIVED: 0,
    DossierState.SUPPLEMENT: 1,
    DossierState.PROCESSING: 1,
    DossierState.FEE_DUE: 1,
    DossierState.READY: 2,
    DossierState.RETURNED: 3,
    DossierState.REFUSED: 3,
    DossierState.STOPPED: 3,
    DossierState.WITHDRAWN: 3,
}
"""How far a dossier has come in each state."""
Verdict = tuple[RecordOutcome, RecordDifference | None]


def compare_record(stored: ProvincialRecord | None, record: ProvincialRecord) -> Verdict:
    """Return what becomes of `record` in the face of what is stored; an older one never takes its place.

    Where both say when they changed, the later one is newer, and nobody need look. Otherwise it is the one whose
    dossier has come further, and the other one is a difference for a person.
    """
    if stored is None:
        return RecordOutcome.ADDED, None
    order = compare_changes(stored.changed_there, record.changed_there)
    if replace(record, changed_there="") == replace(stored, changed_there=""):
        return (RecordOutcome.CHANGED if order > 0 else RecordOutcome.SAME), None
    if order < 0:
        return RecordOutcome.OLDER, None
    if order == 0 and _RANKS[record.state] < _RANKS[stored.state]:
        return RecordOutcome.OLDER, RecordDifference(
            record.code, DifferenceKind.OLDER, stored.state.value, record.state.value
        )
    if order == 0 and stored.state.is_over and record.state != stored.state:
        return RecordOutcome.OLDER, RecordDifference(
            record.code, DifferenceKind.ENDED, stored.state.value, record.state.value
        )
    return RecordOutcome.CHANGED, None


def compare_changes(stored: str, came: str) -> int:
    """Return 1 where `came` is later, -1 where it is earlier, 0 where nobody can say: also on one day without hours."""
    length = min(len(stored), len(came))
    before, after = stored[:length], came[:length]
    return (after > before) - (after < before)


def compare_own(dossier: Dossier, record: ProvincialRecord) -> list[RecordDifference]:
    """Return in what another system differs from a dossier that this desk took in, which is never changed by it."""
    differences = []
    if dossier.state != record.state:
        differences.append(
            RecordDifference(record.code, DifferenceKind.OWN_STATE, dossier.state.value, record.state.value)
        )
    if record.due_on is not None and dossier.due_on not in {None, record.due_on}:
        differences.append(RecordDifference(record.code, DifferenceKind.OWN_DUE, dossier.due_on or "", record.due_on))
    return differences


def make_plan(
    records: Iterable[ProvincialRecord],
    stored: Mapping[str, ProvincialRecord],
    dossiers: Mapping[str, Dossier],
    draft: MergePlan,
) -> MergePlan:
    """Return `draft` with what the records do; of one code that comes twice the newer counts."""
    current = dict(stored)
    outcomes: dict[str, RecordOutcome] = {}
    differences: dict[tuple[str, DifferenceKind], RecordDifference] = {}
    agreed: dict[str, None] = {}
    rows = 0
    for record in records:
        rows += 1
        code = record.code
        if (dossier := dossiers.get(code)) is not None:
            outcomes[code] = RecordOutcome.OWN
            wrong = compare_own(dossier, record)
            for kind in (DifferenceKind.OWN_STATE, DifferenceKind.OWN_DUE):
                differences.pop((code, kind), None)
        else:
            outcome, difference = compare_record(current.get(code), record)
            wrong = [difference] if difference else []
            if outcome in {RecordOutcome.ADDED, RecordOutcome.CHANGED}:
                current[code] = record
                outcomes[code] = RecordOutcome.ADDED if code not in stored else outcome
            else:
                outcomes.setdefault(code, outcome)
        differences.update({(code, item.kind): replace(item, system=draft.system) for item in wrong})
        if not wrong:
            agreed[code] = None
    written = tuple(
        current[code] for code, outcome in outcomes.items() if outcome in {RecordOutcome.ADDED, RecordOutcome.CHANGED}
    )
    different = {code for code, _kind in differences}
    return replace(
        draft,
        rows=rows,
        written=written,
        differences=tuple(differences.values()),
        agreed=tuple(code for code in agreed if code not in different),
        counts={outcome: sum(one is outcome for one in outcomes.values()) for outcome in RecordOutcome},
    )
