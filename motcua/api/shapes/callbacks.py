"""Body and answer of the call by which somebody asks to be called."""

from motcua.api.shapes.base import ApiShape, Strict
from motcua.api.texts import Code, Line


class NewCallback(Strict):
    """Whom to call about what. `topic` is a service's code or `other`. `agrees` must be true, else nothing is kept."""

    phone: Line
    topic: Code
    question: Line = ""
    agrees: bool = False


class CallbackReceipt(ApiShape):
    """The day until which somebody calls; the same answer for a number that waits already."""

    due_on: str
