"""The page of the look-up: nobody learns from its words or its locks which codes exist."""

from collections.abc import Iterator

import pytest

from motcua.dossiers import actions
from motcua.dossiers.model.applicant import IntakeRequest
from motcua.dossiers.store import vaults
from motcua.server import build
from motcua.web.site import Site
from tests.conftest import Hall
from tests.unit.dossiers.taken import AN, DEATH, FORM, THREE_DAYS, Taken


@pytest.fixture
def site(hall: Hall) -> Iterator[Site]:
    made = build(hall.desk)
    yield made
    made.desk.stop()


def ask(site: Site, code: str, factor: str) -> tuple[int, str]:
    """Fill in the form as a phone does; return the status and the page without what was typed."""
    client = site.app.test_client()
    headers = {"Accept-Language": "en", "Host": "127.0.0.1:8080"}
    answer = client.post("/d", data={"code": code, "factor": factor}, headers=headers)
    page = answer.text.replace(code, "CODE")
    return answer.status_code, page[page.index("<main") : page.index("</main>")]


@pytest.mark.thorough
def test_a_code_that_does_not_exist_is_answered_as_one_that_does(hall: Hall, site: Site) -> None:
    taken = Taken(hall, vault=vaults.get_vault(hall.desk))
    taken.call()
    code = taken.desk.do(
        actions.lodge, taken.vault, 1, IntakeRequest(procedure=DEATH, applicant=AN, papers=(FORM,), limit=THREE_DAYS)
    ).code
    other = f"{code[:-4]}9999"
    answers = [(ask(site, code, "0000"), ask(site, other, "0000")) for _place in range(6)]
    assert [real for real, _ghost in answers] == [ghost for _real, ghost in answers]
    assert [real[0] for real, _ghost in answers] == [404] * 4 + [409] * 2
    assert "Too many wrong answers" in answers[-1][0][1]
