"""Time limits and fees of a procedure in words, in both languages."""

from collections.abc import Iterable

from motcua.desk.messages import LANGUAGES, mark, translate_into_each
from motcua.procedures.model import Fee, LimitUnit, TimeLimit

Texts = dict[str, str]
"""A text by language."""
UNIT_LABELS = {
    LimitUnit.SAME_DAY: mark("on the same day"),
    LimitUnit.WORKING_DAYS: mark("working days"),
    LimitUnit.DAYS: mark("calendar days"),
}
_DAYS = {
    LimitUnit.SAME_DAY: (mark("on the same day"), mark("on the same day")),
    LimitUnit.WORKING_DAYS: (mark("1 working day"), mark("%(count)s working days")),
    LimitUnit.DAYS: (mark("1 day"), mark("%(count)s days")),
}
_SEPARATORS = {"vi": ".", "en": ","}


def write_limits(limits: Iterable[TimeLimit]) -> Texts:
    """Return time limits as a sentence; empty for none."""
    return _join(map(write_limit, limits))


def write_limit(limit: TimeLimit) -> Texts:
    """Return a time limit in words, with its case before and what is to be known of it behind."""
    one, several = _DAYS[limit.unit]
    texts = translate_into_each(one if limit.count == 1 else several, {"count": limit.count})
    if limit.is_added:
        texts = _fill(mark("%(text)s more"), text=texts)
    return _frame(texts, limit.case, limit.source, is_verified=limit.is_verified)


def write_fees(fees: Iterable[Fee]) -> Texts:
    """Return fees as a sentence; empty for none."""
    return _join(map(write_fee, fees))


def write_fee(fee: Fee) -> Texts:
    """Return a fee in words: its prices by unit, its maximum, its case."""
    if fee.amount == 0 and not fee.tiers:
        return _frame(translate_into_each(mark("free of charge")), fee.case, fee.source, is_verified=fee.is_verified)
    parts = [_write_price(fee.amount, fee.per)]
    parts += [
        _fill(
            mark("from %(unit)s %(first)s on %(price)s"),
            unit=choose_text(fee.per),
            first=dict.fromkeys(LANGUAGES, str(tier.first)),
            price=_write_price(tier.amount, fee.per),
        )
        for tier in fee.tiers
    ]
    if fee.maximum is not None:
        parts.append(_fill(mark("at most %(price)s"), price=_write_price(fee.maximum, fee.maximum_per)))
    texts = {language: ", ".join(part[language] for part in parts) for language in LANGUAGES}
    return _frame(texts, fee.case, fee.source, is_verified=fee.is_verified)


def write_sum(amount: int) -> Texts:
    """Return a sum of money with its currency."""
    sums = {language: f"{amount:,}".replace(",", sign) for language, sign in _SEPARATORS.items()}
    return _fill(mark("%(sum)s VND"), sum=sums)


def choose_text(pair: tuple[str, str]) -> Texts:
    """Return a text in both languages; the Vietnamese one where there is no English one."""
    return {"vi": pair[0], "en": pair[1] or pair[0]}


def _write_price(amount: int, per: tuple[str, str]) -> Texts:
    price = write_sum(amount)
    return _fill(mark("%(price)s for each %(unit)s"), price=price, unit=choose_text(per)) if per[0] else price


def _frame(texts: Texts, case: tuple[str, str], source: str, *, is_verified: bool) -> Texts:
    if case[0]:
        before = choose_text(case)
        texts = {language: f"{before[language]}: {texts[language]}" for language in LANGUAGES}
    if source:
        texts = {language: f"{texts[language]} ({source})" for language in LANGUAGES}
    return texts if is_verified else _fill(mark("%(text)s (unverified)"), text=texts)


def _fill(message: str, **params: Texts) -> Texts:
    """Return `message` in each language, filled with the texts of that language."""
    return {
        language: translate_into_each(message, {name: texts[language] for name, texts in params.items()})[language]
        for language in LANGUAGES
    }


def _join(sentences: Iterable[Texts]) -> Texts:
    parts = list(sentences)
    return {language: "; ".join(part[language] for part in parts) for language in LANGUAGES}
