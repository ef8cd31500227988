"""Bodies of the calls about results that go by post."""

from motcua.api.shapes.base import Strict
from motcua.api.texts import Line


class NewMailing(Strict):
    """To whom a result is sent: the whole address with house, street, ward and province."""

    name: Line
    address: Line
    phone: Line = ""
