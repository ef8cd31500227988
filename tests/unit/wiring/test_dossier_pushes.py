"""A citizen's browser is told of a dossier: encrypted in the store, tried again, forgotten when it is over. The push
service is real.
"""

import json
from collections.abc import Iterator

import pytest

from motcua.copies import replace
from motcua.desk import Invalid, Refused, Tx
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.push import DossierPush
from motcua.dossiers.store import lookups, pushes, vaults
from motcua.settings import store as settings_store
from motcua.wiring import dossier_notices
from motcua.wiring.erasing import purge_dossier_pushes
from motcua.wiring.ways import CITIZENS_TTL_S, PUSH
from tests.receivers import PushService
from tests.told import require_told
from tests.unit.dossiers.taken import AN, Taken
from tests.unit.wiring.notice_post import Post


@pytest.fixture
def post(post: Post) -> Iterator[Post]:
    dossier_notices.install(post.desk)
    yield post
    require_told(post.hall.folder)


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as made:
        yield made


def allow_local(tx: Tx, *, is_allowed: bool) -> None:
    chosen = settings_store.get_settings(tx.db)
    settings_store.save(tx.db, replace(chosen, notices=replace(chosen.notices, allow_local=is_allowed)))


def make_push(service: PushService, language: str = "vi", endpoint: str = "") -> DossierPush:
    return DossierPush(endpoint or service.endpoint, **service.keys, language=language)


def take_in(post: Post) -> tuple[Taken, Dossier]:
    post.set_up(webhook_url="", smtp_host="")
    post.desk.do(lambda tx: allow_local(tx, is_allowed=True))
    taken = Taken(post.hall, vault=vaults.get_vault(post.desk))
    taken.call()
    return taken, taken.lodge()


@pytest.mark.thorough
def test_a_browser_is_told_that_the_result_is_ready_and_neither_journal_nor_jobs_know_it(
    post: Post, service: PushService
) -> None:
    taken, dossier = take_in(post)
    number = taken.desk.do(actions.add_push, taken.vault, dossier.code, make_push(service, "en"))
    taken.desk.do(actions.finish, dossier.code)
    about = {"about": "dossier.ready", "dossier": dossier.code, "browser": number}
    assert post.jobs() == [(PUSH, json.dumps(about), "planned", None)]
    post.pass_by()
    with taken.desk.read() as db:
        path = f"/d/{lookups.find_token(db, dossier.code)}"
        raw = json.dumps(
            [[str(cell) for cell in row] for table in ("journal", "jobs", "dossier_pushes", "keys")
             for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608
        )  # fmt: skip
    message = service.texts[0]
    assert (message["title"], message["path"], message["language"]) == (
        f"The result of your dossier {dossier.code} is ready", path, "en",
    )  # fmt: skip
    assert message["text"].startswith(f"The result of dossier {dossier.code} is ready.")
    assert not any(secret in json.dumps(service.texts) for secret in (AN.name, AN.number, AN.phone))
    assert service.headers[0]["ttl"] == str(CITIZENS_TTL_S)
    assert [text for text in (service.endpoint, *service.keys.values()) if text in raw] == []
    assert [path for path in post.hall.folder.glob("desk.db*") if service.endpoint.encode() in path.read_bytes()] == []


@pytest.mark.thorough
def test_a_service_that_cannot_be_reached_is_tried_again_and_one_that_knows_nobody_is_forgotten(
    post: Post, service: PushService
) -> None:
    taken, dossier = take_in(post)
    taken.desk.do(actions.add_push, taken.vault, dossier.code, make_push(service))
    taken.desk.do(actions.finish, dossier.code)
    service.statuses = [503]
    post.pass_by()
    assert post.jobs()[0][2] == "planned"
    service.statuses = [410]
    post.pass_by(3600)
    assert post.jobs()[0][2:] == ("failed", "push.gone")
    with taken.desk.read() as db:
        assert pushes.list_push_numbers(db, dossier.code) == []


def test_who_switched_it_off_or_was_erased_is_told_nothing(post: Post, service: PushService) -> None:
    taken, dossier = take_in(post)
    for end in (
        lambda: taken.desk.do(actions.remove_push, taken.vault, dossier.code, service.endpoint),
        lambda: taken.desk.do(actions.erase_dossier, dossier.code),
    ):
        taken.desk.do(actions.add_push, taken.vault, dossier.code, make_push(service))
        end()
        with taken.desk.read() as db:
            assert pushes.list_push_numbers(db, dossier.code) == []
    taken.desk.do(actions.finish, dossier.code)
    post.pass_by()
    assert (post.jobs(), service.texts) == ([], [])


def test_browsers_of_a_dossier_that_ended_are_erased_at_night_and_no_new_one_is_taken(
    post: Post, service: PushService
) -> None:
    taken, dossier = take_in(post)
    taken.desk.do(actions.add_push, taken.vault, dossier.code, make_push(service))
    taken.desk.do(purge_dossier_pushes)
    with taken.desk.read() as db:
        assert len(pushes.list_push_numbers(db, dossier.code)) == 1
        assert pushes.has_push(db, taken.vault, dossier.code, service.endpoint)
    taken.desk.do(actions.finish, dossier.code)
    taken.desk.do(actions.hand_out, dossier.code)
    with pytest.raises(Refused, match="nothing more to tell"):
        taken.desk.do(actions.add_push, taken.vault, dossier.code, make_push(service))
    taken.desk.do(purge_dossier_pushes)
    with taken.desk.read() as db:
        assert pushes.list_push_numbers(db, dossier.code) == []


def test_one_browser_counts_once_and_the_oldest_of_four_makes_room(post: Post, service: PushService) -> None:
    taken, dossier = take_in(post)
    endpoints = [f"{service.endpoint}{n}" for n in (1, 1, 2, 3, 4)]
    for endpoint in endpoints:
        taken.desk.do(actions.add_push, taken.vault, dossier.code, make_push(service, endpoint=endpoint))
    with taken.desk.read() as db:
        numbers = pushes.list_push_numbers(db, dossier.code)
        browsers = [pushes.find_push(db, taken.vault, number) for number in numbers]
    assert [push and push.endpoint for push in browsers] == endpoints[2:]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://192.168.1.1/admin",
        "https://example.com/push",
        "https://fcm.googleapis.com.example.com/x",
        "https://notfcm.googleapis.com.vn/x",
        "https://fcm.googleapis.com:8443/x",
        "https://a@fcm.googleapis.com/x",
        "http://fcm.googleapis.com/x",
        "https://[::1/x",
        "javascript:alert(1)",
        "",
    ],
)
def test_strangers_send_the_desk_to_no_other_computer(post: Post, service: PushService, endpoint: str) -> None:
    taken, dossier = take_in(post)
    post.desk.do(lambda tx: allow_local(tx, is_allowed=False))
    push = DossierPush(endpoint, **service.keys, language="vi")
    with pytest.raises(Invalid, match="cannot be used"):
        taken.desk.do(actions.add_push, taken.vault, dossier.code, push)
    usual = replace(push, endpoint="https://fcm.googleapis.com/fcm/send/abc")
    assert taken.desk.do(actions.add_push, taken.vault, dossier.code, usual) > 0
    with pytest.raises(Invalid, match="cannot be used"):
        taken.desk.do(actions.add_push, taken.vault, dossier.code, replace(usual, p256dh="AA"))
