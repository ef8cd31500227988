"""A file of flows: what it changes."""

from collections.abc import Mapping

from msgspec import Struct, field

from motcua.dossiers.model.flow import Flow, FlowTarget
from motcua.typed.sheet_columns import SheetMistake
from motcua.typed.sheet_readings import ValuedRow


class FlowChange(Struct, frozen=True):
    """The flow of `target` from the day `since` on, in the place of `before`, which holds until then; None for none."""

    target: FlowTarget
    since: str
    before: Flow | None
    flow: Flow | None


class FlowPlan(Struct, frozen=True):
    """What a file would change, the earlier days first, or what is wrong with its rows in the face of this desk."""

    changes: tuple[FlowChange, ...]
    mistakes: tuple[SheetMistake, ...] = ()


class FlowFile(Struct, frozen=True):
    """The rows of a file, whose SHA-256 is `digest`, and the changes that somebody looked at."""

    rows: tuple[ValuedRow, ...]
    digest: str
    changes: tuple[FlowChange, ...]
    account: int | None = None


class FlowFacts(Struct, frozen=True):
    """What this desk says about a file: its versions of flows, who signs in, and its catalogue by day.

    `versions` are flows by target and first day, None where withdrawn. `accounts` are numbers by sign-in name;
    `disabled` are those that cannot sign in. `procedures` and `fields` are what the catalogue has on each day.
    """

    versions: Mapping[FlowTarget, Mapping[str, Flow | None]]
    accounts: Mapping[str, int]
    disabled: frozenset[int] = frozenset()
    procedures: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
