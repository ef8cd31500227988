"""Reports of a past month: switched on in the settings, made by the desk, mailed, and fetched by a leader."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from motcua.desk import system_clock
from motcua.filing import actions as filing_actions
from motcua.filing.model import ReportFile
from motcua.filing.rules import shift_month
from motcua.setup.rooms import open_desk
from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, no_wider
from tests.browser.test_book import arrange
from tests.browser.test_settings import save, settings
from tests.receivers import HOST, Mailbox
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
RECEIVER = "lan@phuong.vn"


@pytest.fixture
def month() -> str:
    """Return the month before last, whose reports are overdue on any day of this one."""
    return shift_month(f"{system_clock.now():%Y-%m}", -2)


@pytest.fixture
def filing_hall(template: Path, tmp_path: Path, month: str) -> Iterator[Hall]:
    """Lend a hall that stored a report of the month before `month`, and does not wait until it knows its clock."""
    folder = tmp_path / "hall"
    shutil.copytree(template, folder)
    before = shift_month(month, -1)
    desk = open_desk(folder)
    desk.do(
        filing_actions.save_report, ReportFile("camera", before, "vi", f"{before}-28T01:00:00.000Z", False, b"%PDF")
    )
    desk.stop()
    hall = Hall(folder, limits={"motcua.wiring.monthly.SETTLED_S": 0, "motcua.wiring.monthly.LOOK_S": 0})
    hall.start()
    yield hall
    hall.stop()


def test_a_month_is_made_stored_mailed_to_whom_the_settings_name_and_fetched(
    filing_hall: Hall, month: str, context: OpenContext, axe: Check, shot: Shot
) -> None:
    hall = filing_hall
    hall.add_person("cuonglv", "leader", "Lê Văn Cường")
    leader = context(360, 740, color_scheme="dark")
    hall.sign_in(leader, "cuonglv", PASSWORD)
    page = leader.new_page()
    page.goto(f"{hall.url}/leaders/reports/monthly")
    expect(page.get_by_text("Chưa bật lập báo cáo hằng tháng")).to_be_visible()
    with Mailbox() as mailbox:
        arrange(
            hall,
            {
                "smtp_host": HOST,
                "smtp_port": mailbox.port,
                "smtp_security": "none",
                "sender": "motcua@phuong.vn",
                "allow_local": True,
            },
        )
        form = settings(hall, context, "monthly")
        form.get_by_label("Lập báo cáo hằng tháng").check()
        form.get_by_label("Chỉ số nụ cười").check()
        form.get_by_label("Địa chỉ thư điện tử của người nhận").fill(RECEIVER)
        save(form)
        expect(form.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()

        def is_sent() -> bool:
            items = hall.call("/reports/monthly", role="leader")["items"]
            return any(item["month"] == month and item["mails"]["sent"] for item in items)

        wait_until(is_sent)
    page.reload()
    row = page.get_by_role("row").filter(has_text=f"{month[5:]}/{month[:4]}")
    expect(row).to_contain_text("đã gửi 1 thư")
    expect(row).to_contain_text("không có số liệu")
    assert no_wider(page)
    assert axe(page) == []
    shot(page, "leaders-monthly-360", full=True)
    with page.expect_download() as download:
        row.get_by_role("link").click()
    assert download.value.suggested_filename == f"camera-{month}.pdf"
    content = Path(download.value.path()).read_bytes()
    assert f"{month[5:]}/{month[:4]}" in PdfReader(BytesIO(content)).pages[0].extract_text()
    (mail,) = (mail for mail in mailbox.mails if f"{month[5:]}/{month[:4]}" in mail["Subject"])
    (attached,) = mail.iter_attachments()
    assert (mail["To"], attached.get_filename(), attached.get_content()) == (RECEIVER, f"camera-{month}.pdf", content)
