"""Addresses of devices: what is written is what is read, and texts that nobody wrote do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.typed.device_address import DeviceAddress

PART = st.text(st.characters(exclude_characters=":"), max_size=12)
ADDRESSES = st.builds(DeviceAddress, PART, PART, PART, st.none() | st.integers(0, 99_999))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("printer:3:may-in", DeviceAddress("printer", "3", "may-in")),
        ("sign:3:bang:2", DeviceAddress("sign", "3", "bang", 2)),
        ("sign:3::2", DeviceAddress("sign", "3", "", 2)),
        ("printer:3", DeviceAddress("printer", "3")),
        ("notices:email", DeviceAddress("notices", "email")),
        ("printer", DeviceAddress("printer")),
    ],
)
def test_the_text_of_an_address_stays_as_it_always_was(text: str, address: DeviceAddress) -> None:
    assert (DeviceAddress.parse(text), str(address)) == (address, text)


@pytest.mark.thorough
@given(ADDRESSES)
def test_what_is_written_is_what_is_read(address: DeviceAddress) -> None:
    assert DeviceAddress.parse(str(address)) == address


@pytest.mark.thorough
@given(st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    address = DeviceAddress.parse(text)
    assert DeviceAddress.parse(str(address)) == address


def test_an_address_is_the_same_for_each_counter_but_for_the_counter() -> None:
    address = DeviceAddress("sign", "3", "bang")
    assert (str(address.with_counter(7)), address.with_counter(7).with_counter(None)) == ("sign:3:bang:7", address)
