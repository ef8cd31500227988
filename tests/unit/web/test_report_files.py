"""Reports on the web: who reads which, and where the pages lead to them."""

import pytest
from flask import g
from werkzeug.test import Client

from motcua.copies import replace
from motcua.desk import Forbidden
from motcua.reports.kinds import DAY
from motcua.server import build
from motcua.staff import actions, store
from motcua.staff.model import Role
from motcua.web.identity import Caller
from motcua.web.report_files import PeriodWords, build_sheet
from tests.conftest import TODAY, Hall


def secret_of(hall: Hall, role: Role) -> str:
    return hall.desk.by("command").do(actions.add_token, role.value, None, "", None).secret


def test_a_report_is_built_for_its_readers_alone(hall: Hall) -> None:
    site = build(hall.desk)
    report = replace(DAY, roles=frozenset({Role.ADMIN}))
    for role, is_reader in ((Role.ADMIN, True), (Role.LEADER, False), (Role.OFFICER, False), (Role.KIOSK, False)):
        secret = secret_of(hall, role)
        with site.app.test_request_context():
            with hall.desk.read() as db:
                g.caller = Caller(store.find_by_secret(db, secret, "2026-11-23T01:00:00.000Z"))
            if is_reader:
                assert build_sheet(site, report, PeriodWords(day=TODAY)).period.name == TODAY
            else:
                with pytest.raises(Forbidden):
                    build_sheet(site, report, PeriodWords(day=TODAY))
    with site.app.test_request_context(), pytest.raises(Forbidden):
        build_sheet(site, report, PeriodWords())


@pytest.mark.thorough
def test_tabs_lead_to_each_report_that_has_no_page_of_its_own_and_that_one_may_read(hall: Hall) -> None:
    site = build(hall.desk)
    everybody, admins = (
        replace(DAY, id="other", page=""),
        replace(DAY, id="secret", page="", roles=frozenset({Role.ADMIN})),
    )
    site.app.jinja_env.globals["reports"] = (DAY, everybody, admins)
    client: Client = site.app.test_client()
    for role, hidden in ((Role.LEADER, True), (Role.ADMIN, False)):
        headers = {"Accept": "text/html", "Authorization": f"Bearer {secret_of(hall, role)}"}
        with client.get("/leaders/reports/day", headers=headers) as answer:
            page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert 'href="/leaders/reports/other"' in page
        assert ('href="/leaders/reports/secret"' in page) is not hidden
        assert 'href="/leaders/reports/day"' not in page
