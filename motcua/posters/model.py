"""What a poster leads to, and how often it was used."""

from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark


class PosterPage(StrEnum):
    """A page to which a code of a poster leads."""

    PAPERS = "papers"
    DOSSIERS = "dossiers"


PAGE_PATHS = {PosterPage.PAPERS: "/procedures", PosterPage.DOSSIERS: "/d"}
PAGE_LABELS = {PosterPage.PAPERS: mark("Papers"), PosterPage.DOSSIERS: mark("Dossiers")}


class PosterUses(Struct, frozen=True):
    """How often a page was opened by the poster `poster` on a day."""

    day: str
    poster: str
    page: PosterPage
    uses: int
