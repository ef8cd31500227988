"""Settings that name a procedure that is not in the catalogue: refused when unknown, said when it went out of use."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_settings import save, settings

pytestmark = pytest.mark.browser


def test_a_procedure_out_of_use_is_said_until_the_page_names_it_no_more_and_an_unknown_one_is_refused(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = settings(hall, context, "dossiers")
    field = page.locator("textarea[data-place='same_day.procedures']")
    field.fill("2.000815\n9.999999")
    field.blur()
    save(page)
    complaint = page.get_by_role("alert").filter(has_text="Chưa lưu")
    expect(complaint).to_contain_text("same_day.procedures[1]: Không có thủ tục 9.999999.")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert axe(page) == []
    shot(page, "settings-procedure-unknown")
    field.fill("2.000815\n2.001263")
    field.blur()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    expect(page.locator("#warnings")).to_have_count(0)
    hall.call("/procedures/2.001263/withdraw", {"since": "2026-01-01"}, role="leader")
    page.reload()
    gone = page.locator("#warnings")
    expect(gone).to_have_text("Ngày không hẹn ghi thủ tục hôm nay không còn áp dụng: 2.001263.")
    assert axe(page) == []
    gone.scroll_into_view_if_needed()
    shot(page, "settings-procedure-gone")
    page.set_viewport_size({"width": 360, "height": 740})
    gone.scroll_into_view_if_needed()
    shot(page, "settings-procedure-gone-360")
    field.fill("2.000815")
    field.blur()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    expect(gone).to_have_count(0)
