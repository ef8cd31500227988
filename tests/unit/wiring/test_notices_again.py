"""Notices that fail: tried again for a day, over restarts and set clocks, and delivered once in the end."""

import pytest

from motcua.desk import jobs as job_table
from motcua.wiring.courier import AGAIN_S
from motcua.wiring.ways import EMAIL, WEBHOOK
from tests.ports import free_port
from tests.unit.wiring.notice_post import Post, finished


@pytest.mark.thorough
def test_a_notice_that_fails_ten_times_is_delivered_once_in_the_end(post: Post) -> None:
    post.set_up(smtp_host="")
    post.hook.statuses = [503] * 10
    post.book("16:00")
    post.pass_by()
    waits = [*AGAIN_S, *(AGAIN_S[-1],) * 10][:10]
    for tries, wait in enumerate(waits, 1):
        post.pass_by(wait - 1)
        assert len(post.hook.calls) == tries, wait  # not sooner
        post.pass_by(1)
        assert len(post.hook.calls) == tries + 1, wait
    assert post.states() == {WEBHOOK: ("done", None)}
    post.pass_by(86400)
    assert len(post.hook.calls) == 11
    assert len({headers["webhook-id"] for headers, _body in post.hook.calls}) == 1
    assert len({headers["webhook-timestamp"] for headers, _body in post.hook.calls}) == 11
    assert [row["state"] for row in finished(post.desk)] == ["done"]


@pytest.mark.thorough
def test_a_notice_is_given_up_when_its_time_is_over(post: Post) -> None:
    post.set_up(smtp_host="")
    post.hook.statuses = [503] * 100
    post.book("16:00", day="2026-11-25")
    post.pass_by()
    for _ in range(30):
        post.pass_by(3600)
    assert post.states() == {WEBHOOK: ("failed", "webhook.refused")}
    assert [row["state"] for row in finished(post.desk)] == ["failed"]


def test_what_fails_again_and_again_is_a_fault_until_it_works(post: Post) -> None:
    def faults() -> list[tuple[str, object]]:
        return [(fault.code, fault.params["count"]) for fault in post.desk.faults.list_all()]

    post.set_up(smtp_host="")
    post.hook.statuses = [503] * 3
    post.book("16:00")
    for wait in (0, 30, 60):
        post.pass_by(wait)
    assert faults() == []  # it is seen with the next look
    post.pass_by(1)
    assert faults() == [("notices.failing", 1)]
    post.pass_by(120)
    post.pass_by(1)
    assert faults() == []


@pytest.mark.thorough
def test_a_way_whose_far_end_is_gone_rests_and_the_others_go_on(post: Post) -> None:
    post.set_up()
    post.hook.statuses = [503] * 2
    for clock in ("15:00", "15:30", "16:00"):
        post.book(clock, phone=f"09123456{clock[1]}{clock[3]}")
    post.pass_by()
    assert (len(post.hook.calls), len(post.mailbox.mails)) == (1, 3)
    post.pass_by(9)
    assert len(post.hook.calls) == 1
    post.pass_by(1)  # the next one is tried, and fails too
    assert len(post.hook.calls) == 2
    post.pass_by(30)
    assert len(post.hook.calls) == 5
    assert len({headers["webhook-id"] for headers, _body in post.hook.calls}) == 3


def test_a_server_that_comes_back_gets_what_waited(post: Post) -> None:
    post.set_up(webhook_url="", smtp_port=free_port())
    post.book()
    post.pass_by()
    assert post.states() == {EMAIL: ("planned", "smtp.connect")}
    post.set_up(webhook_url="")
    post.pass_by(30)
    assert (len(post.mailbox.mails), post.states()) == (1, {EMAIL: ("done", None)})


@pytest.mark.thorough
def test_a_notice_survives_a_restart_also_after_a_failed_try_and_is_delivered_once(post: Post) -> None:
    post.set_up(smtp_host="")
    post.book("16:00")
    post.restart()
    post.hook.statuses = [503]
    post.pass_by()
    assert (len(post.hook.calls), post.states()) == (1, {WEBHOOK: ("planned", "webhook.refused")})
    post.restart()
    post.pass_by(29)
    assert len(post.hook.calls) == 1
    post.pass_by(1)
    assert (len(post.hook.calls), post.states()) == (2, {WEBHOOK: ("done", None)})
    post.restart()
    post.pass_by(3600)
    assert len(post.hook.calls) == 2


def test_what_was_being_sent_when_the_power_went_is_not_sent_twice_by_itself(post: Post) -> None:
    post.set_up(smtp_host="")
    post.book("16:00")
    post.desk.do(job_table.hand_out, WEBHOOK)
    post.restart()
    post.pass_by(3600)
    assert (post.hook.calls, post.states()) == ([], {WEBHOOK: ("sent", None)})


def test_what_waited_too_long_is_not_sent_any_more(post: Post) -> None:
    post.set_up(smtp_host="")
    post.book("16:00", day="2026-11-25")
    post.pass_by(24 * 3600)
    assert post.hook.calls == []


@pytest.mark.parametrize("seconds", [-3600, 3 * 3600])
def test_a_notice_is_tried_again_after_its_while_though_the_clock_was_set(post: Post, seconds: int) -> None:
    post.set_up(smtp_host="")
    post.book("16:00")
    post.hook.statuses = [503]
    post.pass_by()
    post.clock.step(seconds)
    post.desk.look_at_clock()
    post.pass_by(29)
    assert len(post.hook.calls) == 1
    post.pass_by(1)
    assert (len(post.hook.calls), post.states()) == (2, {WEBHOOK: ("done", None)})
