"""Answers as the API sends them: whole, whatever the method and whether a key keeps them."""

import pytest
from flask import Flask

from motcua.api.answers import respond
from motcua.desk.keys import Answer, write_answer

BODY = {"number": "A001", "name": "Chứng thực", "wait": None}
TEXT = '{"number": "A001", "name": "Chứng thực", "wait": null}'.encode()


@pytest.mark.parametrize("answer", [(201, BODY), write_answer((201, BODY))])
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_an_answer_has_its_status_kind_length_and_whole_body(answer: Answer, method: str) -> None:
    app = Flask(__name__)
    app.add_url_rule("/", "answer", lambda: respond(answer, Retry_After="3"), methods=["GET", "POST"])
    with app.test_client().open("/", method=method) as response:
        head = response.headers
        assert (response.status_code, response.data) == (201, b"" if method == "HEAD" else TEXT)
    assert dict(head) == {"Content-Type": "application/json", "Content-Length": str(len(TEXT)), "Retry-After": "3"}


def test_an_answer_that_says_nothing_has_no_body() -> None:
    app = Flask(__name__)
    app.add_url_rule("/", "answer", lambda: respond((204, None)))
    with app.test_client().get("/") as response:
        assert (response.status_code, response.data, response.headers.get("Content-Length")) == (204, b"", None)
