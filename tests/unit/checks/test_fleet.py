"""What agents say of their devices is taken as far as it can be read."""

import pytest

from motcua.checks.fleet import Fleet

AT, LATER = "2026-11-23T08:00:00.000+07:00", "2026-11-23T08:00:05.000+07:00"


def test_a_state_stands_since_it_changed() -> None:
    fleet = Fleet()
    fleet.update_devices(1, {"may-in": {"state": "ok"}}, AT)
    fleet.update_devices(1, {"may-in": {"state": "ok", "counters": {"jobs": 3}}}, LATER)
    found = fleet.find_condition(1, "may-in")
    assert found is not None
    assert (found.state, found.since, found.heard_at, found.counters) == ("ok", AT, LATER, {"jobs": 3})


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        ({"message": "There is no %(port)s.", "params": {"port": "COM3"}}, ("There is no %(port)s.", {"port": "COM3"})),
        ({"message": "The cable is out.", "params": {}}, ("The cable is out.", {})),
        ({"message": "There is no %(port)s.", "params": {"name": "COM3"}}, None),
        ({"message": "100% %(port)d", "params": {"port": "COM3"}}, None),
        ({"message": "", "params": {}}, None),
        ({"message": "x" * 201, "params": {}}, None),
        ({"message": 3, "params": {}}, None),
        ("The cable is out.", None),
        (None, None),
    ],
)
def test_a_reason_is_kept_only_if_it_can_be_said(why: object, kept: object) -> None:
    fleet = Fleet()
    fleet.update_devices(
        1, {"may-in": {"state": "down", "problem": "device_down", "error": "English.", "why": why}}, AT
    )
    found = fleet.find_condition(1, "may-in")
    assert found is not None
    assert (found.error, found.why) == ("English.", kept)
