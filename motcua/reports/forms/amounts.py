"""Amounts of money in Vietnamese words, as papers about money carry them. Pure."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", " nghìn", " triệu", " tỷ")
THOUSAND, TEN, FIVE = 1000, 10, 5


def write_amount(amount: int) -> str:
    """Return an amount of dong below a thousand billion in words: `Mười lăm nghìn đồng`. Raises `ValueError`."""
    if not 0 <= amount < THOUSAND ** len(SCALES):
        raise ValueError(f"{amount} has no words here")
    groups: list[int] = []
    rest = amount
    while rest:
        rest, group = divmod(rest, THOUSAND)
        groups.append(group)
    words = [
        _write_group(group, is_first=place == len(groups) - 1) + SCALES[place]
        for place, group in reversed(list(enumerate(groups)))
        if group
    ]
    text = " ".join(words) or DIGITS[0]
    return f"{text[0].upper()}{text[1:]} đồng"


def _write_group(group: int, *, is_first: bool) -> str:
    """Return three digits in words; all but the first group say their hundreds even where there are none."""
    hundreds, tens, units = group // 100, group // TEN % TEN, group % TEN
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or not is_first else []
    if tens > 1:
        words.append(f"{DIGITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif units and words:
        words.append("linh")
    if units:
        words.append(_write_unit(units, tens))
    return " ".join(words)


def _write_unit(units: int, tens: int) -> str:
    if units == FIVE and tens:
        return "lăm"
    return "mốt" if units == 1 and tens > 1 else DIGITS[units]
