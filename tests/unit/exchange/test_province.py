"""The provincial system over real HTTP: nothing is lost, the order of each dossier stays, and the desk never waits."""

from collections.abc import Iterator
from datetime import date

import pytest

from motcua.cli.emulated.province import KEYS
from motcua.desk import outbox
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import DossierState
from motcua.exchange.actions.pushing import PUSH, push_again
from motcua.exchange.store import records, refusals
from motcua.wiring.province import ITEMS_FAULT, PULL_FAULT, PUSH_FAULT, REFUSED_FAULT, ProvinceLink
from tests.unit.exchange.connected import CODE, Connected, change, connect
from tests.unit.exchange.exchange_pages import ExchangePages


@pytest.fixture
def connected(pages: ExchangePages) -> Iterator[Connected]:
    with connect(pages) as line:
        yield line


@pytest.mark.thorough
def test_the_list_comes_onto_the_board_without_anybody_in_it(connected: Connected) -> None:
    connected.emulator.fill(5, date(2026, 11, 20))
    connected.emulator.faults = {"duplicates", "reordered"}
    connected.pass_by()
    assert connected.list_records().keys() == connected.emulator.dossiers.keys()
    page = connected.pages.ask("/dossiers?box=ready").text
    assert "Hệ thống tỉnh" in page
    raw = b"".join(path.read_bytes() for path in connected.pages.taken.hall.folder.glob("desk.db*"))
    assert "Trần Thị Mẫu".encode() not in raw
    assert connected.list_faults() == {}


@pytest.mark.thorough
def test_the_list_is_asked_for_again_after_its_minutes_and_only_what_changed(connected: Connected) -> None:
    connected.pass_by()
    connected.pass_by(14 * 60)
    assert connected.emulator.questions == ["/list"]
    connected.pass_by(60)
    assert len(connected.emulator.questions) == 2
    assert connected.emulator.questions[1].startswith("/list?since=2026-11-")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("500", "province.refused"),
        ("401", "province.unauthorised"),
        ("garbage", "province.json"),
        ("shapeless", "province.items"),
    ],
)
def test_a_list_that_fails_is_named_and_tried_again_later_and_later(
    connected: Connected, fault: str, code: str
) -> None:
    connected.emulator.fill(2, date(2026, 11, 20))
    connected.emulator.faults = {fault}
    connected.pass_by()
    assert connected.list_faults() == {PULL_FAULT: code}
    tries = []
    for _turn in range(20):
        connected.pass_by(30)
        tries.append(len(connected.emulator.questions))
    assert tries[0] == 2
    assert 4 <= tries[-1] <= 6, "the pauses grow: 30, 60, 120, 300 seconds"
    connected.emulator.faults = set()
    connected.pass_by(3600)
    assert connected.list_faults() == {}
    assert len(connected.list_records()) == 2


@pytest.mark.thorough
def test_items_that_nobody_can_read_are_counted_and_the_others_come(connected: Connected) -> None:
    connected.emulator.fill(2, date(2026, 11, 20))
    connected.emulator.faults = {"broken-items"}
    connected.pass_by()
    assert len(connected.list_records()) == 2
    fault = connected.desk.faults.list_all()[0]
    assert (fault.code, fault.params["count"], fault.params["row"]) == (ITEMS_FAULT, 3, 1)


@pytest.mark.thorough
def test_what_happens_to_a_dossier_is_told_in_its_order(connected: Connected) -> None:
    dossier = connected.number()
    connected.desk.do(actions.hand_over, dossier.code, 1, None)
    connected.desk.do(actions.finish, dossier.code)
    connected.desk.do(actions.hand_out, dossier.code)
    for _turn in range(4):
        connected.pass_by()
    assert connected.list_told() == [
        (CODE, "Mới đăng ký"), (CODE, "Đang xử lý"), (CODE, "Đã xử lý xong"), (CODE, "Đã trả kết quả"),
    ]  # fmt: skip
    body = connected.emulator.reports[0][1]
    assert body == {
        KEYS["code"]: CODE,
        KEYS["state"]: "Mới đăng ký",
        KEYS["changed_there"]: body[KEYS["changed_there"]],
    }


@pytest.mark.thorough
def test_while_the_province_is_away_nothing_is_lost_and_the_order_stays(connected: Connected) -> None:
    first, second = connected.number(), connected.number("H29.17-261102-0002")
    connected.emulator.faults = {"500"}
    connected.pass_by()
    connected.desk.do(actions.finish, first.code)
    connected.desk.do(actions.finish, second.code)
    for _turn in range(5):
        connected.pass_by(10)
    assert connected.list_told() == []
    connected.pass_by(400)
    assert connected.list_faults()[PUSH_FAULT] == "province.refused"
    with connected.desk.read() as db:
        assert outbox.count_waiting(db, PUSH) == 4
    again = ProvinceLink(
        connected.desk,
        connected.pages.taken.hall.folder,
        lambda work, *given: work(*given),
        lambda work, *given: work(*given),
    )
    connected.emulator.faults, connected.link = set(), again
    for _turn in range(4):
        connected.pass_by(3600)
    told = connected.list_told()
    assert [state for code, state in told if code == CODE] == ["Mới đăng ký", "Đã xử lý xong"]
    assert [state for code, state in told if code != CODE] == ["Mới đăng ký", "Đã xử lý xong"]
    assert connected.list_faults() == {}


@pytest.mark.thorough
def test_a_province_that_cannot_be_reached_is_named(connected: Connected) -> None:
    change(connected, list_url="http://127.0.0.1:9/list", status_url="http://127.0.0.1:9/x")
    connected.number()
    connected.pass_by()
    assert connected.list_faults() == {PULL_FAULT: "province.connect", PUSH_FAULT: "province.connect"}


@pytest.mark.thorough
def test_a_token_or_mapping_that_is_missing_is_named(connected: Connected) -> None:
    (connected.pages.taken.hall.folder / "keys" / "province.token").unlink()
    connected.pass_by()
    assert connected.list_faults() == {PULL_FAULT: "province.token"}
    change(connected, mapping="Không có")
    connected.pass_by(3600)
    assert connected.list_faults() == {PULL_FAULT: "province.mapping"}


@pytest.mark.thorough
def test_what_the_province_refuses_waits_for_a_person_and_holds_up_no_other(connected: Connected) -> None:
    dossier, other = connected.number(), connected.number("H29.17-261102-0002")
    del connected.emulator.dossiers[CODE]
    connected.pass_by()
    assert [code for code, _state in connected.list_told()] == ["H29.17-261102-0002"]
    connected.pass_by()
    assert connected.list_faults() == {REFUSED_FAULT: None}
    with connected.desk.read() as db:
        refused = refusals.list_refusals(db, 10)
    assert [(item.dossier, item.detail) for item in refused] == [(dossier.code, "province.refused 404")]
    page = connected.pages.ask("/dossiers/exchange").text
    assert f'data-refused="{dossier.code}"' in page
    connected.emulator.add(CODE, "Mới đăng ký", date(2026, 11, 2))
    sent = connected.pages.ask("/dossiers/exchange/push", form={"code": dossier.code})
    assert sent.status_code == 303
    connected.pass_by()
    connected.pass_by()
    assert connected.list_told()[-1] == (CODE, "Mới đăng ký")
    assert connected.list_faults() == {}
    assert other.code not in connected.pages.ask("/dossiers/exchange").text


@pytest.mark.thorough
def test_a_state_without_a_name_and_one_that_is_stale_are_for_a_person(connected: Connected) -> None:
    dossier, late = connected.number(), connected.number("H29.17-261102-0002")
    connected.pass_by()
    end = actions.EndRequest(DossierState.WITHDRAWN)
    connected.desk.do(actions.end, connected.pages.taken.vault, dossier.code, end)
    connected.pass_by()
    connected.emulator.faults = {"500"}
    connected.desk.do(actions.finish, late.code)
    connected.pass_by()
    connected.pass_by(31 * 24 * 3600)
    with connected.desk.read() as db:
        details = {item.dossier: item.detail for item in refusals.list_refusals(db, 10)}
    assert details == {dossier.code: "province.no_state", late.code: "province.stale"}


@pytest.mark.thorough
def test_switched_off_nothing_is_planned_fetched_or_sent(connected: Connected) -> None:
    change(connected, is_on=False)
    dossier = connected.number()
    connected.desk.do(actions.finish, dossier.code)
    connected.pass_by()
    assert (connected.emulator.questions, connected.emulator.reports) == ([], [])
    with connected.desk.read() as db:
        assert outbox.count_waiting(db, PUSH) == 0
    answer = connected.pages.ask("/dossiers/exchange/push", form={"code": dossier.code})
    assert answer.status_code == 409


@pytest.mark.thorough
def test_days_are_sent_only_where_the_settings_say_so(connected: Connected) -> None:
    change(connected, sends_days=True, status_method="PUT")
    dossier = connected.number()
    connected.desk.do(actions.finish, dossier.code)
    connected.pass_by()
    connected.pass_by()
    body = connected.emulator.reports[-1][1]
    now = connected.pages.taken.now(dossier)
    assert (body[KEYS["due_on"]], body[KEYS["settled_on"]]) == (now.due_on, (now.settled_at or "")[:10])
    assert "Nguyễn" not in str(connected.emulator.reports)


@pytest.mark.thorough
def test_a_dossier_of_this_desk_in_the_list_is_compared_and_never_changed(connected: Connected) -> None:
    dossier = connected.number()
    connected.emulator.dossiers[CODE][KEYS["state"]] = "Đã trả kết quả"
    before = connected.pages.taken.now(dossier)
    connected.pass_by()
    assert connected.pages.taken.now(dossier) == before
    with connected.desk.read() as db:
        assert [(item.code, item.kind.value) for item in records.list_differences(db, 9)] == [(CODE, "own_state")]


@pytest.mark.thorough
def test_nothing_is_told_of_a_dossier_without_a_code_of_the_province(connected: Connected) -> None:
    dossier = connected.pages.lodge()
    connected.desk.do(actions.finish, dossier.code)
    connected.pass_by()
    assert connected.emulator.reports == []
    with pytest.raises(Exception, match=r"province\.no_code|code of the provincial"):
        connected.desk.do(push_again, dossier.code)
