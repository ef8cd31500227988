"""How many connections strangers may hold, and that nobody of the desk is kept out by them."""

from motcua.run.doorkeeper import (
    REST_S,
    STRANGERS_MAX,
    ClientConnection,
    ConnectionState,
    Doorkeeper,
    group_address,
    limit_strangers,
)


class Wires:
    """A keeper of `address_max` places an address, and which lines it hung up on."""

    def __init__(self, address_max: int, total: int = 100, trials: int = 3) -> None:
        self.address_max = address_max
        self.now = 0.0
        self.keeper = Doorkeeper(lambda: self.address_max, total, trials, lambda: self.now)
        self.ended: list[str] = []

    def open(self, address: str, name: str = "") -> ClientConnection:
        return self.keeper.enter(address, lambda: self.ended.append(name))


def test_an_address_has_so_many_places_and_another_its_own() -> None:
    wires = Wires(2)
    lines = [wires.open("10.0.0.1") for _ in range(3)]
    assert [line.state for line in lines] == [ConnectionState.STRANGER, ConnectionState.STRANGER, ConnectionState.TRIAL]
    assert not wires.keeper.admit(lines[2])
    assert wires.keeper.admit(wires.open("10.0.0.2"))


def test_who_shows_a_credential_counts_no_more() -> None:
    wires = Wires(2)
    lines = [wires.open("10.0.0.1") for _ in range(3)]
    for line in lines:
        line.vouch("credential:7")
    assert (wires.keeper.strangers, wires.keeper.trials) == (0, 0)
    assert wires.keeper.admit(wires.open("10.0.0.1"))


def test_a_place_that_is_left_is_free_for_a_line_on_trial() -> None:
    wires = Wires(1)
    first, second = wires.open("10.0.0.1"), wires.open("10.0.0.1")
    assert not wires.keeper.admit(second)
    wires.keeper.leave(first)
    assert wires.keeper.admit(second)
    wires.keeper.leave(second)
    wires.keeper.leave(second)
    assert (wires.keeper.strangers, wires.keeper.trials) == (0, 0)


def test_all_strangers_together_leave_room_for_the_desk() -> None:
    wires = Wires(10, total=3)
    lines = [wires.open(f"10.0.0.{number}") for number in range(5)]
    assert [wires.keeper.admit(line) for line in lines] == [True, True, True, False, False]
    lines[4].vouch("credential:7")
    assert lines[4].state is ConnectionState.VOUCHED


def test_of_too_many_trials_the_oldest_of_the_fullest_address_ends() -> None:
    wires = Wires(0, trials=3)
    kiosk = wires.open("10.0.0.9", "kiosk")
    flood = [wires.open("10.0.0.1", f"flood {number}") for number in range(5)]
    assert wires.ended == ["flood 0", "flood 1", "flood 2"]
    assert not wires.keeper.admit(flood[0])
    kiosk.vouch("credential:7")
    flood[0].vouch("credential:7")
    assert (kiosk.state, flood[0].state) == (ConnectionState.VOUCHED, ConnectionState.GONE)


def test_a_trial_ends_unless_somebody_of_the_desk_speaks() -> None:
    wires = Wires(0)
    stranger, screen = wires.open("10.0.0.1", "stranger"), wires.open("10.0.0.1", "screen")
    screen.vouch("credential:7")
    for line in (stranger, screen, stranger):
        wires.keeper.end_trial(line)
    assert wires.ended == ["stranger"]


def test_a_line_that_rests_makes_room_and_one_that_works_does_not() -> None:
    wires = Wires(2)
    first, second = wires.open("10.0.0.1", "first"), wires.open("10.0.0.1", "second")
    for line in (first, second):
        line.mark_resting()
    wires.now = REST_S - 0.01
    newcomer = wires.open("10.0.0.1")
    assert not wires.keeper.admit(newcomer)
    first.mark_busy()
    wires.now = REST_S
    assert wires.keeper.admit(newcomer)
    assert wires.ended == ["second"]
    assert not wires.keeper.admit(wires.open("10.0.0.1"))


def test_a_setting_that_grows_is_followed_at_once() -> None:
    wires = Wires(1)
    _first, second = wires.open("10.0.0.1"), wires.open("10.0.0.1")
    wires.address_max = 2
    assert wires.keeper.admit(second)


def test_addresses_count_however_they_are_written() -> None:
    assert group_address("::ffff:10.0.0.1") == group_address("10.0.0.1") == "10.0.0.1"
    assert group_address("2001:db8:1:2::1") == group_address("2001:db8:1:2:ffff::9") != group_address("2001:db8:1:3::1")
    assert group_address("fe80::1%eth0") == group_address("fe80::2")
    assert group_address("::1") == "::1"
    assert group_address("no address") == "no address"


def test_strangers_never_get_the_last_descriptors() -> None:
    assert limit_strangers(1_024) < 1_024 - 500
    assert limit_strangers(1 << 20) == STRANGERS_MAX
    assert limit_strangers(64) == 1
