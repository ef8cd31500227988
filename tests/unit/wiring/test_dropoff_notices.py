"""Who handed papers in at a kiosk is told what became of them: once, without their name, by post or in the browser."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Refused, Tx
from motcua.dossiers import actions
from motcua.dossiers.dropoffs import actions as dropoff_actions
from motcua.dossiers.dropoffs.model import DropOff, DropOffRequest, ScannedPage
from motcua.dossiers.dropoffs.rules import write_dropoff_code
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import DossierState, FilingChannel
from motcua.dossiers.model.push import DossierPush
from motcua.dossiers.store import lookups, pushes, vaults
from motcua.settings import store as settings_store
from motcua.settings.model import DropOffRules
from motcua.wiring import dropoff_notices
from motcua.wiring.erasing import purge_dossier_pushes
from motcua.wiring.ways import EMAIL, PUSH
from tests.receivers import PushService
from tests.told import require_told
from tests.unit.dossiers.taken import AN, DEATH, Taken
from tests.unit.wiring.notice_post import ADDRESS, Post

BASE = "https://motcua.example.vn"
EVENING, MORNING = "2026-11-25T20:00:00+07:00", "2026-11-26T09:00:00+07:00"


@pytest.fixture
def post(post: Post) -> Iterator[Post]:
    dropoff_notices.install(post.desk)
    yield post
    require_told(post.hall.folder)


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as made:
        yield made


def switch_on(tx: Tx) -> None:
    chosen = settings_store.get_settings(tx.db)
    settings_store.save(tx.db, replace(chosen, dropoffs=DropOffRules(is_on=True)))


def hand_in(post: Post, applicant: Applicant = AN, base_url: str = BASE, **ways: Any) -> tuple[Taken, DropOff]:
    """Let messages leave, hand papers in in the evening, and wait for the morning."""
    post.set_up(base_url=base_url, webhook_url="", **ways)
    taken = Taken(post.hall, vault=vaults.get_vault(post.desk))
    post.desk.do(switch_on)
    post.clock.set(datetime.fromisoformat(EVENING))
    return taken, drop_off(taken, applicant)


def drop_off(taken: Taken, applicant: Applicant = AN) -> DropOff:
    request = DropOffRequest(DEATH, applicant, (ScannedPage("declaration", b"page"),))
    return taken.desk.by("kiosk:1").do(dropoff_actions.receive, taken.vault, request)


def morning(taken: Taken) -> None:
    taken.clock.set(datetime.fromisoformat(MORNING))


def read_mail(post: Post, place: int = -1) -> tuple[str, str]:
    mail = post.mailbox.mails[place]
    assert mail["To"] == ADDRESS
    return mail["Subject"], mail.get_content()


@pytest.mark.thorough
def test_what_was_sent_back_is_told_without_the_reason_and_without_a_name(post: Post) -> None:
    taken, dropoff = hand_in(post)
    morning(taken)
    taken.desk.do(dropoff_actions.send_back, taken.vault, dropoff.code, "Ảnh giấy chứng tử của ông Bình bị mờ.")
    about = {"about": "dropoff.sent_back", "dropoff": dropoff.code}
    assert post.jobs() == [(EMAIL, json.dumps(about), "planned", None)]
    post.pass_by()
    subject, text = read_mail(post)
    assert subject == f"Hồ sơ nộp tại máy ({write_dropoff_code(dropoff.code)}) chưa được tiếp nhận"
    assert text.count(f"{BASE}/d/{dropoff.token}") == 2
    assert "Please bring the papers themselves and your ID card" in text
    assert not any(secret in text for secret in (AN.name, AN.number, AN.phone, "1990", "chứng tử", "Bình"))
    post.pass_by(3600)
    assert len(post.mailbox.mails) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("more", "subject", "words"),
    [
        ({}, "đã được tiếp nhận", "The result is promised by"),
        ({"decision": DossierState.SUPPLEMENT, "missing": ("deed",)}, "còn thiếu giấy tờ", "papers are missing"),
        ({"decision": DossierState.REFUSED, "reason": "not_ours"}, "bị từ chối", "and was refused"),
    ],
    ids=["taken in", "supplement", "refused"],
)
def test_what_was_taken_in_is_told_with_the_dossier_s_own_address(
    post: Post, more: dict[str, Any], subject: str, words: str
) -> None:
    taken, dropoff = hand_in(post)
    morning(taken)
    if "reason" in more:
        with taken.desk.read() as db:
            reasons = settings_store.get_settings(db).dossiers.refusal_reasons
        more = {**more, "reason": reasons[0].code}
    dossier = taken.lodge(dropoff=dropoff.code, channel=FilingChannel.DROP_OFF, **more)
    post.pass_by()
    with taken.desk.read() as db:
        address = f"{BASE}/d/{lookups.find_token(db, dossier.code)}"
    mail = read_mail(post)
    assert subject in mail[0]
    assert (mail[1].count(address), mail[1].count(dossier.code)) == (2, 2)
    assert words in mail[1]
    assert not any(secret in mail[1] for secret in (AN.name, AN.number, AN.phone, "khai tử"))


@pytest.mark.thorough
def test_who_cannot_look_it_up_is_told_to_ask_by_telephone(post: Post) -> None:
    taken, dropoff = hand_in(post, base_url="http://192.168.1.10:8080")
    morning(taken)
    taken.desk.do(dropoff_actions.send_back, taken.vault, dropoff.code, "Thiếu bản gốc")
    post.pass_by()
    text = read_mail(post)[1]
    assert ("http" in text, text.count("Ask us by telephone: 024 3768 0001.")) == (False, 1)


def test_what_is_no_longer_true_or_reaches_nobody_is_not_sent(post: Post) -> None:
    taken, dropoff = hand_in(post, applicant=replace(AN, email=""))
    second = drop_off(taken)
    morning(taken)
    taken.desk.do(dropoff_actions.send_back, taken.vault, dropoff.code, "Thiếu bản gốc")
    dossier = taken.lodge(dropoff=second.code, channel=FilingChannel.DROP_OFF)
    taken.desk.do(actions.finish, dossier.code)
    taken.desk.do(actions.hand_out, dossier.code)
    post.pass_by()
    ends = [job[2:] for job in post.jobs() if json.loads(job[1])["about"].startswith("dropoff.")]
    assert (ends, post.mailbox.mails) == ([("done", "notices.no_address"), ("failed", "notices.past")], [])


def allow_local(tx: Tx) -> None:
    chosen = settings_store.get_settings(tx.db)
    settings_store.save(tx.db, replace(chosen, notices=replace(chosen.notices, allow_local=True)))


@pytest.mark.thorough
def test_a_browser_is_told_and_stays_with_the_dossier(post: Post, service: PushService) -> None:
    taken, dropoff = hand_in(post, smtp_host="")
    taken.desk.do(allow_local)
    browser = DossierPush(service.endpoint, **service.keys, language="en")
    number = taken.desk.do(actions.add_push, taken.vault, dropoff.code, browser)
    morning(taken)
    dossier = taken.lodge(dropoff=dropoff.code, channel=FilingChannel.DROP_OFF)
    about = {"about": "dropoff.taken_in", "dropoff": dropoff.code, "browser": number}
    assert post.jobs() == [(PUSH, json.dumps(about), "planned", None)]
    post.pass_by()
    with taken.desk.read() as db:
        path = f"/d/{lookups.find_token(db, dossier.code)}"
        assert pushes.list_push_numbers(db, dossier.code) == [number]
        assert actions.find_current_code(db, dropoff.code) == dossier.code
    message = service.texts[0]
    code = write_dropoff_code(dropoff.code)
    assert (message["title"], message["path"]) == (f"What you handed in at the kiosk ({code}) was taken in", path)
    taken.desk.do(actions.remove_push, taken.vault, dropoff.code, service.endpoint)
    with taken.desk.read() as db:
        assert pushes.list_push_numbers(db, dossier.code) == []


@pytest.mark.thorough
def test_browsers_of_what_was_sent_back_or_erased_are_forgotten(post: Post, service: PushService) -> None:
    taken, dropoff = hand_in(post, smtp_host="")
    taken.desk.do(allow_local)
    browser = DossierPush(service.endpoint, **service.keys, language="vi")
    taken.desk.do(actions.add_push, taken.vault, dropoff.code, browser)
    taken.desk.do(purge_dossier_pushes)
    morning(taken)
    taken.desk.do(dropoff_actions.send_back, taken.vault, dropoff.code, "Thiếu bản gốc")
    post.pass_by()
    assert "chưa được tiếp nhận" in service.texts[0]["title"]
    taken.desk.do(purge_dossier_pushes)
    with taken.desk.read() as db:
        assert pushes.list_push_numbers(db, dropoff.code) == []
    with pytest.raises(Refused, match="nothing more to tell"):
        taken.desk.do(actions.add_push, taken.vault, dropoff.code, browser)
