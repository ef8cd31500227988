"""What goes wrong inside tells nobody how, opens nothing, and is logged."""

import logging

import pytest
from flask import Flask
from werkzeug.test import Client

from motcua.server import build
from tests.conftest import Hall

SECRET = "SELECT secret FROM credentials; /opt/motcua"  # noqa: S105 -- what an error might tell


@pytest.fixture
def app(hall: Hall) -> Flask:
    return build(hall.desk).app


def answer_of(app: Flask, accept: str) -> tuple[int, bytes]:
    client: Client = app.test_client()
    with client.get("/broken", headers={"Accept": accept}) as answer:
        return answer.status_code, answer.data


@pytest.mark.thorough
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_an_unexpected_error_is_a_500_without_a_word_of_it(
    app: Flask, accept: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError(SECRET)

    app.view_functions["screens.awake"] = fail
    client: Client = app.test_client()
    with caplog.at_level(logging.ERROR), client.get("/awake", headers={"Accept": accept}) as answer:
        status, body = answer.status_code, answer.data
    assert status == 500
    assert not any(word in body for word in (SECRET.encode(), b"RuntimeError", b"Traceback", b".py"))
    assert SECRET in caplog.text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_door_that_the_access_table_does_not_know_stays_shut(app: Flask, accept: str) -> None:
    app.add_url_rule("/broken", "screens.forgotten", lambda: SECRET)
    status, body = answer_of(app, accept)
    assert status == 500
    assert SECRET.encode() not in body


def test_nothing_for_those_who_write_programs_is_switched_on(app: Flask) -> None:
    assert (app.debug, app.testing, app.config["PROPAGATE_EXCEPTIONS"]) == (False, False, None)
    assert app.jinja_env.autoescape is not False
