"""Invented people who hand in dossiers, plainly invented. Pure: the same for the same seed."""

from datetime import date, timedelta

from msgspec import Struct

from motcua.demo.chance import Chance
from motcua.dossiers.model.applicant import Sex

PEOPLE = 600
"""So many people live in the simulated ward; some come more than once."""
PROVINCE = "003"
"""No province has this code, so that no ID number of the demo can be somebody's."""
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLE_NAME = "Mẫu"
"""Vietnamese for a sample: everybody sees that nobody is called so."""
GIVEN_NAMES = {
    Sex.MALE: ("An", "Bảo", "Cường", "Dũng", "Hải", "Hùng", "Khoa", "Long", "Minh", "Phúc", "Sơn", "Tuấn"),
    Sex.FEMALE: ("Chi", "Dung", "Hà", "Hoa", "Hương", "Lan", "Mai", "Ngọc", "Oanh", "Thảo", "Vân", "Yến"),
}
BORN_FIRST, BORN_LAST = date(1948, 1, 1), date(2006, 12, 31)
CENTURY_DIGITS = {(19, Sex.MALE): 0, (19, Sex.FEMALE): 1, (20, Sex.MALE): 2, (20, Sex.FEMALE): 3}
"""What the fourth digit of an ID number says. Decree 137/2015/NĐ-CP, article 7."""
CARD_SEXES = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
CARD_ISSUED = "15042021"
NEIGHBOURHOODS = 12


class DemoApplicant(Struct, frozen=True):
    """A person; `birth` is a day."""

    name: str
    number: str
    birth: date
    sex: Sex
    address: str
    phone: str

    @property
    def card(self) -> str:
        """Return what a scanner types from the code on the person's identity card."""
        sex = CARD_SEXES[self.sex]
        return f"{self.number}||{self.name}|{self.birth:%d%m%Y}|{sex}|{self.address}|{CARD_ISSUED}"

    def describe(self) -> dict[str, str]:
        """Return the person as the officer's page sends them."""
        return {
            "name": self.name, "number": self.number, "birth": self.birth.isoformat(), "sex": self.sex.value,
            "address": self.address, "phone": self.phone,
        }  # fmt: skip


def draw_applicant(seed: int, visit: str) -> DemoApplicant:
    """Return who comes with the number `visit` and hands in a dossier."""
    place = Chance(f"{seed} {visit} applicant").draw_whole(1, PEOPLE)
    chance = Chance(f"{seed} person {place}")
    sex = chance.pick(tuple(Sex))
    birth = BORN_FIRST + timedelta(days=chance.draw_whole(0, (BORN_LAST - BORN_FIRST).days))
    digit = CENTURY_DIGITS[birth.year // 100, sex]
    return DemoApplicant(
        name=f"{chance.pick(FAMILY_NAMES)} {MIDDLE_NAME} {chance.pick(GIVEN_NAMES[sex])}",
        number=f"{PROVINCE}{digit}{birth:%y}{place:06d}",
        birth=birth,
        sex=sex,
        address=f"Tổ dân phố {chance.draw_whole(1, NEIGHBOURHOODS)}, Phường Mẫu",
        phone=f"0900{place:06d}",
    )
