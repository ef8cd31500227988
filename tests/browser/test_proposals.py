"""A proposal from the officer's figures to the paper: a leader drafts, the officer answers, the leader signs."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, as_a_hand, at_widths
from tests.server.hall import fresh_folder
from tests.server.rated_hall import RatedDays, fill_folder

pytestmark = pytest.mark.browser
GROUNDS = "Tỷ lệ hài lòng thấp hơn hẳn các cán bộ khác trong bốn tuần."
COMPUTED_MS = 60_000


class Rated(NamedTuple):
    """A served hall and its days."""

    hall: Hall
    days: RatedDays


@pytest.fixture(scope="module")
def rated() -> Iterator[Rated]:
    with fresh_folder() as folder:
        days = fill_folder(folder)
        hall = Hall(folder)
        hall.start()
        yield Rated(hall, days)
        hall.stop()


def require_usable(page: Page, axe: Check, shot: Shot, name: str) -> None:
    for width in at_widths(page, 390, 1280):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"{name}-{width}", full=True)


def sign(page: Page, password: str) -> None:
    as_a_hand(page)
    page.get_by_label("Mật khẩu của bạn").fill(password)
    page.get_by_role("button", name="Ký đề xuất").click()


def test_a_leader_drafts_the_officer_answers_and_the_leader_signs(
    rated: Rated, context: OpenContext, axe: Check, shot: Shot, tmp_path: Path
) -> None:
    hall, days = rated
    boss, officer = context(1280, 900), context(390, 800)
    hall.sign_in(boss, "lan", PASSWORD)
    hall.sign_in(officer, "hoa", PASSWORD)
    leader, hers = boss.new_page(), officer.new_page()
    leader.goto(f"{hall.url}/leaders/officers/{days.ids['hoa']}?from={days.first}&to={days.last}")
    leader.get_by_role("button", name="Soạn đề xuất nhắc nhở").click()
    expect(leader.locator("h1")).to_have_text("Đề xuất nhắc nhở")
    expect(leader.locator("#evidence-strength")).to_contain_text("Dấu hiệu rõ")
    expect(leader.locator("#signature")).to_contain_text("Chưa hỏi ý kiến cán bộ.")
    expect(leader.get_by_label("Mật khẩu của bạn")).to_have_count(0)
    path = leader.url
    leader.get_by_label("Đề xuất gì, vì sao").fill(GROUNDS)
    leader.get_by_role("button", name="Lưu lý do").click()
    require_usable(leader, axe, shot, "leaders_proposal")

    hers.goto(f"{hall.url}/my/work")
    expect(hers.get_by_role("heading", name="Đề xuất về tôi")).to_have_count(0)
    leader.get_by_role("button", name="Hỏi ý kiến cán bộ").click()
    expect(leader.locator("#signature")).to_contain_text("Cán bộ còn thời gian trả lời")

    hers.reload()
    hers.get_by_role("link", name="Đề xuất nhắc nhở").click()
    expect(hers.locator("main")).to_contain_text(GROUNDS)
    expect(hers.locator("#evidence-groups")).to_contain_text("70,0 %")
    require_usable(hers, axe, shot, "own_proposal")
    hers.get_by_role("textbox", name="Trả lời của bạn").fill("Tôi làm một mình hai quầy trong tháng đó.")
    hers.get_by_role("button", name="Gửi trả lời").click()
    expect(hers.locator("main")).to_contain_text("Tôi làm một mình hai quầy trong tháng đó.")

    leader.goto(f"{hall.url}/leaders/work")
    leader.get_by_role("link", name="Đề xuất", exact=True).click()
    require_usable(leader, axe, shot, "leaders_proposals")
    leader.get_by_role("link", name="Phạm Hoa").click()
    sign(leader, "sai")
    expect(leader.locator("#signature").get_by_role("alert")).to_contain_text("Mật khẩu hiện tại không đúng")
    sign(leader, PASSWORD)
    expect(leader.locator(".page-head .badge")).to_have_text("Đã ký")
    require_usable(leader, axe, shot, "leaders_proposal_signed")

    with leader.expect_download(timeout=COMPUTED_MS) as download:
        leader.get_by_role("link", name="Văn bản lưu hồ sơ (PDF)").click()
    file = tmp_path / "paper.pdf"
    download.value.save_as(file)
    evidence = boss.request.get(f"{hall.url}/api/v1/work/proposals/{path.rpartition('/')[2]}").json()["evidence"]
    require_figures(file, evidence)


def require_figures(file: Path, evidence: dict[str, Any]) -> None:
    """Fail unless the text of the PDF has the figures of the call's answer."""
    command = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True, timeout=COMPUTED_MS).stdout  # noqa: S603
    (group,) = evidence["ratings"]["groups"]
    tenths = [*group["raw"], *group["shrunk"], group["mean"], *group["inner"], *group["outer"]]
    numbers = [f"{value / 10:.1f}".replace(".", ",") for value in tenths]
    assert [number for number in numbers if number not in text] == []
    assert f"n = {evidence['ratings']['n']}" in text
    assert str(evidence["ratings"]["asked"]) in text
    for words in (GROUNDS, "Phạm Hoa", "Lê Thị Lan", "Trang 1/2", "(ký, ghi rõ họ tên)"):
        assert words in " ".join(text.split()), words


def test_an_administrator_reads_and_is_told_that_a_leader_signs(rated: Rated, context: OpenContext) -> None:
    hall, days = rated
    office = context(1280, 900)
    hall.sign_in(office)
    page = office.new_page()
    page.goto(f"{hall.url}/leaders/officers/{days.ids['minh']}?from={days.first}&to={days.last}")
    page.get_by_role("button", name="Soạn đề xuất khen thưởng").click()
    expect(page.locator("#evidence-strength")).to_contain_text("Dấu hiệu rõ")
    expect(page.locator("#signature")).to_contain_text("Chỉ lãnh đạo đã đăng nhập bằng tên mình mới ký được.")
    page.get_by_text("Rút đề xuất", exact=True).click()
    page.get_by_label("Lý do", exact=True).fill("Thử")
    page.get_by_role("button", name="Rút", exact=True).click()
    expect(page.locator(".page-head .badge")).to_have_text("Đã rút")
