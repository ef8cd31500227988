"""Accounts, sign-ins, tokens and pairing: what opens the desk, for how long, and for whom."""

import json
from collections.abc import Callable

import pytest

from motcua.copies import replace
from motcua.desk import Desk, Invalid, ManualClock, Refused, Unknown, scrubbing, stamp
from motcua.staff import actions, rules, store
from motcua.staff.model import Account, Credential, Role

HOA = Account(0, "hoa", "Lê Thị  Hoa ", "Công chức", Role.OFFICER, 1, "hashed", False)
ADMIN = Account(0, "admin", "Quản trị", "", Role.ADMIN, None, "hashed", False)


def opens(desk: Desk, secret: str) -> Role | None:
    with desk.read() as db:
        credential = store.find_by_secret(db, secret, stamp(desk.clock.now()))
    return credential.role if credential else None


def codes(*attempts: Callable[[], object]) -> list[tuple[str, str]]:
    refusals = []
    for attempt in attempts:
        with pytest.raises(Refused) as caught:
            attempt()
        refusals.append((type(caught.value).__name__, caught.value.code))
    return refusals


def saved(desk: Desk, account: Account) -> Account:
    return desk.do(actions.save_account, account)


def test_an_account_is_made_and_changed_and_people_are_numbers_in_the_journal(desk: Desk) -> None:
    account = saved(desk, HOA)
    assert account == replace(HOA, id=1, full_name="Lê Thị Hoa")
    changed = saved(desk, replace(account, title="Trưởng phòng"))
    with desk.read() as db:
        assert store.list_accounts(db) == [changed]
        saved_as = [json.loads(row[0]) for row in db.execute("SELECT data FROM journal ORDER BY seq")]
    seals = [item.pop("seal") for item in saved_as]
    assert saved_as == [
        {"account": 1, "created": created, "disabled": False, "role": "officer"} for created in (True, False)
    ]
    assert len({*seals}) == 2


def test_names_are_checked_and_belong_to_one(desk: Desk) -> None:
    saved(desk, HOA)
    assert codes(
        lambda: saved(desk, replace(HOA, full_name="Khác")),
        lambda: saved(desk, replace(HOA, name="Hoa")),
        lambda: saved(desk, replace(HOA, name="")),
        lambda: saved(desk, replace(HOA, name="h" * 33)),
        lambda: saved(desk, replace(HOA, name="lan", full_name="  ")),
        lambda: saved(desk, replace(HOA, id=99, name="lan", role=Role.ADMIN)),
    ) == [
        ("Refused", "account.taken"),
        ("Invalid", "account.name"),
        ("Invalid", "account.name"),
        ("Invalid", "account.name"),
        ("Invalid", "account.full_name"),
        ("Unknown", "account.unknown"),
    ]


def test_signing_in_may_bring_the_passwords_new_hash_and_changes_nothing_else(desk: Desk) -> None:
    account = saved(desk, HOA)
    desk.do(actions.sign_in, account.id, "hashed anew")
    with desk.read() as db:
        assert store.get_account(db, account.id) == replace(account, password="hashed anew")  # noqa: S106 -- a word in its place
        assert [row[0] for row in db.execute("SELECT action FROM journal ORDER BY seq")] == [
            "account.saved",
            "account.signed_in",
        ]


def test_the_last_administrator_stays(desk: Desk) -> None:
    first = saved(desk, ADMIN)
    assert (
        codes(lambda: saved(desk, replace(first, disabled=True)), lambda: saved(desk, replace(first, role=Role.LEADER)))
        == [("Refused", "account.last_admin")] * 2
    )
    second = saved(desk, replace(ADMIN, name="admin2"))
    saved(desk, replace(first, disabled=True))
    assert codes(lambda: saved(desk, replace(second, disabled=True))) == [("Refused", "account.last_admin")]


def test_a_sign_in_opens_for_sixteen_hours(desk: Desk, clock: ManualClock) -> None:
    account = saved(desk, HOA)
    granted = desk.do(actions.sign_in, account.id)
    assert granted.credential == Credential(
        1, "session", Role.OFFICER, account.id, None, "hoa", "2026-11-23T17:00:00.000Z"
    )
    assert granted.credential.actor == "officer:1"
    clock.advance(16 * 3600 - 0.001)
    assert opens(desk, granted.secret) is Role.OFFICER
    clock.advance(0.001)
    assert opens(desk, granted.secret) is None


def test_secrets_are_stored_hashed_and_shown_once(desk: Desk) -> None:
    secret = desk.do(actions.add_token, "kiosk", None, "Cửa vào", None).secret
    assert len(secret) == 32
    with desk.read() as db:
        assert [row[0] for row in db.execute("SELECT secret FROM credentials")] == [store.compute_digest(secret)]
        assert secret not in "".join(row[0] for row in db.execute("SELECT data FROM journal"))
    assert (opens(desk, secret), opens(desk, secret.swapcase()), opens(desk, "")) == (Role.KIOSK, None, None)


def test_signing_out_and_a_new_password_end_sign_ins_but_not_others(desk: Desk) -> None:
    hoa, lan = saved(desk, HOA), saved(desk, replace(HOA, name="lan"))
    one, two, other = (desk.do(actions.sign_in, account.id) for account in (hoa, hoa, lan))
    desk.do(actions.sign_out, one.credential.id)
    assert [opens(desk, granted.secret) for granted in (one, two, other)] == [None, Role.OFFICER, Role.OFFICER]
    desk.do(actions.change_password, "hoa", "other")
    assert [opens(desk, granted.secret) for granted in (one, two, other)] == [None, None, Role.OFFICER]


def test_a_disabled_account_opens_nothing_not_even_by_its_programs(desk: Desk) -> None:
    account = saved(desk, HOA)
    session = desk.do(actions.sign_in, account.id).secret
    program = desk.do(actions.add_token, "officer", None, "kịch bản", "hoa").secret
    saved(desk, replace(account, disabled=True))
    assert [opens(desk, session), opens(desk, program)] == [None, None]
    saved(desk, account)
    assert [opens(desk, session), opens(desk, program)] == [None, Role.OFFICER]


def test_a_new_role_ends_what_the_old_one_opened(desk: Desk) -> None:
    saved(desk, ADMIN)
    boss = saved(desk, replace(ADMIN, name="boss"))
    session = desk.do(actions.sign_in, boss.id).secret
    program = desk.do(actions.add_token, "admin", None, "", "boss").secret
    saved(desk, replace(boss, role=Role.OFFICER))
    assert [opens(desk, session), opens(desk, program)] == [None, None]


def test_a_token_belongs_to_a_counter_exactly_where_one_is_due(desk: Desk) -> None:
    credential = desk.do(actions.add_token, "counter", 3, "", None).credential
    assert (credential.name, credential.actor) == ("counter", "counter:3")
    assert codes(
        lambda: desk.do(actions.add_token, "pad", None, "", None),
        lambda: desk.do(actions.add_token, "counter", None, "", None),
        lambda: desk.do(actions.add_token, "kiosk", 1, "", None),
        lambda: desk.do(actions.add_token, "king", None, "", None),
        lambda: desk.do(actions.add_token, "officer", None, "", "nobody"),
    ) == [
        ("Invalid", code)
        for code in ("token.counter", "token.counter", "token.counter", "role.unknown", "account.unknown")
    ]


def test_a_token_is_not_made_for_a_person_in_another_role(desk: Desk) -> None:
    saved(desk, HOA)
    assert codes(lambda: desk.do(actions.add_token, "admin", None, "", "hoa")) == [("Invalid", "account.unknown")]


def test_a_revoked_token_opens_nothing(desk: Desk) -> None:
    granted = desk.do(actions.add_token, "agent", None, "", None)
    desk.do(actions.revoke_token, granted.credential.id)
    assert opens(desk, granted.secret) is None
    with desk.read() as db:
        assert (store.list_agents(db), store.list_tokens(db, "2026-11-23T01:00:00.000Z")) == ([], [])
    with pytest.raises(Unknown):
        desk.do(actions.revoke_token, 99)


def test_a_pairing_link_works_once(desk: Desk) -> None:
    link = desk.do(actions.offer_pairing, "pad", 2, "Quầy 2")
    with desk.read() as db:
        assert store.find_offer(db, link, stamp(desk.clock.now())) == Credential(
            0, "device", Role.PAD, None, 2, "Quầy 2", None
        )
    granted = desk.do(actions.pair, link)
    assert granted.credential == Credential(1, "device", Role.PAD, None, 2, "Quầy 2", None)
    assert (opens(desk, granted.secret), opens(desk, link)) == (Role.PAD, None)
    assert (
        codes(lambda: desk.do(actions.pair, link), lambda: desk.do(actions.pair, "made up"))
        == [("Refused", "pairing.over")] * 2
    )


@pytest.mark.parametrize(("seconds", "works"), [(599.999, True), (600, False)])
def test_a_pairing_link_lasts_ten_minutes(desk: Desk, clock: ManualClock, seconds: float, works: bool) -> None:
    link = desk.do(actions.offer_pairing, "kiosk", None, "")
    clock.advance(seconds)
    if works:
        assert desk.do(actions.pair, link).credential.role is Role.KIOSK
    else:
        assert codes(lambda: desk.do(actions.pair, link)) == [("Refused", "pairing.over")]


def test_people_are_not_paired(desk: Desk) -> None:
    refusals = codes(
        *(lambda role=role: desk.do(actions.offer_pairing, role, None, "") for role in ("admin", "leader", "officer"))
    )
    assert refusals == [("Invalid", "pairing.role")] * 3


def test_an_agent_enrols_with_a_code_and_a_screen_pairs_with_a_link_never_the_other_way_round(desk: Desk) -> None:
    agents, kiosks = (
        desk.do(actions.offer_pairing, "agent", None, "PC quầy 1"),
        desk.do(actions.offer_pairing, "kiosk", None, ""),
    )
    assert codes(lambda: desk.do(actions.pair, agents), lambda: desk.do(actions.enrol, kiosks)) == [
        ("Refused", "pairing.over"),
        ("Refused", "enrolment.over"),
    ]
    assert desk.do(actions.enrol, agents).credential == Credential(
        1, "device", Role.AGENT, None, None, "PC quầy 1", None
    )
    assert codes(lambda: desk.do(actions.enrol, agents)) == [("Refused", "enrolment.over")]
    assert desk.do(actions.pair, kiosks).credential.role is Role.KIOSK


def test_purge_removes_what_is_over_and_keeps_the_rest(desk: Desk, clock: ManualClock) -> None:
    account = saved(desk, HOA)
    old = desk.do(actions.sign_in, account.id)
    desk.do(actions.offer_pairing, "kiosk", None, "")
    token = desk.do(actions.add_token, "wall", None, "", None)
    clock.advance(17 * 3600)
    new = desk.do(actions.sign_in, account.id)
    desk.do(lambda tx: store.purge(tx.db, tx.at, ""))
    assert [opens(desk, granted.secret) for granted in (old, token, new)] == [None, Role.WALL, Role.OFFICER]
    with desk.read() as db:
        left = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("credentials", "pairings")]  # noqa: S608 -- our own names
    assert left == [2, 0]


@pytest.mark.parametrize("text", ["ngắn", "a" * 30, "1234567890123"])
def test_a_weak_password_is_invalid(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.read_password(text)
    assert caught.value.code == "account.password"


def test_a_new_password_takes_the_pin_away(desk: Desk) -> None:
    account = saved(desk, HOA)
    desk.do(actions.set_pin, account.id, "hashed pin")
    with desk.read() as db:
        assert store.get_account(db, account.id).pin == "hashed pin"
    desk.do(actions.change_password, "hoa", "hashed anew")
    with desk.read() as db:
        assert store.get_account(db, account.id).pin == ""


def test_a_sign_in_that_ended_is_neither_locked_nor_ended_again(desk: Desk) -> None:
    account = saved(desk, HOA)
    granted = desk.do(actions.sign_in, account.id)
    desk.do(actions.sign_out, granted.credential.id)
    head = desk.head
    for action in (actions.end_idle, actions.refuse_pin):
        desk.do(action, granted.credential.id)
    desk.do(actions.lock_idle, granted.credential.id, 1)
    assert desk.head == head
    with pytest.raises(Refused):
        desk.do(actions.unlock, granted.credential.id, lambda _db, _account: True)


def test_a_photo_is_replaced_and_erased_by_its_person_or_with_the_account_and_the_journal_has_no_picture(
    desk: Desk,
) -> None:
    account = saved(desk, HOA)
    desk.do(actions.set_photo, account.id, b"first")
    desk.do(actions.set_photo, account.id, b"second")
    with desk.read() as db:
        assert store.find_photo(db, account.id) == b"second"
    desk.do(actions.remove_photo, account.id)
    desk.do(actions.remove_photo, account.id)
    desk.do(actions.set_photo, account.id, b"third")
    saved(desk, replace(account, disabled=True))
    with desk.read() as db:
        assert (db["account_photos"].count, scrubbing.is_scrubbed(db)) == (0, False)
        rows = list(db.execute("SELECT action, data FROM journal ORDER BY seq"))
    assert [row[0] for row in rows] == [
        "account.saved",
        "account.photo_set",
        "account.photo_set",
        "account.photo_removed",
        "account.photo_set",
        "account.saved",
    ]
    promised = [json.loads(data).get("photo") for action, data in rows if action == "account.photo_set"]
    assert len({*promised}) == len(promised)
    assert {len(commitment) for commitment in promised} == {64}
