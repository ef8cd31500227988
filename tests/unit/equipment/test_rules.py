"""What an agent may declare, and for which of its devices it acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.desk import Forbidden
from motcua.devices.kinds import DRIVEN
from motcua.equipment import rules
from motcua.equipment.model import Binding, DeclaredDevice

AGENTS, COUNTERS, NAMES = st.integers(1, 3), st.integers(1, 5), st.sampled_from(["phim", "mat", "quet"])
DEVICES = st.lists(
    st.builds(DeclaredDevice, AGENTS, NAMES, st.sampled_from(DRIVEN), st.lists(COUNTERS, max_size=4).map(tuple)),
    max_size=8,
)
BINDINGS = st.builds(
    Binding,
    AGENTS,
    st.lists(COUNTERS, max_size=4).map(tuple),
    st.none() | st.lists(st.integers(1, 9), max_size=2).map(tuple),
    st.booleans(),
)


@pytest.mark.thorough
@given(DEVICES, BINDINGS, st.sampled_from(DRIVEN), st.none() | COUNTERS, st.none() | NAMES)
def test_an_agent_acts_with_a_device_of_its_own_where_it_is_bound_and_never_else(
    devices: list[DeclaredDevice], binding: Binding, kind: str, counter: int | None, name: str | None
) -> None:
    fitting = [
        device
        for device in devices
        if (device.agent, device.kind) == (binding.agent, kind)
        and (name is None or name == device.name)
        and (counter is None or counter in device.counters)
    ]
    is_bound = binding.kiosks != () if counter is None else counter in binding.counters
    if fitting and is_bound:
        assert rules.require_device(devices, binding, kind, counter, name) in fitting
        return
    with pytest.raises(Forbidden) as refused:
        rules.require_device(devices, binding, kind, counter, name)
    assert refused.value.code == ("agent.unbound" if fitting else "device.undeclared")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
ENTRY = st.fixed_dictionaries(
    {"name": NAMES | ANYTHING, "kind": st.sampled_from(DRIVEN) | ANYTHING},
    optional={"counters": st.lists(COUNTERS | ANYTHING, max_size=4) | ANYTHING},
)


@pytest.mark.thorough
@given(st.lists(ENTRY | ANYTHING, max_size=10))
def test_whatever_stands_beside_them_good_devices_are_taken_and_all_others_named(entries: list[object]) -> None:
    good = {"name": "may-in", "kind": "printer"}
    devices, odd = rules.read_declaration(7, [*entries, good])
    assert DeclaredDevice(7, "may-in", "printer") in devices
    assert len({device.name for device in devices}) == len(devices)
    assert len(devices) + len([item for item in odd if item.message != rules.ODD_COUNTERS]) == len(entries) + 1
    assert all(item.message % item.params for item in odd)


def test_a_list_that_is_too_long_keeps_its_first_devices() -> None:
    devices, odd = rules.read_declaration(7, [{"name": f"d{number:03}", "kind": "sign"} for number in range(130)])
    assert [device.name for device in devices] == [f"d{number:03}" for number in range(rules.DEVICES_MAX)]
    assert (len(odd), odd[0].name, odd[0].message) == (rules.ODD_MAX, "d100", rules.ODD_MANY)
