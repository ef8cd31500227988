"""One's own account over real HTTP: a password that somebody else chose opens nothing but its own change, and everybody
sees where they are signed in and ends what is not theirs.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.passwords import NEXT_PASSWORD, PASSWORD
from tests.server.client import Answer, Client
from tests.server.hall import Served, served
from tests.server.screen import Refused, Screen

pytestmark = pytest.mark.process
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Page:
    """A browser in which somebody signed in."""

    def __init__(self, desk: Served, name: str, password: str = PASSWORD) -> None:
        self._client, self.cookie = desk.client(Accept="text/html"), ""
        answer = self.send("/sign-in", name=name, password=password)
        assert answer.status == 303, answer
        self.location = answer.headers["location"]

    def open(self, path: str, accept: str = "text/html") -> Answer:
        return self._client.get(path, Cookie=self.cookie, Accept=accept)

    def send(self, path: str, **fields: str) -> Answer:
        """Send a form of the account's page."""
        body = {**fields, "csrf": self.csrf() if self.cookie else ""}
        answer = self._client.send("POST", path, urlencode(body).encode(), {**FORM, "Cookie": self.cookie})
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    def csrf(self) -> str:
        mark = re.search(r'name="csrf" value="(\w+)"', self.open("/account").body.decode())
        assert mark is not None
        return mark[1]

    def others(self) -> list[str]:
        """Return the numbers of the other sign-ins on the page."""
        return re.findall(r'name="sign_in" value="(\d+)"', self.open("/account").body.decode())


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture
def admin(desk: Served) -> Client:
    return desk.client("admin")


def add(admin: Client, name: str) -> int:
    body = {"name": name, "full_name": f"Trần {name}", "role": "leader", "password": PASSWORD}
    number: int = admin.post("accounts", body).json["id"]
    return number


def settled(desk: Served, name: str) -> Page:
    """Return a browser of somebody who has chosen a password."""
    page = Page(desk, name)
    page.send("/account/password", current=PASSWORD, password=NEXT_PASSWORD, again=NEXT_PASSWORD)
    return page


def test_a_start_password_opens_nothing_but_the_page_on_which_it_is_replaced(desk: Served, admin: Client) -> None:
    add(admin, "kim")
    page = Page(desk, "kim")
    assert page.location == "/account?next=/leaders"
    for path in ("/leaders", "/settings"):
        assert (page.open(path).status, page.open(path).headers["location"]) == (302, f"/account?next={path}")
    assert page.open("/api/v1/queue", "application/json").code == (403, "account.password_due")
    assert page.open("/state/leaders", "application/json").code == (403, "account.password_due")
    with pytest.raises(Refused, match=r"account\.password_due"):
        Screen(desk.port, "/leaders", cookie=page.cookie)
    assert page.send("/account/pin", current=PASSWORD, pin="7352", again="7352").status == 403
    assert page.open("/book").status == 200
    shown = page.open("/account").body.decode()
    assert ("Mật khẩu hiện tại do người khác đặt" in shown, "/account/pin" in shown) == (True, False)


def test_the_same_password_is_not_a_choice_and_another_one_opens_the_desk(desk: Served, admin: Client) -> None:
    add(admin, "loan")
    page = Page(desk, "loan")
    assert page.send("/account/password", current=PASSWORD, password=PASSWORD, again=PASSWORD).status == 422
    assert page.open("/leaders").status == 302
    fields = {"current": PASSWORD, "password": NEXT_PASSWORD, "again": NEXT_PASSWORD, "next": "/leaders"}
    changed = page.send("/account/password", **fields)
    assert (changed.status, changed.headers["location"]) == (303, "/leaders")
    assert page.open("/leaders").status == 200
    assert Page(desk, "loan", NEXT_PASSWORD).location == "/leaders"


def test_a_password_that_an_administrator_gives_is_replaced_too_and_one_of_the_terminal_is_not(
    desk: Served, admin: Client
) -> None:
    number = add(admin, "minh")
    settled(desk, "minh")
    assert admin.post(f"accounts/{number}/password", {"password": PASSWORD}).status == 204
    assert Page(desk, "minh").location == "/account?next=/leaders"
    assert desk.local("account.password", name="minh", password=NEXT_PASSWORD).status == 200
    assert Page(desk, "minh", NEXT_PASSWORD).location == "/leaders"


def test_everybody_sees_their_other_sign_ins_and_ends_the_one_they_choose(desk: Served, admin: Client) -> None:
    add(admin, "nga")
    here = settled(desk, "nga")
    assert here.others() == []
    left, kept = Page(desk, "nga", NEXT_PASSWORD), Page(desk, "nga", NEXT_PASSWORD)
    newest, older = here.others()
    assert here.send("/account/sign-ins", current="wrong", sign_in=older).status == 422
    assert left.open("/leaders").status == 200
    ended = here.send("/account/sign-ins", current=NEXT_PASSWORD, sign_in=older)
    assert (ended.status, ended.headers["location"]) == (303, "/account?done=sign_ins")
    assert [page.open("/leaders").status for page in (left, kept, here)] == [302, 200, 200]
    assert here.others() == [newest]


def test_nobody_ends_a_sign_in_of_somebody_else_or_one_that_is_none(desk: Served, admin: Client) -> None:
    for name in ("oanh", "phuc"):
        add(admin, name)
    oanh, phuc = settled(desk, "oanh"), settled(desk, "phuc")
    second = Page(desk, "phuc", NEXT_PASSWORD)
    (foreign,) = phuc.others()
    for number in (foreign, "0", "-1", "9" * 400, "một", ""):
        assert oanh.send("/account/sign-ins", current=NEXT_PASSWORD, sign_in=number).status == 422
    assert [page.open("/leaders").status for page in (oanh, phuc, second)] == [200, 200, 200]
