"""A bad morning on the screens: a full disk, a clock behind the journal.

Each says what is wrong, and works again once it is right.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from motcua.desk import ManualClock, system_clock
from motcua.queue import actions
from motcua.setup.rooms import open_desk
from tests.browser.arranged import kiosk_page
from tests.browser.at_counter import counter_page, idle, in_hand
from tests.browser.conftest import Hall, OpenContext

pytestmark = pytest.mark.browser

NO_NUMBERS = "Tạm thời chưa cấp số"


@contextmanager
def full_disk(hall: Hall) -> Iterator[None]:
    """Let no file of the desk grow."""
    assert hall.process is not None
    before = resource.prlimit(hall.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(hall.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(hall.process.pid, resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_on_kiosk_and_counter_and_both_go_on_when_there_is_space(
    hall: Hall, context: OpenContext
) -> None:
    hall.issue()
    hall.at(3, "open")
    kiosk = kiosk_page(hall, context(1080, 1920))
    counter = counter_page(hall, context())
    idle(counter)
    with full_disk(hall):
        counter.locator("[data-command=next]").click()
        expect(counter.locator(".notice-danger")).to_have_text("Kho dữ liệu không trả lời. Chưa có gì bị thay đổi.")
        idle(counter)
        expect(kiosk.locator("#app")).to_contain_text(NO_NUMBERS)
        expect(kiosk.locator("#app")).to_contain_text(
            "Máy chủ hiện không lưu được số mới. Khi lưu được, máy sẽ tự cấp số trở lại. Xin báo cho cán bộ."
        )
        expect(kiosk.locator(".tile")).to_have_count(0)
    expect(kiosk.locator(".tile").first).to_be_visible()
    expect(counter.locator(".notice-danger")).to_have_count(0)
    counter.locator("[data-command=next]").click()
    in_hand(counter, "A001", "called")


def test_a_clock_behind_the_journal_gives_no_numbers_and_whoever_is_here_is_served(
    hall: Hall, context: OpenContext
) -> None:
    hall.at(3, "open")
    hall.stop()
    tomorrow = open_desk(hall.folder, ManualClock(system_clock.now() + timedelta(days=1)))
    tomorrow.do(actions.issue, "certified-copy", None)
    tomorrow.stop()
    hall.start()
    hall.pair(made := context(1080, 1920), "kiosk")
    kiosk = made.new_page()
    kiosk.goto(f"{hall.url}/kiosk")
    expect(kiosk.locator("html[data-ready]")).to_be_attached()
    expect(kiosk.locator("#app")).to_contain_text(NO_NUMBERS)
    expect(kiosk.locator("#app")).to_contain_text("Xin gặp cán bộ hướng dẫn để lấy số.")
    expect(kiosk.locator(".tile")).to_have_count(0)
    assert hall.ask("/tickets", {"service": "certified-copy"})[0] == 409
    counter = counter_page(hall, context())
    idle(counter)
    counter.locator("[data-command=next]").click()
    in_hand(counter, "A001", "called")  # whoever is here is served
