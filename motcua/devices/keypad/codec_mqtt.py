"""Pads that publish JSON over MQTT: `{"id": "7f3a", "key": "next", "number": 12, "address": 3}`. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.devices.contract import Stroke
from motcua.devices.keypad.oddities import Named, Oddities, stroke

ID_MAX = 64
PAYLOAD_MAX = 1024
REMEMBERED = 256


@dataclass(frozen=True)
class Published:
    """One press as its pad published it. `id` is the pad's own name for it: MQTT brings a message at least once, so maybe twice."""

    id: str
    stroke: Stroke


class MqttCodec:
    """Payloads to presses, each `id` once. A message without an `id` is refused: a press repeated by the network would count twice."""

    def __init__(self, keys: Mapping[str, Named]) -> None:
        self._keys = keys
        self._ids: dict[str, None] = {}
        self.odd = Oddities()

    def read(self, payload: bytes) -> Published | None:
        """Return the press, None for what is none or was here before."""
        found = self._parsed(payload)
        if found is None:
            self.odd.strange(payload)
            return None
        name = _name(found)
        if name in self._ids:
            return None
        self._ids[name] = None
        if len(self._ids) > REMEMBERED:
            del self._ids[next(iter(self._ids))]
        self.odd.known += 1
        return found

    def forget(self, press: Published | None) -> None:
        """`press` was lost again: when it comes once more, it counts."""
        if press is not None:
            self._ids.pop(_name(press), None)

    def _parsed(self, payload: bytes) -> Published | None:
        try:
            body = json.loads(payload) if len(payload) <= PAYLOAD_MAX else None
        except (ValueError, RecursionError):
            return None
        if not isinstance(body, dict):
            return None
        own, key, number, address = (body.get(name) for name in ("id", "key", "number", "address"))
        if not isinstance(own, str) or not 0 < len(own) <= ID_MAX or not isinstance(key, str) or key not in self._keys:
            return None
        if not (_whole(number) and _whole(address)):
            return None
        read = stroke(self._keys[key], number, address)
        return None if read is None else Published(own, read)

    def encode(self, wanted: Stroke, own: str) -> bytes:
        """Return the payload of `wanted`. Raises `ValueError` for a key that is not there."""
        for key, (name, fixed) in self._keys.items():
            if name == wanted.key and fixed in {None, wanted.number}:
                body = {"id": own, "key": key, "number": wanted.number, "address": wanted.address}
                return json.dumps({name: value for name, value in body.items() if value is not None}).encode()
        raise ValueError(wanted)


def _name(press: Published) -> str:
    return f"{press.stroke.address}/{press.id}"


def _whole(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6)
