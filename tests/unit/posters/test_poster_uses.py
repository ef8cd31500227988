"""Uses of a poster are counted by day and page, only where the settings name it, and not without end."""

from base64 import b64decode
from io import BytesIO

import pytest
import zxingcpp
from pypdf import PdfReader

from motcua.copies import replace
from motcua.desk import Tx
from motcua.posters import actions, store
from motcua.posters.model import PosterPage, PosterUses
from motcua.reports.neighbourhood_posters import print_neighbourhood_posters, task
from motcua.reports.wording import Wording
from motcua.settings import store as settings_store
from motcua.settings.model import DossierRules, Neighbourhood, PosterRules
from motcua.views.posters import describe_posters
from motcua.wiring.erasing import purge_poster_uses
from tests.conftest import SETTINGS, Hall
from tests.told import require_told

PLACES = (Neighbourhood("k1", "Tổ dân phố 1"), Neighbourhood("cho", "Khu chợ Hòa Bình"))
TODAY = "2026-11-23"


def arrange(tx: Tx, *, takes_dossiers: bool, places: tuple[Neighbourhood, ...] = PLACES) -> None:
    chosen = settings_store.get_settings(tx.db)
    settings_store.save(
        tx.db, replace(chosen, posters=PosterRules(places), dossiers=DossierRules(is_on=takes_dossiers))
    )


def list_counts(hall: Hall) -> list[PosterUses]:
    with hall.desk.read() as db:
        return store.list_uses(db, "2000-01-01", "2999-12-31")


def test_each_use_is_counted_for_its_day_poster_and_page(hall: Hall) -> None:
    hall.desk.do(lambda tx: arrange(tx, takes_dossiers=True))
    head = hall.desk.head.seq
    for poster, page in [("k1", PosterPage.PAPERS), ("k1", PosterPage.PAPERS), ("cho", PosterPage.DOSSIERS)]:
        hall.desk.do(actions.count_use, poster, page)
    assert list_counts(hall) == [
        PosterUses(TODAY, "cho", PosterPage.DOSSIERS, 1),
        PosterUses(TODAY, "k1", PosterPage.PAPERS, 2),
    ]
    assert hall.desk.head.seq == head
    require_told(hall.folder)


@pytest.mark.parametrize("poster", ["k2", "", "K1", "k1 ", "'; DROP TABLE poster_uses", "k" * 5000])
def test_a_code_of_no_poster_leaves_nothing(hall: Hall, poster: str) -> None:
    hall.desk.do(lambda tx: arrange(tx, takes_dossiers=True))
    hall.desk.do(actions.count_use, poster, PosterPage.PAPERS)
    assert list_counts(hall) == []


def test_the_look_up_is_not_counted_while_it_is_off(hall: Hall) -> None:
    hall.desk.do(lambda tx: arrange(tx, takes_dossiers=False))
    hall.desk.do(actions.count_use, "k1", PosterPage.DOSSIERS)
    assert list_counts(hall) == []
    with hall.desk.read() as db:
        assert describe_posters(db, TODAY)["pages"] == ["papers"]


def test_a_day_does_not_count_without_end(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "DAY_MAX", 3)
    hall.desk.do(lambda tx: arrange(tx, takes_dossiers=False))
    for _use in range(5):
        hall.desk.do(actions.count_use, "k1", PosterPage.PAPERS)
    assert [item.uses for item in list_counts(hall)] == [3]


def write_uses(tx: Tx, *rows: tuple[str, str, str, int]) -> None:
    for row in rows:
        tx.db.execute("INSERT INTO poster_uses (day, poster, page, uses) VALUES (?,?,?,?)", row)


def test_leaders_read_weeks_and_months_and_which_numbers_are_small(hall: Hall) -> None:
    hall.desk.do(lambda tx: arrange(tx, takes_dossiers=True))
    rows = [
        (TODAY, "k1", "papers", 4),
        ("2026-11-17", "k1", "dossiers", 5),  # the seventh day
        ("2026-11-16", "k1", "papers", 6),
        ("2026-10-25", "gone", "papers", 1),  # the thirtieth day, of a poster that was taken away
        ("2026-10-24", "cho", "papers", 99),
    ]
    hall.desk.do(lambda tx: write_uses(tx, *rows))
    with hall.desk.read() as db:
        view = describe_posters(db, TODAY)
    assert view["items"] == [
        {"code": "k1", "name": "Tổ dân phố 1", "week": [4, 5], "month": [10, 5], "is_few": False},
        {"code": "cho", "name": "Khu chợ Hòa Bình", "week": [0, 0], "month": [0, 0], "is_few": True},
        {"code": "gone", "name": None, "week": [0, 0], "month": [1, 0], "is_few": True},
    ]
    assert [(item["day"], item["name"], item["uses"]) for item in view["days"]] == [
        (TODAY, "Tổ dân phố 1", [4, 0]),
        ("2026-11-17", "Tổ dân phố 1", [0, 5]),
        ("2026-11-16", "Tổ dân phố 1", [6, 0]),
        ("2026-10-25", "gone", [1, 0]),
    ]
    assert view["total"] == 16


def test_counts_of_more_than_two_years_are_removed(hall: Hall) -> None:
    hall.desk.do(lambda tx: write_uses(tx, ("2024-09-13", "k1", "papers", 4), ("2024-09-14", "k1", "papers", 5)))
    hall.desk.do(purge_poster_uses)
    assert [item.day for item in list_counts(hall)] == ["2024-09-14"]


@pytest.mark.parametrize(("takes_dossiers", "paths"), [(True, ["procedures", "d"]), (False, ["procedures"])])
def test_each_neighbourhood_has_a_page_with_codes_of_its_own(takes_dossiers: bool, paths: list[str]) -> None:
    settings = replace(SETTINGS, dossiers=DossierRules(is_on=takes_dossiers))
    wording = Wording("en", lambda message: message)
    values = print_neighbourhood_posters(settings, wording, "http://10.0.0.2:8080", PLACES)
    assert [code["target"] for poster in values["posters"] for code in poster["codes"]] == [
        f"http://10.0.0.2:8080/{path}?p={place.code}" for place in PLACES for path in paths
    ]
    assert [poster["name"] for poster in values["posters"]] == [place.name for place in PLACES]
    assert {code["address"] for poster in values["posters"] for code in poster["codes"]} == {
        f"10.0.0.2:8080/{path}" for path in paths
    }
    assert values["codes"] == len(paths)


@pytest.mark.thorough
def test_the_layout_is_one_page_for_each_and_the_code_can_be_read() -> None:
    settings = replace(SETTINGS, dossiers=DossierRules(is_on=True))
    longest = Neighbourhood("x" * 40, "Khu dân cư phố Nguyễn Thị Minh Khai nối dài và các ngõ, ngách phía bờ đông sông")
    wording = Wording("vi", lambda message: message)
    values = print_neighbourhood_posters(settings, wording, "http://10.0.0.2:8080", (longest, *PLACES))
    pages = PdfReader(BytesIO(b64decode(task({"values": values, "at": 0})["pdf"]))).pages
    assert len(pages) == 3
    assert "Khu chợ Hòa Bình" in pages[2].extract_text()
    codes = [zxingcpp.read_barcodes(image.image)[0].text for page in pages for image in page.images]
    assert codes == [
        f"http://10.0.0.2:8080/{path}?p={place.code}" for place in (longest, *PLACES) for path in ("procedures", "d")
    ]
