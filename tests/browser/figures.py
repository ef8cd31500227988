"""Figures of the API as the leaders' pages write them."""

import math

from tests.browser.conftest import Json


def minutes(seconds: float | None) -> str:
    """Write seconds as the pages do: minutes with a tenth."""
    return "—" if seconds is None else f"{math.floor(seconds / 6 + 0.5) / 10:.1f}".replace(".", ",")


def percent(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10} %"


def share(found: float | None) -> str:
    return "—" if found is None else percent(math.floor(found * 1000 + 0.5))


def waits(found: Json, which: str = "") -> dict[str, str]:
    """Return the cells that a table of waits should have."""
    said = {}
    for key, wait in found["waits"].items():
        for name, figure in wait.items():
            said[f"{key}.{name}{which}"] = str(figure) if name == "n" else minutes(figure)
    return said
