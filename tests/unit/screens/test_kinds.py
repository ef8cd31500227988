"""What pages get of the table of device kinds: every kind that agents drive, in the reader's language."""

import json

from flask import Flask

from motcua.devices.kinds import DRIVEN, DRIVERS, KINDS
from motcua.screens.kinds import list_kinds
from motcua.web import language


def test_pages_get_each_kind_in_the_readers_language() -> None:
    app = Flask("motcua")
    language.install(app, lambda _request: [])
    with app.test_request_context("/?lang=en"):
        english = list_kinds()
    with app.test_request_context("/?lang=vi"):
        vietnamese = list_kinds()
    assert [kind["name"] for kind in english] == list(DRIVEN)
    assert {f"{kind['name']}.{way['name']}" for kind in english for way in kind["connections"]} == set(DRIVERS)
    assert [kind["label"] for kind in english] == [kind.label for kind in KINDS if kind.connections]
    alike = [one["label"] for one, other in zip(english, vietnamese, strict=True) if one["label"] == other["label"]]
    assert alike == ["Camera"], "a word that Vietnamese has from English"
    assert json.loads(json.dumps(english)) == english
