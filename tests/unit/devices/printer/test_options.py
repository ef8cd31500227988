"""What is set for a printer: each mistake in it is named."""

from typing import Any

import pytest

from motcua.devices.contract import DeviceError
from motcua.devices.loading import build_driver


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"port": "tcp:host"}, "tcp:host"),
        ({"port": "tcp://host:99999"}, "tcp://host:99999"),
        ({"port": "serial:/dev/x?speed=1"}, "speed=1"),
        ({"port": "tcp://host", "profile": "no-such"}, "no-such"),
        ({"port": "tcp://host", "dots": 575}, "dots"),
        ({"port": "tcp://host", "colour": "red"}, "colour"),
        ({}, "port"),
        ({"port": "spool:HP"}, "pywin32"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], place: str) -> None:
    with pytest.raises(DeviceError) as refused:
        build_driver("printer", "escpos", options)
    assert place in str(refused.value)
    assert refused.value.permanent
