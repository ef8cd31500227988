"""A version of a procedure that the ward put into its catalogue, and the requests that make one."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.procedures.model.procedure import Procedure


class ProcedureSource(StrEnum):
    """How a version came: from its page, from a program, from a file."""

    PAGE = "page"
    PROGRAM = "program"
    FILE = "file"


@dataclass(frozen=True)
class ProcedureVersion:
    """What holds of the procedure `code` from the day `since` on; `procedure` is None where it is withdrawn.

    `file` is the SHA-256 in hex of the file that it came from, empty for none. `account` made it, None for a program.
    """

    code: str
    since: str
    procedure: Procedure | None
    source: ProcedureSource
    changed_at: str
    account: int | None = None
    file: str = ""


@dataclass(frozen=True)
class ProcedureRequest:
    """Put `procedure` in force from the day `procedure.since` on.

    `basis` is the digest of what it was made from (`rules.versions.compute_digest`), None where nobody looked.
    """

    procedure: Procedure
    source: ProcedureSource
    account: int | None = None
    basis: str | None = None


@dataclass(frozen=True)
class WithdrawalRequest:
    """Offer the procedure `code` no more from the day `since` on."""

    code: str
    since: str
    source: ProcedureSource
    account: int | None = None


@dataclass(frozen=True)
class ProcedureFile:
    """Procedures of a file, all in force from the day `since` on; `digest` is the SHA-256 of its bytes in hex.

    `basis` has the digest of what each was compared with, by code.
    """

    procedures: tuple[Procedure, ...]
    since: str
    digest: str
    basis: dict[str, str]
    account: int | None = None
