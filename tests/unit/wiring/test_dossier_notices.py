"""Applicants are told by e-mail: once, without their name, and only while it is true. The mail server is real."""

import json
from collections.abc import Iterator

import pytest

from motcua.copies import replace
from motcua.dossiers import actions
from motcua.dossiers.actions import SupplementRequest
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.store import lookups, vaults
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.wiring import dossier_notices
from motcua.wiring.ways import EMAIL
from tests.told import require_told
from tests.unit.dossiers.taken import AN, RULES, Taken, arrange
from tests.unit.wiring.notice_post import ADDRESS, Post

BASE = "https://motcua.example.vn"


@pytest.fixture
def post(post: Post) -> Iterator[Post]:
    dossier_notices.install(post.desk)
    yield post
    require_told(post.hall.folder)


def take_in(post: Post, base_url: str = BASE, **more: str) -> tuple[Taken, Dossier]:
    """Let messages leave, and take in a dossier."""
    post.set_up(base_url=base_url, webhook_url="", **more)
    taken = Taken(post.hall, vault=vaults.get_vault(post.desk))
    taken.call()
    return taken, taken.lodge()


@pytest.mark.thorough
def test_who_left_an_address_is_told_that_the_result_is_ready(post: Post) -> None:
    taken, dossier = take_in(post)
    taken.desk.do(actions.finish, dossier.code)
    assert post.jobs() == [(EMAIL, json.dumps({"about": "dossier.ready", "dossier": dossier.code}), "planned", None)]
    post.pass_by()
    mail = post.mailbox.mails[0]
    assert (mail["To"], mail["Subject"]) == (ADDRESS, f"Hồ sơ {dossier.code} của ông/bà đã có kết quả")
    with taken.desk.read() as db:
        address = f"{BASE}/d/{lookups.find_token(db, dossier.code)}"
    text = mail.get_content()
    assert text.count(address) == 2
    assert f"The result of dossier {dossier.code} is ready." in text
    assert not any(secret in text for secret in (AN.name, "An,", AN.number, AN.phone, "1990", "khai tử"))
    post.pass_by(3600)
    assert len(post.mailbox.mails) == 1


@pytest.mark.thorough
def test_a_supplement_and_a_new_day_are_told_and_neither_journal_nor_jobs_know_the_address(post: Post) -> None:
    taken, dossier = take_in(post, base_url="")
    other = taken.lodge()
    taken.desk.do(actions.ask_supplement, taken.vault, dossier.code, SupplementRequest(("notice",), "Bản gốc"))
    limit = TimeLimit(LimitUnit.WORKING_DAYS, 2)
    taken.desk.do(actions.extend, taken.vault, other.code, limit, "Chờ xác minh tại nơi khác")
    post.pass_by()
    assert [mail["Subject"] for mail in post.mailbox.mails] == [
        f"Hồ sơ {dossier.code} của ông/bà cần bổ sung giấy tờ",
        f"Hồ sơ {other.code} của ông/bà được hẹn lại ngày trả kết quả",
    ]
    day = "/".join(reversed((taken.now(other).due_on or "").split("-")))
    assert f"The new day: {day}." in post.mailbox.mails[1].get_content()
    assert not any("http" in mail.get_content() or "Chờ xác minh" in mail.get_content() for mail in post.mailbox.mails)
    with taken.desk.read() as db:
        whole = json.dumps(
            [[list(row) for row in db.execute(f"SELECT * FROM {table}")] for table in ("journal", "jobs")]  # noqa: S608
        )
    assert ADDRESS not in whole


def test_without_a_mail_server_nothing_is_planned(post: Post) -> None:
    taken, dossier = take_in(post, smtp_host="")
    taken.desk.do(actions.finish, dossier.code)
    assert post.jobs() == []


def test_who_left_no_address_or_was_erased_gets_nothing_and_nothing_is_wrong(post: Post) -> None:
    taken, dossier = take_in(post)
    silent = taken.lodge(applicant=replace(AN, email=""))
    for code in (dossier.code, silent.code):
        taken.desk.do(actions.finish, code)
    taken.desk.do(actions.erase_dossier, dossier.code)
    post.pass_by()
    assert post.mailbox.mails == []
    assert [job[2:] for job in post.jobs()] == [("done", "notices.no_address")] * 2


@pytest.mark.thorough
def test_what_is_over_before_it_is_sent_is_not_told(post: Post) -> None:
    taken, dossier = take_in(post)
    taken.desk.do(actions.finish, dossier.code)
    taken.desk.do(actions.hand_out, dossier.code)
    other = taken.lodge()
    taken.desk.do(actions.finish, other.code)
    post.pass_by()
    assert [job[2:] for job in post.jobs()] == [("failed", "notices.past"), ("done", None)]
    third = taken.lodge()
    taken.desk.do(actions.finish, third.code)
    taken.desk.do(arrange, replace(RULES, is_on=False))
    post.pass_by()
    assert post.jobs()[-1][2:] == ("failed", "notices.off")
    assert len(post.mailbox.mails) == 1


@pytest.mark.thorough
def test_without_the_key_it_waits_until_the_key_is_back(post: Post) -> None:
    taken, dossier = take_in(post)
    taken.desk.do(actions.finish, dossier.code)
    key = post.hall.folder / vaults.KEY_FILE
    content = key.read_bytes()
    key.unlink()
    post.pass_by()
    assert post.jobs()[-1][2:] == ("planned", "dossiers.key")
    key.write_bytes(content)
    post.pass_by(3600)
    assert [mail["To"] for mail in post.mailbox.mails] == [ADDRESS]
