"""Who only looks changes nothing."""

import pytest

from motcua.server import build
from motcua.staff import actions
from tests.conftest import Hall
from tests.server.doors import filled


@pytest.mark.thorough
def test_nothing_that_is_asked_for_by_get_changes_anything(hall: Hall) -> None:
    secret = hall.desk.by("command").do(actions.add_token, "admin", None, "", None).secret
    site = build(hall.desk)
    client = site.app.test_client()
    before = hall.desk.head
    asked = 0
    for rule in site.app.url_map.iter_rules():
        if not {"GET"} & (rule.methods or set()):
            continue
        for headers in ({"Accept": "text/html", "Authorization": f"Bearer {secret}"}, {"Accept": "application/json"}):
            with client.get(filled(rule.rule, "<", ">"), headers=headers) as answer:
                assert answer.status_code < 500, rule
            asked += 1
    assert hall.desk.head == before
    assert asked > 100
