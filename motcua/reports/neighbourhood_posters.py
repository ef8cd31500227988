"""What stands on the posters of the neighbourhoods, as plain values for their layout. Pure."""

from collections.abc import Sequence
from typing import Any

from motcua.desk.messages import mark
from motcua.posters.model import PAGE_PATHS, PosterPage
from motcua.reports import pdf
from motcua.reports.counter_sheets import make_code
from motcua.reports.values import Phrase
from motcua.reports.wording import Wording
from motcua.settings.model import Neighbourhood, Settings

NEIGHBOURHOOD_LAYOUT = "neighbourhood_posters"
HEADINGS = {
    PosterPage.PAPERS: (mark("Which papers do I need?"), mark("Look before you come")),
    PosterPage.DOSSIERS: (mark("Where is my dossier?"), mark("Have your receipt at hand")),
}


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"pdf": base64}` for `{"values", "at"}`, in a process beside the server: a code takes 5 ms to draw."""
    for poster in job["values"]["posters"]:
        for code in poster["codes"]:
            code["qr"] = list(make_code(code["target"]))
    return pdf.task({"layout": NEIGHBOURHOOD_LAYOUT, "values": job["values"], "at": job["at"]})


def make_poster_address(base: str, page: PosterPage, code: str) -> str:
    """Return the address in a code of the poster `code`."""
    return f"{base}{PAGE_PATHS[page]}?p={code}"


def print_neighbourhood_posters(
    settings: Settings,
    wording: Wording,
    base: str,
    places: Sequence[Neighbourhood],
) -> dict[str, Any]:
    """Return the values of one poster for each of `places`, for phones that reach the desk at `base`.

    The code of the look-up is there only where dossiers are taken in. The address below a code is without the
    poster's name: who types it is not counted.
    """

    def say(message: str) -> str:
        return wording.write_phrase(Phrase(message))

    pages = [page for page in PosterPage if page is not PosterPage.DOSSIERS or settings.dossiers.is_on]
    unit = settings.unit
    title = say(mark("Posters of the neighbourhoods"))
    return {
        "lang": wording.language,
        "paper": "a4",
        "title": f"{title} – {unit.name}" if unit.name else title,  # noqa: RUF001 -- a dash between title and name
        "centre": unit.centre,
        "unit": unit.name,
        "codes": len(pages),
        "posters": [
            {
                "name": place.name,
                "codes": [
                    {
                        "heading": say(HEADINGS[page][0]),
                        "lead": say(HEADINGS[page][1]),
                        "address": f"{base}{PAGE_PATHS[page]}".removeprefix("https://").removeprefix("http://"),
                        "target": make_poster_address(base, page, place.code),
                    }
                    for page in pages
                ],
            }
            for place in places
        ],
        "steps": [
            say(mark("Scan the code with the camera of your phone, Zalo too. No app, no account, no name needed.")),
            say(mark("Type what you come for as you would say it, with or without accents.")),
            *(
                [say(mark("For your dossier: its code, and your year of birth or the end of your phone number."))]
                if PosterPage.DOSSIERS in pages
                else []
            ),
        ],
        "note": say(mark("Without a phone: ask an officer at any counter.")),
    }
