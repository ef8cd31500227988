"""People who do not exist, with cards for emulators and tests. Their numbers begin with 000, which is no province's."""

from datetime import date

ELDEST, ELDER, YOUNG = 80, 65, 30
_CARD = "000{:03d}000{:03d}||{}|{:%d%m%Y}|{}|Số 0 Đường Thử Nghiệm, Phường Không Có|01012022"
_HEALTH = "GD0000000000000|{}|01/01/1990|1|{}|00 - 000|-|01/01/2026|-|00000000000|-|4|01/01/2020|0-0|$"
_PEOPLE = {ELDEST: ("CỤ THỬ MẪU", "Nữ"), ELDER: ("BÁC THỬ MẪU", "Nam"), YOUNG: ("ANH THỬ MẪU", "Nam")}


def make_card(years: int, today: date) -> bytes:
    """Return the card of a person who is `years` old in the year of `today`, one of 80, 65 and 30; no line end."""
    name, sex = _PEOPLE[years]
    return _CARD.format(years, years, name, date(today.year - years, 1, 1), sex).encode()


def make_health_card() -> bytes:
    """Return a health insurance card: split alike, but with names in hexadecimal."""
    name, address = "Anh Thử Mẫu".encode().hex(), "Phường Không Có".encode().hex()
    return _HEALTH.format(name, address).encode()
