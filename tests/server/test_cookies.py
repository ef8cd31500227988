"""Two desks on one computer: browsers keep cookies by its name alone, so each desk has its own names and still finds
its former ones.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from motcua.web.cookies import make_cookie_name
from tests.server.hall import PASSWORD, Answer, Served, fresh_folder
from tests.server.programs import command

pytestmark = pytest.mark.process


class Browser:
    """Cookies as a browser keeps them: by the computer's name, whatever the port."""

    def __init__(self, **cookies: str) -> None:
        self.cookies = dict(cookies)

    def ask(self, desk: Served, path: str, fields: dict[str, str] | None = None) -> Answer:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        client = desk.client(Accept="text/html", Cookie=sent)
        data = urlencode(fields).encode() if fields is not None else None
        form = {"Content-Type": "application/x-www-form-urlencoded"} if data is not None else {}
        answer = client.send("GET" if data is None else "POST", path, data, form)
        if found := re.match(r"(motcua_\w+)=([^;]*);(.*)", answer.headers.get("set-cookie", "")):
            self.cookies.pop(found[1], None)
            if "Max-Age=0" not in found[3]:
                self.cookies[found[1]] = found[2]
        return answer

    def sign_in(self, desk: Served) -> None:
        assert self.ask(desk, "/sign-in", {"name": "admin", "password": PASSWORD}).status == 303

    def is_in(self, desk: Served) -> bool:
        return self.ask(desk, "/settings").status == 200


@pytest.fixture(scope="module")
def real() -> Iterator[Served]:
    with fresh_folder() as folder:
        made = Served(folder, contract=False)
        yield made
        made.close()


@pytest.fixture(scope="module", params=["copied", "restored"])
def trial(real: Served, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Lend the same desk once more on another port, as somebody tries a copy or a restore."""
    folder = tmp_path_factory.mktemp(request.param) / "desk"
    if request.param == "copied":
        real.stop()
        shutil.copytree(real.folder, folder)
        real.start()
    else:
        restored(real, folder)
    made = Served(folder, contract=False)
    yield made
    made.close()


def restored(desk: Served, folder: Path) -> None:
    copy = folder.parent / "desk.zip"
    assert command("backup", "--data", desk.folder, copy).returncode == 0
    assert command("restore", copy, "--data", folder).returncode == 0


def test_a_trial_beside_the_real_desk_ends_no_sign_in_and_pairs_nothing_away(real: Served, trial: Served) -> None:
    browser = Browser()
    browser.sign_in(real)
    browser.sign_in(trial)
    assert (browser.is_in(real), browser.is_in(trial), len(browser.cookies)) == (True, True, 2)
    form = {"csrf": re.findall(r'"csrf": ?"(\w+)"', browser.ask(trial, "/settings").body.decode())[0]}
    assert browser.ask(trial, "/sign-out", form).status == 303
    assert (browser.is_in(real), browser.is_in(trial)) == (True, False)
    assert browser.ask(trial, "/language/en").status == 302
    assert browser.ask(real, "/language/vi").status == 302
    assert (
        'lang="en"' in browser.ask(trial, "/").body.decode(),
        'lang="vi"' in browser.ask(real, "/").body.decode(),
    ) == (True, True)


@pytest.mark.parametrize(("kind", "role", "page"), [("device", "wall", "/wall"), ("session", "admin", "/settings")])
def test_a_cookie_of_before_the_update_still_counts_and_is_set_by_its_new_name(
    real: Served, kind: str, role: str, page: str
) -> None:
    secret = real.token(role)
    browser = Browser(**{f"motcua_{kind}": quote(secret)})
    first = browser.ask(real, page)
    assert first.status == 200
    (new,) = set(browser.cookies) - {f"motcua_{kind}"}
    assert re.fullmatch(rf"motcua_{kind}_[0-9a-f]{{8}}", new)
    assert re.search(r"HttpOnly.*SameSite=Lax", first.headers["set-cookie"])
    del browser.cookies[f"motcua_{kind}"]
    again = browser.ask(real, page)
    assert (again.status, "set-cookie" in again.headers) == (200, False)


def test_a_cookie_that_opens_nothing_here_is_left_alone(real: Served) -> None:
    browser = Browser(motcua_device="nonsense", motcua_device_00000000="x" * 32)
    assert browser.ask(real, "/wall").status == 302
    assert browser.cookies == {"motcua_device": "nonsense", "motcua_device_00000000": "x" * 32}


def test_screens_stay_paired_after_a_restore_and_after_a_move_to_another_port(real: Served, tmp_path: Path) -> None:
    browser = Browser(motcua_device=quote(real.token("wall")))
    assert browser.ask(real, "/wall").status == 200
    del browser.cookies["motcua_device"]
    (before,) = browser.cookies
    restored(real, tmp_path / "desk")
    for _another_port in range(2):
        moved = Served(tmp_path / "desk", contract=False)
        assert browser.ask(moved, "/wall").status == 200
        moved.close()
    assert (before in browser.cookies, len(browser.cookies)) == (True, 3)


def test_names_differ_by_desk_and_by_port() -> None:
    names = {make_cookie_name("device", desk, port) for desk in ("a1", "b2") for port in (80, 8080)}
    assert (len(names), all(name.startswith("motcua_device_") for name in names)) == (4, True)
