"""Reports of past months on the web: their list, their files, who may have them, and the page."""

import pytest
from werkzeug.test import Client

from motcua.filing import actions as filing_actions
from motcua.filing.model import ReportFile
from motcua.server import build
from motcua.staff import actions
from motcua.staff.model import Role
from tests.conftest import Hall

FILE = ReportFile("camera", "2026-10", "vi", "2026-11-02T00:30:00.000Z", False, b"%PDF-1.7 as it was")


@pytest.fixture(scope="module")
def hall(shared_hall: Hall) -> Hall:
    shared_hall.desk.do(filing_actions.save_report, FILE)
    return shared_hall


@pytest.fixture(scope="module")
def client(hall: Hall) -> Client:
    client: Client = build(hall.desk).app.test_client(use_cookies=False)
    return client


def sign(hall: Hall, role: Role, language: str = "vi") -> dict[str, str]:
    secret = hall.desk.by("command").do(actions.add_token, role.value, None, "", None).secret
    return {"Authorization": f"Bearer {secret}", "Accept-Language": language}


def test_the_list_names_each_stored_report_with_its_digest_and_what_became_of_its_mails(
    hall: Hall, client: Client
) -> None:
    answer = client.get("/api/v1/reports/monthly", headers=sign(hall, Role.LEADER))
    assert answer.status_code == 200
    [item] = answer.get_json()["items"]
    assert {key: item[key] for key in ("report", "month", "made_at", "has_figures", "bytes", "mails")} == {
        "report": "camera",
        "month": "2026-10",
        "made_at": "2026-11-02T07:30:00.000+07:00",
        "has_figures": False,
        "bytes": len(FILE.content),
        "mails": {"sent": 0, "waiting": 0, "failed": 0},
    }
    with client.get(item["file"], headers=sign(hall, Role.ADMIN)) as file:
        assert (file.status_code, file.content_type, file.get_data()) == (200, "application/pdf", FILE.content)
        assert 'filename="camera-2026-10.pdf"' in file.headers["Content-Disposition"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.KIOSK, Role.WALL])
def test_nobody_but_leaders_and_administrators_gets_a_list_a_file_or_the_page(
    hall: Hall, client: Client, role: Role
) -> None:
    headers = sign(hall, role)
    for path in ("/api/v1/reports/monthly", "/api/v1/reports/monthly/1.pdf", "/leaders/reports/monthly"):
        with client.get(path, headers=headers) as answer:
            assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [("2.pdf", 404), ("camera.pdf", 404), ("1", 404), ("0.pdf", 422), ("99999999999999999999.pdf", 422)],
)
def test_a_report_that_is_not_there_is_refused(hall: Hall, client: Client, name: str, status: int) -> None:
    answer = client.get(f"/api/v1/reports/monthly/{name}", headers=sign(hall, Role.LEADER))
    assert answer.status_code == status


@pytest.mark.thorough
def test_the_page_lists_them_in_the_readers_language_and_says_that_none_are_made(hall: Hall, client: Client) -> None:
    headers = {**sign(hall, Role.LEADER), "Accept": "text/html"}
    with client.get("/leaders/reports/monthly", headers=headers) as answer:
        page = answer.get_data(as_text=True)
    assert "Chưa bật lập báo cáo hằng tháng" in page
    assert "10/2026" in page
    assert "02/11/2026 07:30" in page
    assert 'href="/api/v1/reports/monthly/1.pdf"' in page
    with client.get("/leaders/reports/monthly?lang=en", headers=headers) as answer:
        assert "No reports are made each month." in answer.get_data(as_text=True)
