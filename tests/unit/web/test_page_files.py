"""A page's file is the same by both its addresses, whole or in part, and its kind is not what the computer takes it
for.
"""

import mimetypes
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from motcua.server import build
from motcua.setup.rooms import open_desk
from motcua.web import page_files
from motcua.web.build import compute_fingerprint

BUILD = f"/static/~{compute_fingerprint()}"
SCRIPT, STYLE = "js/parts/watch.js", "css/base.css"
ONE_OF_EACH = {PurePosixPath(name).suffix: name for name in sorted(page_files.list_files())}
EVERY_ANSWERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    desk = open_desk(tmp_path_factory.mktemp("files"))
    yield build(desk).app.test_client()
    desk.stop()


def test_there_is_a_file_of_each_kind() -> None:
    assert ONE_OF_EACH.keys() == page_files.KINDS.keys()


@pytest.mark.parametrize("name", [*ONE_OF_EACH.values(), SCRIPT, STYLE])
def test_a_file_is_the_same_by_both_addresses(client: FlaskClient, name: str) -> None:
    with client.get(f"{BUILD}/{name}") as lasting, client.get(f"/static/{name}") as plain:
        assert lasting.data == plain.data != b""
        for answer in (lasting, plain):
            assert (answer.status_code, answer.content_length) == (200, len(plain.data))
            assert answer.mimetype == page_files.KINDS[PurePosixPath(name).suffix]
        assert lasting.content_type == plain.content_type
        assert [lasting.headers[head] for head in EVERY_ANSWERS] == [plain.headers[head] for head in EVERY_ANSWERS]
        assert lasting.headers["Cache-Control"] == "max-age=31536000, immutable"
        assert plain.headers["Cache-Control"] == "no-cache"


def test_its_head_comes_without_its_content(client: FlaskClient) -> None:
    with client.head(f"{BUILD}/{STYLE}") as head, client.get(f"{BUILD}/{STYLE}") as whole:
        assert head.data == b""
        assert head.headers.to_wsgi_list() == whole.headers.to_wsgi_list()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_cannot_be_changed(client: FlaskClient, method: str) -> None:
    assert client.open(f"{BUILD}/{STYLE}", method=method).status_code == 405


def test_a_part_of_it_comes_alone(client: FlaskClient) -> None:
    with client.get(f"{BUILD}/{STYLE}", headers={"Range": "bytes=3-7"}) as part, client.get(f"{BUILD}/{STYLE}") as all_:
        assert (part.status_code, part.data) == (206, all_.data[3:8])


def test_who_has_it_already_is_told_so(client: FlaskClient) -> None:
    with client.get(f"/static/{STYLE}") as first:
        tag = first.headers["ETag"]
    with client.get(f"{BUILD}/{STYLE}", headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_a_token_that_opens_nothing_is_refused_here_too(client: FlaskClient) -> None:
    answer: TestResponse = client.get(f"{BUILD}/{STYLE}", headers={"Authorization": "Bearer nothing"})
    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["../server.py", "css/../../server.py", "css", "", "nothing.css"])
def test_nothing_else_is_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"{BUILD}/{name}").status_code == 404


def test_a_script_stays_one_where_the_computer_takes_it_for_text(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the registry of many a Windows: a browser that is told not to guess runs nothing that is called text."""
    mimetypes.init()
    for known in (mimetypes.types_map, mimetypes._db.types_map[True]):  # type: ignore[attr-defined]
        monkeypatch.setitem(known, ".js", "text/plain")
    assert mimetypes.guess_type(SCRIPT)[0] == "text/plain"
    for place in ("/static", BUILD, "/static/~again-3"):
        with client.get(f"{place}/{SCRIPT}") as answer:
            assert answer.mimetype == "text/javascript", place


def test_a_long_file_leaves_in_pieces_that_each_have_their_time() -> None:
    longest = max(page_files.list_files(), key=lambda name: page_files.list_files()[name].stat().st_size)
    pieces = page_files.read_file(longest)
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= page_files.PIECE_BYTES
    assert b"".join(pieces) == Path(page_files.list_files()[longest]).read_bytes()
