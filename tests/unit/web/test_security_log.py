"""Tries that fail are told once with all there is to know, and then as a number."""

import json
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.desk import ManualClock
from motcua.web.security_log import EVERY_S, TABLE_MAX, SecurityLog, write_line


@pytest.fixture
def log(clock: ManualClock, caplog: pytest.LogCaptureFixture) -> SecurityLog:
    caplog.set_level(logging.WARNING, "motcua.security")
    return SecurityLog(clock)


def test_a_try_that_repeats_is_told_once_a_minute_with_its_number(
    log: SecurityLog, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(30):
        log.note("csrf.invalid", "10.0.0.7", "api.issue", who="credential:4")
    log.note("csrf.invalid", "10.0.0.8", "api.issue")
    clock.advance(EVERY_S)
    log.note("csrf.invalid", "10.0.0.7", "api.issue", who="credential:4")
    assert caplog.messages == [
        'csrf.invalid address="10.0.0.7" door="api.issue" who="credential:4"',
        'csrf.invalid address="10.0.0.8" door="api.issue"',
        'csrf.invalid address="10.0.0.7" door="api.issue" who="credential:4" again=29',
    ]


@pytest.mark.thorough
def test_many_addresses_fill_neither_memory_nor_log(
    log: SecurityLog, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3 * TABLE_MAX):
        log.note("auth.required", f"fe80::{number:x}", "api.wall")
    assert len(caplog.messages) == TABLE_MAX + 1
    caplog.clear()
    clock.advance(EVERY_S)
    log.note("auth.role", "10.0.0.7", "api.wall")
    assert caplog.messages == [
        f'many address="" door="" again={2 * TABLE_MAX - 1}',
        'auth.role address="10.0.0.7" door="api.wall"',
    ]


@pytest.mark.thorough
@given(st.text(), st.one_of(st.text(), st.none(), st.integers()))
def test_no_value_looks_like_a_line_or_a_field_of_its_own(address: str, account: str | int | None) -> None:
    found = write_line("sign_in.failed", {"address": address, "account": account})
    assert found.isascii()
    assert found.isprintable()
    fields = re.fullmatch(r'sign_in\.failed address=("(?:[^"\\]|\\.)*") account=(.*)', found)
    assert fields is not None
    assert (json.loads(fields[1]), json.loads(fields[2])) == (address, account)
