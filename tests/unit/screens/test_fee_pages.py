"""The fee on a dossier's page, its code on the screens, and the papers that are printed of it."""

import io
import re
from datetime import UTC, datetime

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Tx
from motcua.desk.errors import Unknown
from motcua.devices.paper import layout, render, ticket
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.dossiers.rules.vietqr import write_vietqr
from motcua.dossiers.store import fees
from motcua.reports.forms.amounts import write_amount
from motcua.reports.forms.fees import ConfirmationFacts, print_confirmation
from motcua.settings import store as settings_store
from motcua.settings.model import FeeRules, Unit
from motcua.views.fees import describe_shown_fee
from motcua.wiring.fee_slips import compose_fee_slip
from tests.unit.screens.dossier_pages import DossierPages

ACCOUNT = FeeRules(bank="970415", bank_name="VietinBank", account="0011001932418", account_name="UBND PHUONG MAU")
SCALE = 8


def enter_account(tx: Tx) -> None:
    settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), fees=ACCOUNT))


def decode_svg(drawing: str) -> list[str]:
    """Return what a phone reads from segno's drawing: runs of modules, each begun by a relative move."""
    size = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])  # type: ignore[index]
    picture = Image.new("L", (size * SCALE, size * SCALE), 255)
    pen, x, y = ImageDraw.Draw(picture), 0.0, 0.0
    path = re.search(r'class="qrline"[^>]* d="([^"]+)"', drawing) or re.search(r' d="(M[^"]+)"', drawing)
    assert path is not None
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path[1]):
        values = [float(value) for value in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            pen.rectangle((x * SCALE, (y - 0.5) * SCALE, (x + values[0]) * SCALE - 1, (y + 0.5) * SCALE - 1), fill=0)
            x += values[0]
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def demand(pages: DossierPages, dossier: Dossier, **form: str) -> int:
    return pages.ask(f"/dossiers/{dossier.code}/fee/demand", form={"holds": "1", **form}).status_code


def state(pages: DossierPages, dossier: Dossier) -> DossierState:
    return pages.taken.now(dossier).state


@pytest.mark.thorough
def test_the_code_on_the_officers_page_is_read_back_with_account_amount_and_dossier(
    pages: DossierPages,
) -> None:
    dossier = pages.lodge()
    address = f"/dossiers/{dossier.code}/fee.svg"
    pages.taken.desk.do(enter_account)
    assert pages.ask(address).status_code == 404
    assert demand(pages, dossier, amount="15.000") == 303
    assert pages.ask(address).status_code == 200
    purpose = f"MC {dossier.code[-11:]}"
    assert decode_svg(pages.ask(address).text) == [write_vietqr("970415", "0011001932418", 15_000, purpose)]
    page = pages.ask(f"/dossiers/{dossier.code}", lang="vi").text
    assert ("15.000 ₫" in page, purpose in page, "UBND PHUONG MAU" in page) == (True, True, True)
    assert pages.ask(f"/dossiers/{dossier.code}/fee/pay", form={"means": "cash"}).status_code == 303
    assert pages.ask(address).status_code == 404


@pytest.mark.thorough
def test_a_fee_is_paid_and_taken_back_by_forms_which_say_what_is_wrong(pages: DossierPages) -> None:
    dossier = pages.lodge()
    for move, form, words in (
        ("demand", {"amount": "một"}, "Write a whole number."),
        ("demand", {}, "no one fee"),
        ("demand", {"amount": "0"}, "Write an amount"),
        ("demand", {"amount": "1", "relief": "all"}, "halved"),
        ("demand", {"line": "99", "units": "1"}, "Choose a fee"),
        ("pay", {"means": "shells"}, "in cash, by card"),
        ("pay", {"means": "cash"}, "Nothing has to be paid"),
        ("cancel", {"reason": "x"}, "Nothing has to be paid"),
        ("return", {"payment": "1"}, "Tick that you are sure"),
        ("slip", {}, "No printer"),
    ):
        answer = pages.ask(f"/dossiers/{dossier.code}/fee/{move}", form=form)
        assert answer.status_code in {409, 422}, (move, form)
        assert words in answer.text, (move, form)
    assert pages.ask(f"/dossiers/{dossier.code}/fee/nonsense", form={}).status_code == 404
    assert pages.taken.now(dossier) == dossier
    assert demand(pages, dossier, amount="15 000") == 303
    assert state(pages, dossier) is DossierState.FEE_DUE
    paid = {"means": "card", "reference": "4242", "receipt": "01AA-26 0000012"}
    assert pages.ask(f"/dossiers/{dossier.code}/fee/pay", form=paid).status_code == 303
    with pages.taken.desk.read() as db:
        (payment,) = fees.list_payments(db, dossier.code)
    assert (payment.officer, payment.reference) == (pages.taken.officer, "4242")
    back = {"payment": str(payment.id), "how": "mistake", "reason": "Bấm nhầm", "is_sure": "1"}
    assert pages.ask(f"/dossiers/{dossier.code}/fee/return", form=back).status_code == 303
    assert state(pages, dossier) is DossierState.FEE_DUE
    page = pages.ask(f"/dossiers/{dossier.code}").text
    assert ("000001/2026" in page, "Entered by mistake" in page) == (True, True)


@pytest.mark.thorough
def test_the_confirmation_is_a_paper_that_says_that_it_replaces_no_receipt(pages: DossierPages) -> None:
    dossier = pages.lodge()
    demand(pages, dossier, amount="1205015")
    pages.ask(f"/dossiers/{dossier.code}/fee/pay", form={"means": "cash"})
    answer = pages.ask(f"/dossiers/{dossier.code}/payments/1.pdf", form={})
    assert answer.content_type == "application/pdf"
    (sheet,) = PdfReader(io.BytesIO(answer.data)).pages
    words = " ".join(sheet.extract_text().split())
    for part in (
        "XÁC NHẬN THU PHÍ, LỆ PHÍ", "Xác nhận thu, không thay biên lai", "000001/2026", "1.205.015 đồng",
        "Một triệu hai trăm linh năm nghìn không trăm mười lăm đồng", "Nguyễn Văn An", "Tiền mặt",
    ):  # fmt: skip
        assert part in words, part
    assert sorted(round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]) == [148, 210]
    assert pages.ask(f"/dossiers/{dossier.code}/payments/2.pdf", form={}).status_code == 404
    assert pages.ask(f"/dossiers/{pages.taken.lodge().code}/payments/1.pdf", form={}).status_code == 404


@pytest.mark.thorough
def test_slips_carry_the_code_that_a_bank_reads_or_the_number_of_the_confirmation(
    pages: DossierPages,
) -> None:
    desk = pages.taken.desk
    desk.do(enter_account)
    dossier = pages.lodge()
    demand(pages, dossier, amount="15000")

    def print_slip() -> tuple[list[str], str]:
        with desk.read() as db:
            payment = next(iter(fees.list_payments(db, dossier.code)), None)
            payload = compose_fee_slip(db, settings_store.get_settings(db), pages.taken.now(dossier), payment)
        rows = layout.fill(layout.parse(str(payload["layout"])), ticket.get_values(payload))
        picture = render.draw_picture(render.render(rows, 576))
        return [code.text for code in zxingcpp.read_barcodes(picture)], "\n".join(row.text for row in rows)

    codes, words = print_slip()
    assert codes == [write_vietqr("970415", "0011001932418", 15_000, f"MC {dossier.code[-11:]}")]
    assert ("15.000 đồng" in words, "VietinBank" in words) == (True, True)
    pages.ask(f"/dossiers/{dossier.code}/fee/pay", form={"means": "transfer", "reference": "FT1"})
    codes, words = print_slip()
    assert codes == []
    for part in ("Xác nhận thu, không thay biên lai", "Số 000001/2026", "15.000 đồng", "Chuyển khoản FT1"):
        assert part in words


@pytest.mark.thorough
def test_a_counters_screen_shows_a_fee_only_while_its_citizen_is_there(pages: DossierPages) -> None:
    desk = pages.taken.desk
    desk.do(enter_account)
    dossier = pages.lodge()
    demand(pages, dossier, amount="15000")

    def show() -> tuple[str, bool] | None:
        with desk.read() as db:
            view = describe_shown_fee(db, counter_store.get(db, 1), settings_store.get_settings(db))
        return (view["state"], view["transfer"] is not None) if view else None

    assert show() is None
    with pytest.raises(Unknown):
        desk.do(actions.show_fee, dossier.code, 999)
    desk.do(actions.show_fee, dossier.code, 1)
    assert show() == ("due", True)
    desk.do(actions.show_fee, dossier.code, None)
    assert show() is None
    desk.do(actions.show_fee, dossier.code, 1)
    pages.ask(f"/dossiers/{dossier.code}/fee/pay", form={"means": "cash"})
    assert show() == ("paid", False)
    pages.taken.call()
    assert show() is None


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (1_000, "Một nghìn đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (105_001, "Một trăm linh năm nghìn không trăm linh một đồng"),
        (200_000, "Hai trăm nghìn đồng"),
        (1_000_008, "Một triệu không trăm linh tám đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
        (311_055_110, "Ba trăm mười một triệu không trăm năm mươi lăm nghìn một trăm mười đồng"),
    ],
)
def test_amounts_in_words(amount: int, words: str) -> None:
    assert write_amount(amount) == words


def test_a_confirmation_without_an_applicant_is_written_over_by_hand() -> None:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    facts = ConfirmationFacts(Unit("A", "B"), "1/2026", "X", "Y", "", 1, "Tiền mặt", "", at, "Hoa", "Đã trả lại")
    values = {part["label"]: part["value"] for part in print_confirmation(facts)["parts"]}
    assert (values["Người nộp"][0], values["Tình trạng"]) == ("…", "Đã trả lại")
