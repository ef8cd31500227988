"""The code that opens the first set-up from another computer."""

from motcua.bookings.rules import clean_booking_code
from motcua.run.serving import make_setup_code


def test_every_code_that_is_shown_is_known_again_however_it_is_typed() -> None:
    for _ in range(500):
        code = make_setup_code()
        assert (
            clean_booking_code(code)
            == clean_booking_code(code.lower())
            == clean_booking_code(code.replace("2", "Z"))
            == code.replace("-", "")
        )
