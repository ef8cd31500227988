"""Where citizens look things up: by a neighbourhood's poster, and at the hall's touch terminal, which forgets them."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, no_wider
from tests.browser.test_dossiers import CARD, COPY, dossier_page
from tests.server.screen import Screen

pytestmark = pytest.mark.browser


def touch(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def touch_keys(page: Page, keys: str) -> None:
    for key in keys:
        page.locator(".pad-key", has_text=re.compile(f"^{re.escape(key)}$")).click()


def fits(page: Page) -> bool:
    """Whether nothing stands out at the right, and no text is smaller than 24 px."""
    smallest = """Math.min(...[...document.querySelectorAll('#app *')]
        .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    return no_wider(page) and float(page.evaluate(smallest)) >= 24


def take_in(hall: Hall, context: OpenContext) -> str:
    """Take a dossier in at counter 3, with the card from the agent's scanner; return the day and number of its code."""
    officer = dossier_page(hall, context())
    officer.locator(f"[data-procedure='{COPY}']").first.click()
    token = hall.command("token.add", role="agent", name="pc", counters=[3], kiosks=[])["token"]
    with closing(Screen(hall.port, "/agent", {"token": token})) as cable:
        assert cable.emit("devices", {"devices": [{"name": "quet", "kind": "reader", "counters": [3]}]})["ok"]
        assert cable.emit("card", {"counter": 3, "text": CARD, "device": "quet"})["ok"]
        expect(officer.locator("#applicant-name")).to_have_value("Nguyễn Văn An")
    birth = officer.locator("#applicant-birth")
    expect(birth).to_have_value("04/05/1990")
    birth.fill("1990-05-04")
    birth.blur()
    expect(birth).to_have_value("04/05/1990")
    officer.locator("tr[data-paper=original] input[type=checkbox]").first.check()
    officer.locator("#receive").click()
    return officer.locator("#taken-in .dossier-code").inner_text().rpartition("H17-")[2]


def test_by_a_poster_and_at_the_terminal(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    use_a_poster(hall, context, axe, shot)
    code = take_in(hall, context)
    offer_messages(hall, context(360, 740).new_page(), code, axe, shot)
    touch_the_terminal(hall, context(1080, 1920).new_page(), code, axe, shot)
    scan_a_receipt(hall, context(1280, 800).new_page(), shot)


def use_a_poster(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    """A use is counted once, and leaders read it."""
    admin = context(1280, 800)
    hall.sign_in(admin)
    page = admin.new_page()
    page.goto(f"{hall.url}/settings/posters")
    for name in ("Tổ dân phố 1", "Khu chợ Hòa Bình"):
        touch(page, "Thêm khu dân cư")
        page.get_by_label("Tên").last.fill(name)
    assert axe(page) == []
    shot(page, "settings-neighbourhoods")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("link", name="Áp phích và số lượt dùng")).to_be_visible()

    phone = context(360, 740).new_page()
    for path in ("/procedures", "/d"):
        with phone.expect_response("**/api/v1/poster-uses") as counted:
            phone.goto(f"{hall.url}{path}?p=k2")
        assert counted.value.status == 204
        assert phone.url == f"{hall.url}{path}"
        phone.reload()
    with phone.expect_response("**/api/v1/poster-uses"):  # nothing came between: what was loaded again did not count
        phone.goto(f"{hall.url}/procedures?p=k1")

    page.get_by_role("link", name="Áp phích và số lượt dùng").click()
    rows = page.locator("tbody").first.locator("tr")
    expect(rows.nth(0).locator(".cell-number")).to_have_text(["1", "0", "1", "0"])
    expect(rows.nth(1).locator(".cell-number")).to_have_text(["1", "1", "1", "1"])
    expect(rows.nth(1)).to_contain_text("ít")
    assert axe(page) == []
    shot(page, "leaders-posters")


def offer_messages(hall: Hall, page: Page, code: str, axe: Check, shot: Shot) -> None:
    """The page of a dossier offers messages to the phone, and says why where there can be none."""
    page.goto(f"{hall.url}/d")
    page.get_by_label("Mã hồ sơ").fill(code)
    page.get_by_label("Bốn số cuối điện thoại").fill("1990")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.locator("#push-switch")).to_have_text("Bật thông báo")
    assert axe(page) == []
    shot(page, "dossier-messages-360")
    page.locator("#push-switch").click()  # nobody allowed it
    expect(page.locator("#push-words")).to_contain_text("không cho trang này")


def touch_the_terminal(hall: Hall, page: Page, code: str, axe: Check, shot: Shot) -> None:
    """It finds papers and a dossier, and forgets who looked."""
    page.goto(f"{hall.url}/")
    page.get_by_role("link", name="Máy tra cứu").click()
    expect(page.locator(".tile")).to_have_count(2)
    assert axe(page) == []
    assert fits(page)
    shot(page, "terminal-1080")

    page.get_by_role("button", name="Tôi cần giấy tờ gì?").click()
    touch_keys(page, "ks")
    first = page.locator(".find-results .tile").first
    expect(first).to_contain_text("Đăng ký khai sinh")
    shot(page, "terminal-find-1080")
    first.click()
    for choice in ("Trẻ sinh thông thường", "Có", "Cha hoặc mẹ"):
        touch(page, choice)
    expect(page.locator(".find-paper")).to_have_count(2)
    expect(page.get_by_role("button", name="Lấy số cho việc này")).to_have_count(0)
    shot(page, "terminal-papers-1080")
    assert fits(page)
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Hồ sơ của tôi đến đâu rồi?").click()
    touch_keys(page, code)
    assert axe(page) == []
    assert fits(page)
    shot(page, "terminal-code-1080")
    touch(page, "Tiếp tục")
    touch_keys(page, "1991")
    expect(page.locator(".terminal-factor")).to_have_text("••••")
    touch(page, "Tra cứu")
    expect(page.locator(".pad-sorry")).to_contain_text("không khớp")
    touch_keys(page, "1990")
    assert axe(page) == []
    assert fits(page)
    shot(page, "terminal-factor-1080")
    touch(page, "Tra cứu")
    dossier = page.locator("#dossier")
    expect(dossier).to_contain_text("Đã tiếp nhận")
    assert axe(page) == []
    assert fits(page)
    shot(page, "terminal-dossier-1080")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert fits(page)
    shot(page, "terminal-dossier-1280")

    page.locator("#done").click()
    expect(page.locator("h1")).to_have_text("Ông/Bà cần tra cứu gì?")
    stored = "[document.body.innerText, location.href, ...Object.values({...localStorage, ...sessionStorage})]"
    assert [text for text in page.evaluate(stored) if code in text] == []
    shot(page, "terminal-1280")


def scan_a_receipt(hall: Hall, page: Page, shot: Shot) -> None:
    """A scanned receipt needs the second factor; an idle terminal goes back, and says when the desk is gone."""
    with closing(sqlite3.connect(f"file:{hall.folder}/desk.db?mode=ro", uri=True)) as db:
        token = db.execute("SELECT token FROM dossier_lookups").fetchone()[0]
    page.clock.install()
    page.goto(f"{hall.url}/terminal")
    expect(page.locator(".tile")).to_have_count(2)
    touch(page, "English")
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)  # a scanner never falters
    page.keyboard.type("http://10.0.0.5:8080/t/aB1-_2cD3eF4\n")
    expect(page.locator(".pad-sorry")).to_be_visible()
    page.keyboard.type(f"http://10.0.0.5:8080/d/{token}\n")
    expect(page.locator(".terminal-factor")).to_be_visible()
    page.clock.resume()
    shot(page, "terminal-factor-1280")
    page.keyboard.type("1990", delay=150)
    page.keyboard.press("Enter")
    expect(page.locator("#dossier")).to_be_visible()
    pace = page.evaluate("JSON.parse(document.getElementById('page').textContent).pace")
    page.clock.run_for(round(46_000 * pace))
    expect(page.locator("#dossier")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("Ông/Bà cần tra cứu gì?")
    hall.stop()
    page.clock.run_for(6_000)
    expect(page.locator("[data-lost]")).to_be_visible()
