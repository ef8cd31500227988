"""Official indices in a real browser: a file goes in by the form, its figures come out and open, everybody can read
it.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, at_widths

pytestmark = pytest.mark.browser
HEAD = "Mã hồ sơ;Tên đăng nhập cán bộ;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả;Số lần liên hệ;Không hài lòng\r\n"


def write_rows(count: int) -> str:
    """Return rows of dossiers in January 2026: each fourth is late, each eighth also disliked."""
    officers = ("hoapt", "minhvv")
    return "".join(
        f"H29-{n:04d};{officers[n % 2]};05/01/2026;08/01/2026;{'09' if n % 4 == 0 else '07'}/01/2026;{n % 3};"
        f"{'có' if n % 8 == 0 else 'không'}\r\n"
        for n in range(count)
    )


def import_file(page: Page, path: Path) -> None:
    page.get_by_label("Ngày đầu của tệp").fill("2026-01-01")
    page.get_by_label("Ngày cuối của tệp").fill("2026-01-31")
    page.get_by_label("Tệp CSV hoặc XLSX").set_input_files(path)
    page.get_by_role("button", name="Nhập tệp").click()


def test_a_leader_imports_a_file_mends_its_mistakes_and_opens_a_figure(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, tmp_path: Path
) -> None:
    hall.add_person("cuonglv", "leader", "Lê Văn Cường")
    hall.add_person("hoapt", full_name="Phạm Thị Hoa")
    hall.add_person("minhvv", full_name="Vũ Văn Minh")
    made = context()
    hall.sign_in(made, "cuonglv", PASSWORD)
    page = made.new_page()
    page.goto(f"{hall.url}/leaders/indices?from=2026-01-01&to=2026-01-31")
    expect(page.get_by_text("Chưa nhập hồ sơ cho các ngày này.")).to_be_visible()
    file = tmp_path / "ho-so.csv"
    file.write_text(HEAD + write_rows(40) + "H29-9999;hoapt;05/01/2026;mai;;;\r\n", encoding="utf-8-sig")
    import_file(page, file)
    expect(page.locator("#mistakes")).to_contain_text("Tệp chưa được nhập: 1 lỗi")
    expect(page.locator("#mistakes tbody tr").first).to_contain_text("42")
    assert axe(page) == []
    file.write_text(HEAD + write_rows(40), encoding="utf-8-sig")
    import_file(page, file)
    expect(page.get_by_text("Đã nhập tệp.")).to_be_visible()
    rate = page.get_by_role("row", name="Mức độ hài lòng 30 40 75,00")
    expect(rate).to_be_visible()
    expect(page.get_by_role("row", name="Theo cách tính của hệ thống quốc gia 25 40 62,50")).to_be_visible()
    for width in at_widths(page, 1280, 320):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"indices-{width}", full=True)
    page.get_by_role("link", name="Mức độ hài lòng trong giải quyết hồ sơ (Quyết định 766)").click()
    expect(page.get_by_text("H29-0008", exact=True)).to_be_visible()
    assert axe(page) == []
    page.go_back()
    page.get_by_role("link", name="Phạm Thị Hoa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phạm Thị Hoa")
    expect(page.get_by_text("Hoàn thành 100% nhiệm vụ")).to_be_visible()
    assert axe(page) == []
    for width in at_widths(page, 1280, 320):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"indices-officer-{width}")


def test_the_page_and_its_settings_can_be_read_in_english(hall: Hall, context: OpenContext, axe: Check) -> None:
    made = context(locale="en-US")
    hall.sign_in(made, "admin", PASSWORD)
    page = made.new_page()
    page.goto(f"{hall.url}/leaders/indices")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Official indices from")
    page.get_by_text("The columns of the template", exact=True).click()
    assert axe(page) == []
    page.goto(f"{hall.url}/settings/indices")
    expect(page.get_by_label("Procedures that the unit is responsible for")).to_be_visible()
    assert axe(page) == []
