"""What a procedure is: its limits, fees and checklist as values, and its versions in this ward."""

from motcua.procedures.model.procedure import (
    Checklist,
    ChecklistItem,
    Fee,
    FeeTier,
    LimitUnit,
    OnlineLevel,
    PaperForm,
    Procedure,
    SituationChoice,
    SituationQuestion,
    TimeLimit,
)
from motcua.procedures.model.version import (
    ProcedureFile,
    ProcedureRequest,
    ProcedureSource,
    ProcedureVersion,
    WithdrawalRequest,
)
from motcua.procedures.model.words import EverydayWords

__all__ = [
    "Checklist",
    "ChecklistItem",
    "EverydayWords",
    "Fee",
    "FeeTier",
    "LimitUnit",
    "OnlineLevel",
    "PaperForm",
    "Procedure",
    "ProcedureFile",
    "ProcedureRequest",
    "ProcedureSource",
    "ProcedureVersion",
    "SituationChoice",
    "SituationQuestion",
    "TimeLimit",
    "WithdrawalRequest",
]
