"""What an agent says of its drivers' options is translated; whatever else it sends stays as it is."""

import pytest
from flask import Flask

from motcua.api.option_words import translate_options
from motcua.devices.loading import list_option_schemas
from motcua.web import language


@pytest.fixture
def app() -> Flask:
    flask_app = Flask("motcua")
    language.install(flask_app, lambda _request: [])
    return flask_app


@pytest.mark.thorough
def test_labels_hints_and_choices_are_in_the_readers_language(app: Flask) -> None:
    schemas = list_option_schemas()
    with app.test_request_context("/?lang=en"):
        assert translate_options(schemas) == schemas
    with app.test_request_context("/?lang=vi"):
        translated = translate_options(schemas)["printer.escpos"]["properties"]
    sent = schemas["printer.escpos"]["properties"]
    assert (translated["cut"]["title"], translated["cut"]["words"]["none"]) != (
        sent["cut"]["title"],
        sent["cut"]["words"]["none"],
    )
    assert [offer.get("value") for offer in translated["port"]["offers"]] == [
        offer.get("value") for offer in sent["port"]["offers"]
    ]
    assert translated["port"]["offers"][1]["label"] != sent["port"]["offers"][1]["label"]
    assert {name: option["rank"] for name, option in translated.items() if "rank" in option} == {
        name: option["rank"] for name, option in sent.items() if "rank" in option
    }


@pytest.mark.parametrize(
    "sent", [None, 5, "x", [], {"title": ""}, {"words": 3}, {"words": {"a": None, "b": ""}}, {"title": {"title": 1}}]
)
def test_what_an_odd_agent_sends_does_no_harm(app: Flask, sent: object) -> None:
    with app.test_request_context("/?lang=vi"):
        assert translate_options(sent) == sent
