"""Results by post on the pages: asked for, listed, printed, numbered, and what the citizen reads of it."""

import io

import pytest
from pypdf import PdfReader

from motcua.dossiers import actions
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.views.dossier_lookup import describe_mailing
from tests.told import require_told
from tests.unit.screens.dossier_pages import DossierPages

ADDRESS = "Số 7, ngõ 12, phường Trúc Bạch, thành phố Hà Nội"


def ask(pages: DossierPages) -> Dossier:
    dossier = pages.taken.lodge()
    form = {"name": "Lê Thị Kín", "address": ADDRESS, "phone": "0912345678"}
    assert pages.ask(f"/dossiers/{dossier.code}/mailing/ask", form=form).status_code == 303
    pages.taken.desk.do(actions.finish, dossier.code)
    return dossier


def read_words(content: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.thorough
def test_letters_go_on_a_list_with_labels_and_get_the_posts_numbers(pages: DossierPages) -> None:
    pages.taken.call()
    first, second = ask(pages), ask(pages)
    page = pages.ask("/mailings").text
    assert (first.code in page, "Kín" in page) == (True, False)
    assert pages.ask("/mailings/list", form={}).status_code == 422
    assert pages.ask("/mailings/list", form={"code": [first.code, second.code]}).status_code == 303
    pages.taken.events.clear()
    words = read_words(pages.ask("/mailings/1/list.pdf", form={}).data)
    assert [event.kind for event in pages.taken.events] == ["mailing.opened"]
    for part in ("0001/", "BÊN GIAO", "BÊN NHẬN", "Lê Thị Kín", "Trúc Bạch", "Tổng số: 2 bưu gửi."):
        assert part in words, part
    labels = PdfReader(io.BytesIO(pages.ask("/mailings/1/labels.pdf", form={}).data)).pages
    assert [page.extract_text().count("Lê Thị Kín") for page in labels] == [2]
    for path in ("/mailings/2/list.pdf", "/mailings/1/other.pdf", "/mailings/nonsense"):
        assert pages.ask(path, form={}).status_code == 404
    assert pages.ask("/mailings/send", form={"code": first.code, "tracking": "?"}).status_code == 422
    assert pages.ask("/mailings/send", form={"code": first.code, "tracking": "EB123456789VN"}).status_code == 303
    assert pages.taken.now(first).state is DossierState.RETURNED
    with pages.taken.desk.read() as db:
        views = [describe_mailing(db, dossier.code, "Asia/Ho_Chi_Minh") for dossier in (first, second)]
    assert [(view["state"], view["tracking"]) for view in views if view] == [("sent", "EB123456789VN"), ("listed", "")]
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_a_wrong_address_is_said_and_who_fetches_it_is_no_letter(pages: DossierPages) -> None:
    dossier = pages.lodge()
    wrong = pages.ask(f"/dossiers/{dossier.code}/mailing/ask", form={"name": "Kín", "address": "Hà Nội"})
    assert (wrong.status_code, "Write the whole address" in wrong.text) == (422, True)
    other = ask(pages)
    assert pages.ask(f"/dossiers/{other.code}/mailing/cancel", form={}).status_code == 303
    assert pages.ask(f"/dossiers/{other.code}/mailing/cancel", form={}).status_code == 409
    assert pages.ask(f"/dossiers/{other.code}/mailing/burn", form={}).status_code == 404
    assert other.code not in pages.ask("/mailings").text
