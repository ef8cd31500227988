"""Days off: a year is proposed, a person confirms."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Hall, OpenContext, Shot
from tests.browser.test_settings import require_drawn, save, settings

pytestmark = pytest.mark.browser


def test_next_years_days_off_are_proposed_and_a_person_confirms(hall: Hall, context: OpenContext, shot: Shot) -> None:
    page = settings(hall, context, "days_off")
    page.clock.set_fixed_time("2026-11-23T08:00:00+07:00")  # the years that are offered follow the browser's
    page.reload()
    require_drawn(page)
    before = page.get_by_label("Tên", exact=True).count()
    page.get_by_label("Năm").select_option("2027")
    page.get_by_role("button", name="Đề xuất năm 2027").click()
    proposal = page.locator("#days-proposal")
    row = proposal.locator("li", has_text="04/02/2027")
    expect(row).to_contain_text("chưa có trên trang này")
    expect(row.get_by_role("checkbox")).to_be_checked()
    expect(proposal.locator("li", has_text="24/11/2027")).to_contain_text("Ngày Văn hóa Việt Nam")
    shot(page, "settings-days-proposal", full=True)
    for other in proposal.get_by_role("checkbox").all():
        other.uncheck()
    row.get_by_role("checkbox").check()
    proposal.get_by_role("button", name="Lấy các ngày đã chọn").click()
    expect(page.get_by_label("Tên", exact=True)).to_have_count(before + 1)
    expect(page.get_by_text("Có thay đổi chưa lưu.")).to_be_visible()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    expect(proposal.locator("li", has_text="04/02/2027")).to_have_count(0)
