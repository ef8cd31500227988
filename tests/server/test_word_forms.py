"""The ward's own Word forms over HTTP: added with words for what is wrong, filled from a dossier."""

import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from docx import Document

from tests.server.dossier_calls import DEATH, call, lodge
from tests.server.hall import Answer, Served, served

pytestmark = pytest.mark.process
BOUNDARY = "boundary-of-a-form"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


def send_form(desk: Served, content: bytes, **fields: str) -> Answer:
    """Add a Word form as a leader does."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]  # fmt: skip
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'.encode()
    body = b"".join([*parts, head, content, f"\r\n--{BOUNDARY}--\r\n".encode()])
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return desk.client("leader").send("POST", "/settings/procedures/templates", body, headers)


def make_word(text: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_a_word_form_of_the_ward_is_filled_from_a_dossier_and_who_read_it_stands_in_the_journal(desk: Served) -> None:
    form = {"name": "Giấy ủy quyền", "procedure": DEATH, "since": "2026-01-01"}
    wrong = send_form(desk, make_word("{{ho_ten}} {{ten_sai}}"), **form)
    assert (wrong.status, "ten_sai" in wrong.body.decode()) == (422, True)
    assert send_form(desk, b"PK nothing", **form).status == 422
    assert send_form(desk, make_word("no field"), **form).status == 422
    assert send_form(desk, make_word("Tôi là {{ho_ten}}, {{ngay_sinh}}"), **form).status == 303
    place = desk.place()
    call(place)
    code = lodge(place)["code"]
    listed = desk.client("leader").get("/settings/procedures/templates").body.decode()
    number = re.findall(r"templates/(\d+)\.docx", listed)[0]
    assert f"/dossiers/{code}/templates/{number}.docx" in desk.client("leader").get(f"/dossiers/{code}").body.decode()
    filled = place.client.send("POST", f"/dossiers/{code}/templates/{number}.docx", b"")
    assert filled.status == 200
    assert Document(io.BytesIO(filled.body)).paragraphs[0].text == "Tôi là Nguyễn Văn An, 04/05/1990"
    with closing(sqlite3.connect(f"file:{desk.folder}/desk.db?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT action, subject FROM journal ORDER BY seq DESC LIMIT 1").fetchall()
    assert rows == [("dossier.opened", f"dossier:{code}")]
    leader = desk.client("leader")
    assert leader.send("POST", f"/settings/procedures/templates/{number}/removal", b"").status == 303
    assert place.client.send("POST", f"/dossiers/{code}/templates/{number}.docx", b"").status == 404
    assert desk.client("officer").get("/settings/procedures/templates").status == 403
