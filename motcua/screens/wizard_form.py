"""The first set-up's form: what was filled in, what is wrong in it, and the document and accounts it makes.

Knows no page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.desk import Invalid
from motcua.settings.model import Settings
from motcua.settings.values import WEEKDAYS
from motcua.setup import template
from motcua.setup.document import Document, build, to_plain
from motcua.setup.mistakes import Mistakes
from motcua.setup.passwords import hash_new
from motcua.staff import rules
from motcua.staff.model import Account, Role
from motcua.typed.codes import clean_name, make_skeleton
from motcua.typed.lines import clean_line, clean_secret
from motcua.web.language import translate

PEOPLE_MAX = 60
LONGEST = 2000
"""No field of the form takes more; what is longer is too long for each of them anyway."""
UNIT = ("name", "centre", "address", "phone")
PERSON = ("full_name", "name", "role", "counter", "password")
LEAST_ROWS = 6
WARD = "ward"


@dataclass
class Filled:
    """A form as it was sent: texts by field name, and what is wrong by field name.

    `accounts` still hold plain passwords.
    """

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    document: Document | None = None
    accounts: list[Account] = field(default_factory=list)

    def count_rows(self) -> int:
        """Return how many people the form has room for."""
        rows = [int(match[1]) for name in self.values if (match := re.fullmatch(r"person-(\d+)-\w+", name))]
        return min(max([LEAST_ROWS - 1, *rows]) + 1, PEOPLE_MAX)

    def list_texts(self) -> dict[str, str]:
        """Return the texts to fill the form with again; passwords are typed anew."""
        return {name: value for name, value in self.values.items() if "password" not in name}


def prefill(document: Document) -> Filled:
    """Return the empty form: the template's centre and hours, no names."""
    whole = to_plain(document)
    values = {f"hours-{day}": ", ".join(whole["hours"][day]) for day in WEEKDAYS}
    return Filled({**values, "unit-centre": whole["unit"]["centre"], "admin-role": Role.ADMIN.value})


def read(form: Mapping[str, str], base: Document, *, with_settings: bool) -> Filled:
    """Read the form; without `with_settings` only its people count. `errors` is empty when all of it can be used."""
    filled = Filled(
        {name: (clean_secret if "password" in name else clean_line)(value[:LONGEST]) for name, value in form.items()}
    )
    filled.document = _document(filled, base) if with_settings else base
    counters = {counter.number for counter in base.counters}
    settings = (filled.document or base).settings
    admin = _account(filled, "admin", Role.ADMIN.value, counters, settings)
    if filled.values.get("admin-password", "") != filled.values.get("admin-password-again", ""):
        filled.errors["admin-password-again"] = translate("The two passwords differ.")
    people = [
        _account(filled, f"person-{row}", "", counters, settings)
        for row in range(filled.count_rows())
        if _is_filled(filled, row)
    ]
    filled.accounts = [account for account in (admin, *people) if account is not None]
    return filled


def _is_filled(filled: Filled, row: int) -> bool:
    return any(filled.values.get(f"person-{row}-{name}") for name in ("full_name", "name"))


def _document(filled: Filled, base: Document) -> Document | None:
    fields = to_plain(base)
    fields["unit"] = {name: filled.values.get(f"unit-{name}", "") for name in UNIT}
    fields["hours"] = {day: read_sessions(filled.values.get(f"hours-{day}", "")) for day in WEEKDAYS}
    try:
        return build(fields)
    except Mistakes as error:
        for mistake in error.mistakes:
            parts = re.split(r"[.\[]", mistake.place)
            filled.errors.setdefault("-".join(parts[:2]), translate(mistake.message, dict(mistake.params)))
    return None


def read_sessions(written: str) -> list[str]:
    """Return hours as the settings file writes them from how people do: "7h30 - 11h30; 13:00-17:00" is two sessions."""
    parts = [part for part in re.split(r"[,;]", written) if part.strip()]
    return ["-".join(_time(end) for end in re.split("\\s*[-\u2013\u2014]\\s*", part.strip())) for part in parts]


def _time(written: str) -> str:
    match = re.fullmatch(r"(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?)?", written.strip())
    return f"{int(match[1]):02d}:{match[2] or '00'}" if match else written.strip()


def _account(filled: Filled, prefix: str, role: str, counters: set[int], settings: Settings) -> Account | None:
    """Return the account of one group of fields, None when something is wrong in it."""
    person = {name: filled.values.get(f"{prefix}-{name}", "") for name in PERSON}
    person["name"] = clean_name(person["name"])
    wrong = len(filled.errors)
    counter: int | None = None
    checks: dict[str, Any] = {"full_name": rules.read_full_name, "name": rules.read_sign_in_name}
    checks["password"] = lambda text: hash_new(text, settings, person["name"], person["full_name"])
    for name, check in checks.items():
        try:
            check(person[name])
        except Invalid as error:
            filled.errors[f"{prefix}-{name}"] = translate(error.message, error.params)
    name_fields = [
        other
        for other in filled.values
        if other.endswith("-name") and other != f"{prefix}-name" and not other.startswith("unit")
    ]
    if person["name"] and any(
        make_skeleton(filled.values[other]) == make_skeleton(person["name"]) for other in name_fields
    ):
        filled.errors[f"{prefix}-name"] = translate("Another person has this sign-in name, or one that looks like it.")
    if person["counter"]:
        counter = int(person["counter"]) if person["counter"].isdecimal() else None
        if counter not in counters:
            filled.errors[f"{prefix}-counter"] = translate("There is no such counter.")
    if not role and person["role"] not in {Role.OFFICER.value, Role.LEADER.value, Role.ADMIN.value}:
        filled.errors[f"{prefix}-role"] = translate("Choose the role of this person.")
    if len(filled.errors) > wrong:
        return None
    return Account(
        0,
        person["name"],
        person["full_name"],
        "",
        Role(role or person["role"]),
        counter,
        person["password"],
        disabled=False,
    )


def load_base(name: str) -> Document:
    """Return the document that a new desk starts from: the template `name`, the ward's where there is none of that
    name.
    """
    return template.load(name if name in template.list_names() else WARD)
