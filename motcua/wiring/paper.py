"""Words on paper that both the print page and the agent's printers use. The screens have the same in `parts/range.js`."""

from motcua.desk import parse, zone
from motcua.queue.model import Range
from motcua.settings.model import Bilingual

MINUTE_S = 60


def minutes(found: Range) -> tuple[int, int]:
    """Return a range in whole minutes, rounded outwards."""
    return found.p50_s // MINUTE_S, max(1, -(-found.p80_s // MINUTE_S))


def wait_words(found: Range | None) -> Bilingual | None:
    """Return a range of a wait in words, e.g. "khoảng 10 phút", "dưới 5 phút"; None where nobody knows."""
    if found is None:
        return None
    low, high = minutes(found)
    if low == 0:
        return f"dưới {high} phút", f"under {high} min"
    said = str(high) if low >= high else f"{low}\N{EN DASH}{high}"
    return f"khoảng {said} phút", f"about {said} min"


def clock_words(at: str | None, timezone: str) -> str | None:
    """Return a stored time as the desk's wall clock shows it, "09:00"."""
    return parse(at).astimezone(zone(timezone)).strftime("%H:%M") if at else None
