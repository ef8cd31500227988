"""Proposals in the store, and what is laid before people about them as one text, which can be erased."""

import hashlib
from typing import Any, cast

from msgspec import to_builtins
from msgspec.json import decode

from motcua.desk import Reader, Stamps, Unknown, texts
from motcua.desk.journal import canonicalise
from motcua.work.model import Evidence, OfficerProposal, ProposalKind, ProposalPaper, ProposalState

_COLUMNS = (
    "id, officer, kind, first, last, author, drafted_at, state, grounds, evidence, asked_by, asked_at, due_on, answer,"
    " answered_at, has_declined, signer, signed_at, paper, withdrawn_by, withdrawn_at, reason"
)
_PROPOSAL = f"SELECT {_COLUMNS} FROM proposals"
STAMPS = [
    Stamps(
        "proposals",
        ["drafted_at", "asked_at", "answered_at", "signed_at", "withdrawn_at"],
        where="drafted_at >= :since OR asked_at >= :since OR answered_at >= :since OR signed_at >= :since"
        " OR withdrawn_at >= :since",
    )
]


def create_proposals(db: Reader) -> None:
    """Make the table of proposals."""
    db.execute(
        "CREATE TABLE proposals (id INTEGER PRIMARY KEY AUTOINCREMENT, officer INTEGER NOT NULL, kind TEXT NOT NULL,"
        " first TEXT NOT NULL, last TEXT NOT NULL, author INTEGER, drafted_at TEXT NOT NULL, state TEXT NOT NULL,"
        " grounds TEXT, evidence TEXT, asked_by INTEGER, asked_at TEXT, due_on TEXT, answer TEXT, answered_at TEXT,"
        " has_declined INTEGER NOT NULL, signer INTEGER, signed_at TEXT, paper TEXT, withdrawn_by INTEGER,"
        " withdrawn_at TEXT, reason TEXT) STRICT"
    )
    db.execute("CREATE INDEX proposals_of ON proposals (officer, id)")
    db.execute("CREATE INDEX proposals_open ON proposals (id) WHERE state IN ('drafted', 'asked', 'answered')")


def _read(row: Any) -> OfficerProposal:
    values = [*row]
    values[2], values[7], values[15] = ProposalKind(row[2]), ProposalState(row[7]), bool(row[15])
    return OfficerProposal(*values)


def get_proposal(db: Reader, number: int) -> OfficerProposal:
    """Return the proposal with this number. Raises `Unknown("proposal.unknown")`."""
    row = db.execute(f"{_PROPOSAL} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("proposal.unknown", "There is no such proposal.")
    return _read(row)


def get_proposal_of(db: Reader, officer: int, number: int) -> OfficerProposal:
    """Return a proposal that `officer` can see. Raises `Unknown("proposal.unknown")`, for a draft and another's too."""
    proposal = get_proposal(db, number)
    if proposal.officer != officer or not proposal.is_for_officer:
        raise Unknown("proposal.unknown", "There is no such proposal.")
    return proposal


def add_proposal(db: Reader, proposal: OfficerProposal) -> int:
    """Write a new draft and return its number."""
    query = (
        "INSERT INTO proposals (officer, kind, first, last, author, drafted_at, state, has_declined)"
        " VALUES (?,?,?,?,?,?,?,0)"
    )
    values = (
        proposal.officer, proposal.kind.value, proposal.first, proposal.last, proposal.author, proposal.drafted_at,
        proposal.state.value,
    )  # fmt: skip
    return cast(int, db.execute(query, values).lastrowid)


def save_proposal(db: Reader, proposal: OfficerProposal) -> None:
    """Write what changes of a proposal."""
    query = (
        "UPDATE proposals SET state = ?, grounds = ?, evidence = ?, asked_by = ?, asked_at = ?, due_on = ?, answer = ?,"
        " answered_at = ?, has_declined = ?, signer = ?, signed_at = ?, paper = ?, withdrawn_by = ?, withdrawn_at = ?,"
        " reason = ? WHERE id = ?"
    )
    values = (
        proposal.state.value, proposal.grounds, proposal.evidence, proposal.asked_by, proposal.asked_at,
        proposal.due_on, proposal.answer, proposal.answered_at, int(proposal.has_declined), proposal.signer,
        proposal.signed_at, proposal.paper, proposal.withdrawn_by, proposal.withdrawn_at, proposal.reason, proposal.id,
    )  # fmt: skip
    db.execute(query, values)


def list_open_proposals(db: Reader, limit: int) -> list[OfficerProposal]:
    """Return the proposals that are neither signed nor withdrawn, the newest first."""
    query = f"{_PROPOSAL} WHERE state IN ('drafted', 'asked', 'answered') ORDER BY id DESC LIMIT ?"
    return [_read(row) for row in db.execute(query, (limit,))]


def list_closed_proposals(db: Reader, limit: int) -> list[OfficerProposal]:
    """Return the proposals that are signed or withdrawn, the newest first."""
    query = f"{_PROPOSAL} WHERE state IN ('signed', 'withdrawn') ORDER BY id DESC LIMIT ?"
    return [_read(row) for row in db.execute(query, (limit,))]


def list_proposals_about(db: Reader, officer: int, limit: int) -> list[OfficerProposal]:
    """Return the proposals about `officer`, the newest first."""
    query = f"{_PROPOSAL} WHERE officer = ? ORDER BY id DESC LIMIT ?"
    return [_read(row) for row in db.execute(query, (officer, limit))]


def write_evidence(evidence: Evidence | ProposalPaper) -> str:
    """Return evidence or a paper as its one text: canonical JSON."""
    return canonicalise(to_builtins(evidence))


def find_evidence(db: Reader, commitment: str | None) -> Evidence | None:
    """Return the evidence behind `commitment`, None where there is none (any more)."""
    text = texts.find_text(db, commitment)
    return None if text is None else decode(text, type=Evidence)


def find_paper(db: Reader, commitment: str | None) -> ProposalPaper | None:
    """Return the signed paper behind `commitment`, None where there is none (any more)."""
    text = texts.find_text(db, commitment)
    return None if text is None else decode(text, type=ProposalPaper)


def compute_seen(proposal: OfficerProposal, evidence: Evidence | None) -> str:
    """Return the digest of everything that somebody decides on: state, grounds, answer and evidence."""
    parts = [
        proposal.id, proposal.state.value, proposal.grounds, proposal.answer, proposal.has_declined,
        write_evidence(evidence) if evidence else None,
    ]  # fmt: skip
    return hashlib.sha256(canonicalise(parts).encode()).hexdigest()
