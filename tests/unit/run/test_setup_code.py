"""The code that opens the first set-up from another computer."""

from motcua.bookings.rules import typed
from motcua.run.serving import setup_code


def test_every_code_that_is_shown_is_known_again_however_it_is_typed() -> None:
    for _ in range(500):
        code = setup_code()
        assert typed(code) == typed(code.lower()) == typed(code.replace("2", "Z")) == code.replace("-", "")
