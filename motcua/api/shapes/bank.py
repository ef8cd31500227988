"""Answers of the calls about a bank's messages."""

from typing import Literal

from motcua.api.shapes.base import ApiShape


class BankAnswer(ApiShape):
    """What became of a message: `paid`, `listed` for a person, or `ignored` because no money came in.

    The same message again gets the same answer.
    """

    status: Literal["paid", "listed", "ignored"]


class BankSecret(ApiShape):
    """The secret that signs the bank's messages; it is shown this once."""

    secret: str
