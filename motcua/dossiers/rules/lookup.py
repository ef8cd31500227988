"""Looking a dossier up without an account: what proves that somebody may, and when guessing ends. Pure."""

import re
from datetime import datetime, timedelta

from motcua.copies import replace
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.lookup import LookupGuard
from motcua.dossiers.rules.codes import CODE_MAX, make_prefix
from motcua.settings.model import DossierRules

FAILURES_MAX = 5
LOCK_MIN = 60
FACTOR_DIGITS = 4
_DIGITS = re.compile(rf"[0-9]{{{FACTOR_DIGITS}}}", re.ASCII)
_SHORT = re.compile(r"[0-9]{6}-?[0-9]{4,6}", re.ASCII)
_DAY_DIGITS = 6


def is_locked(guard: LookupGuard, now: datetime) -> bool:
    """Say whether nobody may try at `now`."""
    return guard.locked_until is not None and now < guard.locked_until


def count_failure(guard: LookupGuard, now: datetime) -> LookupGuard:
    """Return the guard after one more wrong factor: the fifth in a row locks for an hour, and counting begins again."""
    if guard.failures + 1 < FAILURES_MAX:
        return replace(guard, failures=guard.failures + 1)
    return LookupGuard(0, now + timedelta(minutes=LOCK_MIN))


def is_factor(applicant: Applicant | None, text: str) -> bool:
    """Say whether `text` is the second factor: the last four digits of the phone, or the year of birth."""
    digits = re.sub(r"\s", "", text[:40])
    if applicant is None or not _DIGITS.fullmatch(digits):
        return False
    phone = re.sub(r"[^0-9]", "", applicant.phone)
    return digits in {phone[-FACTOR_DIGITS:] if len(phone) > FACTOR_DIGITS else "", applicant.birth[:FACTOR_DIGITS]}


def has_factor(applicant: Applicant) -> bool:
    """Say whether an applicant left something by which they can look their dossier up."""
    return bool(applicant.phone or applicant.birth)


def complete_dossier_code(text: str, rules: DossierRules) -> str:
    """Return a code as typed, with this desk's own beginning where only its day and number were typed."""
    plain = re.sub(r"\s", "", text[: 4 * CODE_MAX])
    if not _SHORT.fullmatch(plain):
        return plain
    digits = plain.replace("-", "")
    return f"{make_prefix(rules)}-{digits[:_DAY_DIGITS]}-{digits[_DAY_DIGITS:]}"
