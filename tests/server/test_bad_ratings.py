"""What is no rating gets a clear answer at each door, and nothing of it is stored."""

import contextlib
import sqlite3
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server import hall
from tests.server.hall import PASSWORD, Place, Served

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def desk_served() -> Iterator[Served]:
    """Lend a desk of its own: here each row of its store is counted."""
    with hall.served(shared=True) as made:
        yield made


@pytest.fixture
def token(place: Place) -> str:
    """Lend the code of a ticket whose visit has ended."""
    ticket = place.issue()
    for step in ("call-next", "start", "finish"):
        assert place.do(step).status == 200
    return str(ticket["follow_url"][-12:])


def count_rows(desk: Served) -> list[int]:
    """Return how many journal rows, ratings and texts there are."""
    tables = ("journal", "ratings", "texts")
    with sqlite3.connect(f"file:{desk.folder / 'desk.db'}?mode=ro", uri=True) as db:
        counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608
    db.close()
    return counts


@pytest.mark.parametrize("level", [0, 6, -1, 2**70, 4.5, "5", True, None, [5], {"level": 5}], ids=repr)
def test_a_level_is_a_whole_number_from_1_to_5(desk_served: Served, token: str, level: Any) -> None:
    before = count_rows(desk_served)
    answer = desk_served.client().post("ratings", {"level": level, "channel": "qr", "token": token})
    assert (answer.status, answer.json["code"] in {"values.invalid", "rating.level"}) == (422, True)
    assert count_rows(desk_served) == before


@pytest.mark.thorough
def test_tokens_that_open_nothing_rate_nothing(desk_served: Served, place: Place, token: str) -> None:
    other_counter, wall = desk_served.client("pad", 1 if place.number != 1 else 2), desk_served.client("wall")
    before = count_rows(desk_served)
    turned = "".join(chr(ord(letter) ^ 1) if letter.isalpha() else letter for letter in token)
    for forged in ("AAAAAAAAAAAA", turned, token[:-1], f"{token}A", token.swapcase(), "' OR 1=1 --", "\u202e" * 12, ""):
        answer = desk_served.client().post("ratings", {"level": 5, "channel": "qr", "token": forged})
        assert answer.status in {401, 404, 422}, forged
    visit = {"level": 5, "channel": "pad", "counter": place.number}
    assert other_counter.post("ratings", visit).status == 403
    assert wall.post("ratings", visit).status == 403
    assert count_rows(desk_served) == before


def test_a_call_that_is_sent_again_is_the_same_rating_and_with_other_words_it_is_refused(
    desk_served: Served, token: str
) -> None:
    public, body = desk_served.client(), {"level": 2, "channel": "qr", "token": token}
    first = public.post("ratings", body, key="0123456789abcdef-rating")
    after = count_rows(desk_served)
    assert public.post("ratings", body, key="0123456789abcdef-rating").json == first.json
    changed = public.post("ratings", {**body, "level": 5}, key="0123456789abcdef-rating")
    assert (changed.status, changed.json["code"]) == (422, "key.reused")
    assert count_rows(desk_served) == after


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["ratings", "/c/{n}", "/t/{code}/rating"])
def test_a_comment_of_five_megabytes_is_turned_away_before_it_is_read(
    desk_served: Served, place: Place, token: str, path: str
) -> None:
    before = count_rows(desk_served)
    comment = "a" * 5_000_000
    client, head = desk_served.client(), {**FORM, "Origin": desk_served.url}
    with contextlib.suppress(ConnectionError):  # it hangs up on whoever goes on writing after the answer
        if path == "ratings":
            body = {"level": 1, "channel": "qr", "token": token, "comment": comment}
            assert client.post("ratings", body).status == 413
        else:
            address = path.format(n=place.number, code=token)
            assert client.send("POST", address, f"level=1&comment={comment}".encode(), head).status == 413
    assert count_rows(desk_served) == before


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("comment", "stored"),
    [
        ("Cảm ơn 👍🏽 👨\u200d👩", "Cảm ơn 👍🏽 👨👩"),
        ("abc \u202egnort\u202c xyz", "abc gnort xyz"),
        (unicodedata.normalize("NFD", "Cán bộ lịch sự"), "Cán bộ lịch sự"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
    ids=["emoji", "right to left", "NFD", "script"],
)
def test_odd_words_are_kept_as_words_and_harm_no_page(
    desk_served: Served, token: str, comment: str, stored: str
) -> None:
    body = {"level": 1, "channel": "qr", "token": token, "comment": comment}
    answer = desk_served.client(Cookie="motcua_staff=1").post("ratings", body)
    leader = desk_served.client("leader")
    items = leader.get("ratings/quarantined").json["items"]
    assert [item["comment"] for item in items if item["id"] == answer.json["id"]] == [stored]
    page = leader.get("/leaders/ratings", Accept="text/html").body.decode()
    assert "<script>alert(1)" not in page


@pytest.mark.thorough
def test_a_foreign_page_rates_and_decides_nothing(desk_served: Served, place: Place, token: str) -> None:
    aside = desk_served.client(Cookie="motcua_staff=1").post("ratings", {"level": 5, "channel": "qr", "token": token})
    name = f"lead{place.number}"
    desk_served.local("account.add", name=name, full_name="Lê Lan", role="leader", password=PASSWORD)
    own = {**FORM, "Origin": desk_served.url}
    signed_in = desk_served.client().send("POST", "/sign-in", f"name={name}&password={PASSWORD}".encode(), own)
    cookie = signed_in.headers["set-cookie"].partition(";")[0]
    person, before = desk_served.client(Cookie=cookie), count_rows(desk_served)
    number = aside.json["id"]
    decision = b"decision=release&reason=x"
    for form in (decision, decision + b"&csrf=", decision + b"&csrf=forged"):
        assert person.send("POST", f"/leaders/ratings/{number}", form, own).status == 403
    for csrf in ("", "forged"):
        head = {"X_CSRF_Token": csrf} if csrf else {}
        assert person.post(f"ratings/{number}/release", {"reason": "x"}, **head).status == 403
    evil = {**FORM, "Origin": "https://evil.example"}
    for address in (f"/c/{place.number}", f"/t/{token}/rating", f"/t/{token}/form"):
        assert desk_served.client().send("POST", address, b"level=5", evil).status == 403
    assert count_rows(desk_served) == before
