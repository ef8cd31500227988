"""Senders of suggestions are told by e-mail: once, in their language, without their words. The mail server is real."""

import json
from typing import Any

import pytest

from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.suggestions import actions
from motcua.suggestions.model import Suggestion, SuggestionRequest, SuggestionSource, Viewer
from motcua.wiring import suggestion_notices
from motcua.wiring.ways import EMAIL
from tests.unit.wiring.notice_post import ADDRESS, Post, finished

WORDS = "Ghế chờ ở khu B ít quá"


@pytest.fixture
def post(post: Post) -> Post:
    suggestion_notices.install(post.desk)
    post.set_up(webhook_url="")
    return post


def write(post: Post, contact: str = ADDRESS, **more: Any) -> Suggestion:
    request = SuggestionRequest(WORDS, SuggestionSource.WEB, contact=contact, **more)
    return post.desk.by("citizen").do(actions.receive, request)


def head(post: Post) -> Viewer:
    account = Account(0, "lan", "Lê Thị Lan", "Giám đốc", Role.LEADER, None, "x", False)
    return Viewer(post.desk.do(staff_actions.save_account, account).id, Role.LEADER.value)


def mails(post: Post) -> list[tuple[str, str]]:
    return [(mail["To"], mail["Subject"]) for mail in post.mailbox.mails]


def test_a_sender_is_told_that_it_arrived_in_the_language_in_which_they_wrote(post: Post) -> None:
    post.set_up(base_url="https://motcua.example.vn", webhook_url="")
    item = write(post, language="en")
    assert post.jobs() == [
        (EMAIL, json.dumps({"about": "suggestion.received", "suggestion": item.id}), "planned", None)
    ]
    post.pass_by()
    assert mails(post) == [(ADDRESS, "We have received what you wrote to us")]
    code = f"{item.code[:4]}-{item.code[4:8]}-{item.code[8:]}"
    assert post.mailbox.mails[0].get_content().splitlines() == [
        "What you wrote to us on 23/11/2026 has arrived.",
        "",
        "We take it by 26/11/2026 and answer by 14/12/2026.",
        "",
        f"Your code: {code}",
        "",
        f"You read everything here: https://motcua.example.vn/y/{item.code}",
        "",
        "Whoever has the code reads what you wrote and can have it erased. Do not pass it on. Once it is erased, we"
        " write to you no more.",
        "",
        "Trung tâm Phục vụ hành chính công",
        "Phường Mỹ Đình",
        "1 Đình Thôn",
        "024 3768 0001",
    ]
    post.pass_by(3600)
    assert len(post.mailbox.mails) == 1


@pytest.mark.thorough
def test_each_step_that_needs_the_sender_is_told_and_no_mail_has_anybodys_words(post: Post) -> None:
    lan, item, refused = head(post), write(post, may_publish=True), write(post)
    post.desk.do(actions.take, lan, item.id)
    post.desk.do(actions.ask, lan, item.id, "Ghế ở tầng nào ạ?")
    post.desk.do(actions.supplement, item.code, "Ở tầng hai")
    post.desk.do(actions.answer, lan, item.id, "Đã thêm mười ghế.")
    post.desk.do(actions.publish, lan, item.id, False)
    post.desk.do(actions.rate, item.code, 5)
    post.desk.do(actions.refuse, lan, refused.id, "Không thuộc thẩm quyền")
    post.pass_by()
    received, asked, answered, ended = (
        "Đã nhận được ý kiến của ông/bà",
        "Cần ông/bà bổ sung thông tin về ý kiến đã gửi",
        "Đã có trả lời cho ý kiến của ông/bà",
        "Ý kiến của ông/bà đã được xem xét xong",
    )
    assert [subject for _to, subject in mails(post)] == [received, received, asked, answered, ended]
    whole = "\n".join(mail.get_content() for mail in post.mailbox.mails)
    assert not any(words in whole for words in (WORDS, "tầng", "mười ghế", "thẩm quyền", "http"))
    assert "nhập mã vào ô “Ông/Bà đã có mã?”" in whole


@pytest.mark.thorough
def test_who_wrote_about_the_same_is_told_of_the_answer_too(post: Post) -> None:
    lan, first, second = head(post), write(post), write(post, "binh@example.vn", language="en")
    post.desk.do(actions.mark_duplicate, lan, second.id, first.id)
    post.desk.do(actions.answer, lan, first.id, "Đã thêm mười ghế.")
    post.pass_by()
    assert [item for item in mails(post) if item[0] == "binh@example.vn"] == [
        ("binh@example.vn", "We have received what you wrote to us"),
        ("binh@example.vn", "What you wrote to us is settled"),
        ("binh@example.vn", "There is an answer to what you wrote to us"),
    ]


@pytest.mark.parametrize("contact", ["", "0912 345 678", "an@phuong", "an@example.vn và binh@example.vn", "nhà số 5"])
def test_a_contact_that_is_no_single_address_gets_nothing(post: Post, contact: str) -> None:
    item = write(post, contact)
    post.desk.do(actions.answer, head(post), item.id, "Đã thêm mười ghế.")
    post.pass_by()
    assert (post.jobs(), post.mailbox.mails) == ([], [])


def test_without_a_mail_server_nothing_is_planned(post: Post) -> None:
    post.set_up(smtp_host="", webhook_url="")
    write(post)
    assert post.jobs() == []


def test_what_is_erased_meanwhile_is_not_written_to(post: Post) -> None:
    item = write(post)
    post.desk.do(actions.erase, item.code)
    post.pass_by()
    assert (post.mailbox.mails, post.states()) == ([], {EMAIL: ("failed", "notices.erased")})


@pytest.mark.thorough
def test_a_server_that_is_off_gets_it_once_in_the_end_and_journal_and_jobs_hold_nothing_personal(post: Post) -> None:
    post.mailbox.refusals = [f"451 4.3.0 <{ADDRESS}> later"] * 3
    item = write(post, contact=f"An, {ADDRESS}, 0912345678")
    for _ in range(5):
        post.pass_by(3600)
    assert mails(post) == [(ADDRESS, "Đã nhận được ý kiến của ông/bà")]
    assert [(row["device"], row["state"], row["about"]) for row in finished(post.desk)] == [
        (EMAIL, "done", f"suggestion:{item.id}")
    ]
    with post.desk.read() as db:
        whole = json.dumps(
            [[list(row) for row in db.execute(f"SELECT * FROM {table}")] for table in ("journal", "jobs")]  # noqa: S608
        )
    assert not any(secret in whole for secret in (ADDRESS, "0912345678", item.code, WORDS))


def test_a_denunciations_mail_does_not_say_what_it_is(post: Post) -> None:
    post.desk.by("citizen").do(
        actions.receive,
        SuggestionRequest("Tôi tố cáo cán bộ quầy 3", SuggestionSource.WEB, kind="denunciation", contact=ADDRESS),
    )
    post.pass_by()
    text = post.mailbox.mails[0].get_content()
    assert not any(word in text.lower() for word in ("tố cáo", "quầy 3", "chậm nhất"))


@pytest.mark.thorough
def test_nobody_can_fill_a_strangers_mailbox_with_receipts(post: Post) -> None:
    items = [write(post, contact) for contact in [ADDRESS, ADDRESS.upper()] * 4]
    post.pass_by()
    assert len(mails(post)) == suggestion_notices.RECEIPTS_A_DAY
    post.desk.do(actions.answer, head(post), items[-1].id, "Đã thêm mười ghế.")
    post.pass_by()
    assert len(mails(post)) == suggestion_notices.RECEIPTS_A_DAY + 1
    post.clock.advance(86_400)
    write(post)
    post.pass_by()
    assert len(mails(post)) == suggestion_notices.RECEIPTS_A_DAY + 2
