"""The notice about the camera, its sign, and the leaders' page: who may open figures by officer, who removes it all."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
import zxingcpp
from pypdf import PdfReader
from werkzeug.test import TestResponse

from motcua.audit.compare import list_differences
from motcua.copies import replace
from motcua.feedback.model import ConsentAnswer
from motcua.queue import actions as queue
from motcua.server import build
from motcua.settings.model import CameraRules, Suggestions, Unit, Web
from motcua.setup import actions as setup_actions
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.web.reach import Interface
from motcua.web.site import Site
from tests.conftest import SETTINGS, TODAY, Hall
from tests.unit.feedback.watched_counter import WatchedCounter
from tests.unit.reports.smiles import Smile, make_pairs, plant

RULES = replace(
    SETTINGS,
    unit=Unit("Phường Bến Nghé", "Trung tâm Phục vụ hành chính công", "", "028 3829 1234"),
    camera=CameraRules(is_on=True, retention_days=90),
    suggestions=replace(Suggestions(), head="truong"),
)
REASON = "Theo yêu cầu của đoàn kiểm tra, đến hết tháng 12"
ACCOUNTS = {"truong": Role.LEADER, "pho": Role.LEADER, "quantri": Role.ADMIN}


@dataclass
class Pages:
    """A desk with a camera, its pages, and who asks."""

    hall: Hall
    site: Site
    tokens: dict[str, str]

    def ask(self, path: str, who: str = "", lang: str = "vi", **form: str) -> TestResponse:
        headers = {"Accept-Language": lang, "Host": "127.0.0.1:8080"}
        headers |= {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        client = self.site.app.test_client()
        return client.open(path, method="POST" if form else "GET", data=form or None, headers=headers)

    def settle(self, **changes: Any) -> None:
        with self.hall.desk.read() as db:
            document = setup_actions.get_document(db)
        self.hall.desk.do(setup_actions.apply, replace(document, settings=replace(RULES, **changes)))

    def count(self, table: str) -> int:
        with self.hall.desk.read() as db:
            return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


@pytest.fixture
def pages(hall: Hall) -> Pages:
    tokens = {}
    for name, role in ACCOUNTS.items():
        account = Account(0, name, name.capitalize(), "", role, None, "hashed", False)
        hall.desk.do(staff_actions.save_account, account)
        tokens[name] = hall.desk.do(staff_actions.add_token, role.value, None, name, name).secret
    made = Pages(hall, build(hall.desk), tokens)
    made.settle()
    return made


@pytest.mark.thorough
def test_everybody_reads_what_the_camera_does_in_both_languages(pages: Pages) -> None:
    vietnamese, english = pages.ask("/camera"), pages.ask("/camera", lang="en")
    assert (vietnamese.status_code, english.status_code) == (200, 200)
    assert "Camera chỉ nhìn khi ông/bà bấm đồng ý" in vietnamese.text
    assert "Trung tâm Phục vụ hành chính công · 028 3829 1234" in vietnamese.text
    for words in ("90 days", "730 days", "0 means that no smile was seen", "91/2025/QH15", "in force since 01/01/2026"):
        assert words in english.text
    pages.settle(camera=CameraRules(contact="Bà Lan, 0901 234 567"))
    later = pages.ask("/camera", lang="en").text
    assert "Bà Lan, 0901 234 567" in later
    assert "Cameras are switched off here" in later


@pytest.mark.thorough
def test_the_sign_names_the_contact_and_its_code_leads_to_the_notice(pages: Pages) -> None:
    pages.site.reach.listen("0.0.0.0", 8080)  # noqa: S104 -- as the hall does
    pages.site.reach.see([Interface("lo", "127.0.0.1"), Interface("wlan0", "192.168.1.10")], "")
    pages.site.addresses.note_address()
    for size, width_pt in (("", 595), ("?size=a3", 842)):
        answer = pages.ask(f"/leaders/camera/sign.pdf{size}", "pho")
        (page,) = PdfReader(io.BytesIO(answer.data)).pages
        words = " ".join(page.extract_text().split())
        assert round(page.mediabox.width) == width_pt
        for sentence in ("Quầy này có camera đọc nụ cười", "A camera reads smiles at this counter", "028 3829 1234"):
            assert sentence in words
        assert "91/2025/QH15" in words
        assert [code.text for code in zxingcpp.read_barcodes(page.images[0].image)] == [
            "http://192.168.1.10:8080/camera"
        ]


@pytest.mark.thorough
def test_without_an_address_the_sign_has_no_code_and_is_printed_all_the_same(pages: Pages) -> None:
    pages.settle(web=Web(""))
    answer = pages.ask("/leaders/camera/sign.pdf", "pho")
    (page,) = PdfReader(io.BytesIO(answer.data)).pages
    assert (answer.status_code, len(page.images)) == (200, 0)
    assert "028 3829 1234" in page.extract_text()


@pytest.mark.thorough
def test_the_head_opens_figures_by_officer_and_every_leader_reads_who_when_and_why(pages: Pages) -> None:
    pages.hall.desk.do(plant, make_pairs(120))
    before = pages.ask("/leaders/camera", "pho").text
    assert "Đang đóng. Chưa có ai mở." in before
    assert 'name="reason"' not in before
    answer = pages.ask("/leaders/camera/officers", "truong", change="open", reason=REASON)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/leaders/camera#officers")
    after = pages.ask("/leaders/camera", "pho").text
    for words in (REASON, "Truong · 08:00 · 23/11/2026", "Đang mở.", "rho = 0,9", "n = 120"):
        assert words in after
    assert pages.ask("/leaders/camera/officers", "pho", change="close").status_code == 303
    assert "Đang đóng. Đã có người đóng lại." in pages.ask("/leaders/camera", "truong").text


@pytest.mark.thorough
def test_what_is_wrong_is_said_and_what_was_typed_stays(pages: Pages) -> None:
    short = pages.ask("/leaders/camera/officers", "truong", change="open", reason="vì cần xem")
    assert short.status_code == 422
    assert "từ 20 đến 1000 chữ cái" in short.text
    assert ">vì cần xem</textarea>" in short.text
    other = pages.ask("/leaders/camera/officers", "pho", change="open", reason=REASON)
    assert (other.status_code, "Chỉ người đứng đầu đơn vị" in other.text) == (403, True)
    assert pages.ask("/leaders/camera/officers", "truong", change="burn").status_code == 422
    assert pages.ask("/leaders/camera/officers", "truong", change="close").status_code == 409
    assert pages.count("officer_views") == 0


@pytest.mark.thorough
def test_an_administrator_erases_one_index_by_the_tickets_number(pages: Pages) -> None:
    counter = WatchedCounter(pages.hall)
    visit = counter.start()
    counter.answer(visit, "yes")
    pages.hall.desk.do(queue.finish, 1)
    assert counter.hear(visit).score == 71
    day, number = TODAY, visit.rpartition("-")[2]
    wrong = pages.ask("/leaders/camera/erasure", "quantri", day=day, number="Z999")
    assert (wrong.status_code, "Hôm đó không có số này" in wrong.text) == (422, True)
    assert pages.ask("/leaders/camera/erasure", "pho", day=day, number=number).status_code == 403
    assert counter.row(visit) == (71, None)
    for _time in range(2):
        done = pages.ask("/leaders/camera/erasure", "quantri", day=day, number=f" {number.lower()} ")
        assert (done.status_code, done.location) == (303, "/leaders/camera?erased=1")
    assert counter.row(visit) == (None, "no_consent")
    assert [row["answer"] for row in counter.journal("camera.consent")] == ["none", "yes", "withdrawn"]
    assert "Không còn chỉ số nụ cười nào của số đó." in pages.ask("/leaders/camera?erased=1", "quantri").text
    assert "erasure" not in pages.ask("/leaders/camera", "pho").text


@pytest.mark.thorough
def test_an_administrator_removes_everything_by_two_words(pages: Pages) -> None:
    desk = pages.hall.desk
    desk.do(plant, [*make_pairs(30), Smile(50, answer=ConsentAnswer.WITHDRAWN)])
    pages.ask("/leaders/camera/officers", "truong", change="open", reason=REASON)
    for who, word, status in (("pho", "xóa hết", 403), ("quantri", "xóa", 422), ("quantri", "", 422)):
        assert pages.ask("/leaders/camera/removal", who, word=word).status_code == status
    assert (pages.count("expressions"), pages.count("camera_consents")) == (31, 31)
    assert pages.ask("/leaders/camera/removal", "quantri", word=" XOA  HET ").status_code == 303
    assert (pages.count("expressions"), pages.count("camera_consents"), pages.count("ratings")) == (0, 0, 30)
    done = pages.ask("/leaders/camera?removed=1", "quantri").text
    assert "Camera đã tắt." in done
    assert "Đã có người đóng lại" in done
    with desk.read() as db:
        actions = [row[0] for row in db.execute("SELECT action FROM journal ORDER BY seq DESC LIMIT 4")]
        differences = [item for item in list_differences(db) if item.table in {"officer_views", "expressions"}]
    assert actions == ["camera.erased", "camera.erased", "camera.officer_view_closed", "settings.changed"]
    assert differences == []
    rows = pages.count("journal")
    assert pages.ask("/leaders/camera/removal", "quantri", lang="en", word="Remove everything").status_code == 303
    assert pages.count("journal") == rows


@pytest.mark.thorough
def test_the_page_hides_the_index_and_says_how_much_is_missing(pages: Pages) -> None:
    pages.hall.desk.do(plant, make_pairs(99))
    page = pages.ask(f"/leaders/camera?from={TODAY}&to={TODAY}", "pho").text
    assert "Hiện có 99, còn thiếu 1." in page
    assert "Chưa hiện. Còn thiếu gì được ghi ở phía trên các bảng." in page
    assert "removal" not in page
    assert 'id="removal"' in pages.ask("/leaders/camera", "quantri").text
