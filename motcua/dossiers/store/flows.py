"""The ward's flows by their days of effect, and the steps of each flow that a dossier ever had, by their digest."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from motcua.desk import Reader, count_changes, forget, read_once
from motcua.dossiers.model.flow import (
    DEFAULT_FLOW,
    Flow,
    FlowScope,
    FlowTarget,
    FlowVersion,
    compute_flow_digest,
    parse_flow,
    write_flow,
)

Row = tuple[str, str, str | None]
"""Target, first day and JSON of a version; None where it is withdrawn."""


def create(db: Reader) -> None:
    """Make the tables, and let dossiers have a flow, due moments of its steps, and others that came with them.

    `dues` is a JSON list of moments of 16 characters: `step_due` is cut out of it, as a column may not call JSON.
    """
    db.execute(
        "CREATE TABLE flow_versions (target TEXT NOT NULL, since TEXT NOT NULL, flow TEXT, changed_at TEXT NOT NULL,"
        " account INTEGER, PRIMARY KEY (target, since)) STRICT"
    )
    count_changes(db, "flow_versions")
    db.execute("CREATE TABLE flow_steps (digest TEXT PRIMARY KEY, flow TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("ALTER TABLE desk_dossiers ADD COLUMN flow TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE desk_dossiers ADD COLUMN dues TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE desk_dossiers ADD COLUMN linked TEXT")
    db.execute(
        "ALTER TABLE desk_dossiers ADD COLUMN step_due TEXT"
        " GENERATED ALWAYS AS (nullif(substr(dues, 3 + 20 * step, 16), '')) VIRTUAL"
    )
    db.execute("DROP INDEX desk_dossiers_board")
    db.execute("CREATE INDEX desk_dossiers_board ON desk_dossiers (state, due_on, step, holder, procedure, flow)")
    db.execute(
        "CREATE INDEX desk_dossiers_step_due ON desk_dossiers (state, step_due, due_on, step, holder, procedure, flow)"
    )
    db.execute("CREATE INDEX desk_dossiers_linked ON desk_dossiers (linked) WHERE linked IS NOT NULL")


def list_in_force(db: Reader, day: str) -> Mapping[str, Flow]:
    """Return the flows of the ward on `day`, by target."""
    rows = read_once(db, "flow_versions", _read_rows)
    return _parse_all(tuple({target: (target, text) for target, since, text in rows if since <= day}.values()))


def list_flow_versions(db: Reader) -> list[FlowVersion]:
    """Return all versions by target, the newest day first."""
    query = "SELECT target, since, flow, changed_at, account FROM flow_versions ORDER BY target, since DESC"
    return [
        FlowVersion(parse_target(row[0]), row[1], _parse(row[2]) if row[2] else None, row[3], row[4])
        for row in db.execute(query)
    ]


def save_flow_version(db: Reader, version: FlowVersion) -> None:
    """Write a version in the place of one of the same target and day."""
    forget(db)
    text = None if version.flow is None else write_flow(version.flow)
    db.execute(
        "INSERT OR REPLACE INTO flow_versions (target, since, flow, changed_at, account) VALUES (?,?,?,?,?)",
        (str(version.target), version.since, text, version.changed_at, version.account),
    )


def keep_flow(db: Reader, flow: Flow) -> str:
    """Write the steps of a flow that a dossier gets, once; return their digest, empty for the program's usual ones."""
    if digest := compute_flow_digest(flow):
        db.execute("INSERT OR IGNORE INTO flow_steps (digest, flow) VALUES (?,?)", (digest, write_flow(flow)))
    return digest


def get_flow(db: Reader, digest: str) -> Flow:
    """Return the flow with this digest, the usual one of the program for none."""
    if not digest:
        return DEFAULT_FLOW
    row = db.execute("SELECT flow FROM flow_steps WHERE digest = ?", (digest,)).fetchone()
    return _parse(row[0]) if row else DEFAULT_FLOW


def list_flows(db: Reader) -> dict[str, Flow]:
    """Return each flow that a dossier ever had, by digest; the program's usual one first."""
    rows = db.execute("SELECT digest, flow FROM flow_steps ORDER BY digest")
    return {"": DEFAULT_FLOW, **{row[0]: _parse(row[1]) for row in rows}}


def list_places(flows: Mapping[str, Flow], name: str) -> list[str]:
    """Return where steps with this Vietnamese name are, each as `digest:place`."""
    return [
        f"{digest}:{place}" for digest, flow in flows.items() for place, step in enumerate(flow) if step.name[0] == name
    ]


def parse_target(text: str) -> FlowTarget:
    """Return a target from how the store has it."""
    scope, _, key = text.partition(":")
    return FlowTarget(FlowScope(scope), key)


def _read_rows(db: Reader) -> tuple[Row, ...]:
    """Return nothing for a store that an earlier version of the program left, which commands only read."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'flow_versions'").fetchone() is None:
        return ()
    return tuple(db.execute("SELECT target, since, flow FROM flow_versions ORDER BY since, target"))


@lru_cache(maxsize=1024)
def _parse(text: str) -> Flow:
    return parse_flow(text)


@lru_cache(maxsize=8)
def _parse_all(rows: tuple[tuple[str, str | None], ...]) -> Mapping[str, Flow]:
    return MappingProxyType({target: _parse(text) for target, text in rows if text is not None})
