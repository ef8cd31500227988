"""A body of a known length is read at once, and is whole or refused."""

from io import BytesIO
from typing import Any

import pytest
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.test import EnvironBuilder

from motcua.web.guard import DeskRequest

MOST = 1000


class BrokenLine(BytesIO):
    """A line that ends while it is read, as gevent says so."""

    def read(self, _size: int | None = -1) -> bytes:
        raise OSError("unexpected end of file")


def ask(stream: BytesIO, length: str | None, **more: Any) -> DeskRequest:
    environ = {**EnvironBuilder(method="POST").get_environ(), "wsgi.input": stream, "wsgi.input_terminated": True}
    environ.pop("CONTENT_LENGTH", None)
    request = DeskRequest({**environ, **more, **({} if length is None else {"CONTENT_LENGTH": length})})
    request.max_content_length = MOST
    return request


@pytest.mark.parametrize("body", [b"", b"{}", b"x" * MOST])
@pytest.mark.parametrize("is_known", [True, False])
def test_a_body_is_read_as_it_came(body: bytes, is_known: bool) -> None:
    request = ask(BytesIO(body), str(len(body)) if is_known else None)
    assert [request.get_data(), request.get_data(), request.get_data(as_text=True)] == [body, body, body.decode()]


def test_what_follows_a_body_is_left_on_the_line() -> None:
    line = BytesIO(b"{}POST /")
    assert (ask(line, "2").get_data(), line.read()) == (b"{}", b"POST /")


@pytest.mark.parametrize(
    ("stream", "length", "refusal"),
    [
        (BytesIO(b"{"), "2", ClientDisconnected),
        (BrokenLine(), "2", ClientDisconnected),
        (BytesIO(b"x" * 2000), "2000", RequestEntityTooLarge),
    ],
)
def test_a_body_that_is_cut_or_too_long_is_refused(
    stream: BytesIO, length: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(stream, length).get_data()


def test_a_form_can_still_be_read_after_its_body() -> None:
    request = ask(BytesIO(b"csrf=1&a=b"), "10", CONTENT_TYPE="application/x-www-form-urlencoded")
    assert (request.get_data(), request.form.to_dict()) == (b"csrf=1&a=b", {"csrf": "1", "a": "b"})
