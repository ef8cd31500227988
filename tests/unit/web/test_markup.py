"""What people type is text on every page, whatever it looks like: in markup, in attributes, and in the data that
scripts read.
"""

import json
import re

import pytest
from werkzeug.test import Client

from motcua.copies import replace
from motcua.desk import Tx
from motcua.server import build
from motcua.settings import store as settings
from motcua.staff import actions
from motcua.staff.events import TokenAdded
from tests.conftest import Hall

MARKUP = "\"'></script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028${7*7}{{7*7}}"
DATA = re.compile(r'<script type="application/json" id="page">(.*?)</script>', re.DOTALL)


def name_the_unit(tx: Tx) -> None:
    chosen = settings.get_settings(tx.db)
    settings.save(tx.db, replace(chosen, unit=replace(chosen.unit, name=MARKUP)))
    tx.emit(TokenAdded(credential=0, role="admin", counter=None, paired=False))


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/sign-in", "/kiosk", "/counter/1", "/leaders", "/leaders/reports/day", "/settings"])
def test_a_name_that_looks_like_markup_is_shown_as_it_is(hall: Hall, path: str) -> None:
    hall.desk.do(name_the_unit)
    secret = hall.desk.by("command").do(actions.add_token, "admin", None, "", None).secret
    client: Client = build(hall.desk).app.test_client()
    with client.get(path, headers={"Accept": "text/html", "Authorization": f"Bearer {secret}"}) as answer:
        page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert not re.search(r"<script>alert|<img src=x|\"'>", page)
    for data in DATA.findall(page):
        assert json.loads(data)["unit"]["name"] == MARKUP
