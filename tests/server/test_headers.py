"""What every answer says to a browser, and what it never says: each page, call and file, errors and sockets
included.
"""

import re
import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.server.client import Answer
from tests.server.doors import calls, pages
from tests.server.hall import PASSWORD, Served, served, wait_until
from tests.waiting import PATIENCE_S

SOCKETS = "/socket.io/?EIO=4&transport=polling"
BROWSER, PROGRAM = "text/html", "application/json"
NOWHERE = [
    "/nothing",
    "/.git/config",
    "/console",
    "/openapi/openapi.json",
    "/static/",
    "/static/js/",
    "/static/nothing.js",
    "/api/v1/nothing",
]
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self' ws: wss:;"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WITH_CHARSET = re.compile(r"(text|application)/[a-z]+; charset=utf-8", re.IGNORECASE)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {
    "application/json",
    "application/pdf",
    "application/problem+json",
    WORKBOOK,
    "image/svg+xml",
    "image/png",
    "audio/wav",
}


def answers(desk: Served, role: str | None) -> Iterator[tuple[str, Answer]]:
    """Give the answer to every GET that there is, as a browser and as a program ask."""
    client = desk.client(role, Origin="https://evil.example")
    paths = [door.path for door in [*calls(desk), *pages()] if door.method == "GET"]
    for path in [*paths, *NOWHERE, SOCKETS, "/socket.io/", "/socket.io/socket.io.js"]:
        for accept in (BROWSER, PROGRAM):
            yield f"{path} as {accept}", client.get(path if path.startswith("/") else f"/api/v1/{path}", Accept=accept)


@pytest.mark.thorough
def test_the_pages_files_are_asked_for_once_and_anew_when_one_changes(desk_served: Served) -> None:
    client = desk_served.client()
    page = client.get("/sign-in", Accept=BROWSER).body.decode()
    sheet = re.search(r'href="(/static/~([0-9a-f]{16})/css/base.css)"', page)
    assert sheet, page
    build = sheet[2]
    for path in (sheet[1], f"/static/~{build}/js/kiosk/main.js", f"/texts/vi.js?build={build}"):
        assert client.get(path).headers["cache-control"] == "max-age=31536000, immutable", path
    for path in ("/static/~0123456789abcdef/css/base.css", "/static/css/base.css", "/texts/vi.js?build=1"):
        answer = client.get(path)
        assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache"), path
    again = client.get("/sign-in?again=3", Accept=BROWSER).body.decode()
    assert '"/static/~again-3/css/base.css"' in again
    assert client.get("/static/~again-3/css/base.css").headers["cache-control"] == "no-cache"
    assert build in client.get("/sign-in?again=a/../b", Accept=BROWSER).body.decode()
    assert client.get(f"/static/~{build}/../server.py").status == 404
    assert client.get(f"/static/~{build}/js/nothing.js").headers["cache-control"] == "no-store"


@pytest.mark.thorough
@pytest.mark.parametrize("role", [None, "admin"])
def test_every_answer_says_what_a_browser_may_do_with_it(desk_served: Served, role: str | None) -> None:
    for path, answer in answers(desk_served, role):
        head = answer.headers
        is_framed = path.startswith(("/awake", "/print/"))
        assert head["content-security-policy"] == (
            POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'") if is_framed else POLICY
        ), path
        assert (head["x-content-type-options"], head["referrer-policy"]) == ("nosniff", "same-origin"), path
        is_public_file = path.startswith(("/static/", "/texts/")) and answer.status == 200
        assert head["cache-control"] == ("no-cache" if is_public_file else "no-store"), path
        assert not [name for name in head if name.startswith("access-control-")], path
        if answer.body:
            kind = head["content-type"]
            assert WITH_CHARSET.fullmatch(kind) or kind in PLAIN, (path, kind)
        assert "server" not in head, path


@pytest.mark.parametrize(
    "path",
    [
        *NOWHERE,
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static/..%2fserver.py",
        "/static//etc/passwd",
        "/static/css/../../web/guard.py",
        "/static/%2fetc%2fpasswd",
        "/static/css/base.css%00.html",
        "/.env",
        "/desk.db",
        "/keys/",
        "/debug",
        "/openapi/swagger",
        "/static/css",
    ],
)
def test_nothing_is_served_but_the_pages_own_files(desk_served: Served, path: str) -> None:
    answer = desk_served.client().get(path, Accept=BROWSER)
    assert answer.status == 404, answer
    assert not any(word in answer.body for word in (b"import ", b"root:", b"SQLite", b"Index of"))


def test_no_page_of_another_site_may_read_an_answer_even_when_it_asks_first(desk_served: Served) -> None:
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    for path in ("/api/v1/tickets", "/sign-in", SOCKETS):
        answer = desk_served.client().send("OPTIONS", path, None, asked)
        assert not [name for name in answer.headers if name.startswith("access-control-")], path


def test_nothing_is_sent_back_as_it_came(desk_served: Served) -> None:
    for method in ("TRACE", "TRACK"):
        for path in ("/", "/api/v1/health", "/static/css/base.css", SOCKETS):
            answer = desk_served.client().send(method, path, None, {"Cookie": "motcua_session=very-secret"})
            assert answer.status == 405, (method, path)
            assert b"very-secret" not in answer.body


@pytest.mark.thorough
def test_scripts_read_no_cookie_and_other_sites_send_none_with_a_change(desk_served: Served) -> None:
    client = desk_served.client()
    form = f"name=admin&password={PASSWORD}".encode()
    head = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk_served.url}
    client.send("POST", "/sign-in", form, head)
    cookies = [
        value
        for answer in (client.send("POST", "/sign-in", form, head), client.get("/language/en"))
        for value in [answer.headers["set-cookie"]]
    ]
    for cookie in cookies:
        marks = {part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite", "path", "max-age"} <= marks, cookie
        assert "domain" not in marks, cookie
        assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\tevil",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
    ],
)
def test_a_redirect_stays_on_this_desk(desk_served: Served, wanted: str) -> None:
    client = desk_served.client()
    assert client.get(f"/language/en?next={quote(wanted, safe='')}").headers["location"] == "/"
    assert 'name="next" value=""' in client.get(f"/sign-in?next={quote(wanted, safe='')}", Accept=BROWSER).body.decode()


def test_a_form_and_an_address_are_not_mixed(desk_served: Served) -> None:
    form = f"name=admin&password={PASSWORD}".encode()
    head = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk_served.url}
    assert desk_served.client().send("POST", "/sign-in?next=/wall", form, head).headers["location"] == "/"
    shown = (
        desk_served.client()
        .send("POST", "/sign-in?next=/wall", b"name=admin&password=sai&next=/kiosk", head)
        .body.decode()
    )
    assert ("/kiosk" in shown, "/wall" in shown) == (True, False)


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 2\r\nContent-Length: 9\r\n",
        b"Content-Length: +2\r\n",
        b"Content-Length: 0_2\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\nContent-Length: 2\r\n",
        b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
    ],
)
def test_a_request_that_could_end_at_two_places_is_refused_and_nothing_after_it_is_answered(
    desk_served: Served, lines: bytes
) -> None:
    hidden = b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", desk_served.port), PATIENCE_S) as line:
        line.sendall(b"POST /api/v1/ratings HTTP/1.1\r\nHost: x\r\n" + lines + b"\r\n{}" + hidden)
        came = b""
        while part := line.recv(65536):
            came += part
    assert came.startswith(b"HTTP/1.1 400 ")
    assert came.count(b"HTTP/1.1 ") == 1


@pytest.mark.thorough
def test_what_was_tried_and_not_got_is_logged_without_what_was_typed() -> None:
    """On a desk of its own: what others tried a moment ago is only counted."""
    with served(contract=False) as desk:
        client = desk.client(Cookie="motcua_device=stolen-secret")
        head = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk.url}
        client.send("POST", "/sign-in", b"name=admin&password=typed-secret%0aforged", head)
        client.send(
            "POST",
            "/sign-in",
            b"name=typed-name%0aforged&password=typed-secret",
            {**head, "Origin": "https://evil.example"},
        )
        client.get("/t/typed-code", Accept=BROWSER)
        client.send("POST", "/pair/typed-code", b"", head)
        client.get("wall", Authorization="Bearer typed-token")
        client.post("/local/token.add", {}, X_Desk_Secret="typed-secret")  # noqa: S106 -- a wrong one
        desk.client("officer").get("accounts")
        for path in ("/%0a2026-01-01T00:00:00+0700%20motcua.security:%20forged", "/x%1b[2Kforged", "/x%e2%80%a8forged"):
            client.get(path)
        due = {
            "sign_in.failed": "screens.sign_in_submit",
            "origin.differs": "screens.sign_in_submit",
            "token.unknown": "screens.follow",
            "pairing.over": "screens.pair_submit",
            "auth.required": "api.wall",
            "local.secret": "local.command",
            "auth.role": "api.accounts",
        }
        wait_until(
            lambda: all(
                f' motcua.security: {code} address="127.0.0.1" door="{door}"' in desk.complaints()
                for code, door in due.items()
            )
        )
        log = desk.complaints()
        assert not re.search(r"typed-|stolen-|forged", log), log
        assert re.search(r'sign_in\.failed address="127\.0\.0\.1" door="screens\.sign_in_submit" account=1\n', log)
        assert re.search(r'auth\.role address="127\.0\.0\.1" door="api\.accounts" who="credential:\d+"\n', log)
