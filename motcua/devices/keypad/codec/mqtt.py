"""Pads that publish JSON over MQTT: `{"id": "7f3a", "key": "next", "number": 12, "address": 3}`. Pure.

Makers write the same message in many ways, so the codec accepts every form that has one meaning. Numbers may be
text, and an `id` may be a number. Names and keys may have capitals. A byte order mark is skipped. The fields may be
inside another object, and the address may be in the topic only.
"""

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from motcua.devices.contract import Stroke
from motcua.devices.keypad.oddities import Named, Oddities, find_stroke

ID_MAX = 64
PAYLOAD_MAX = 1024
REMEMBERED = 256
DEPTH_MAX = 5
_FIELDS = ("id", "key", "number", "address")
_FIGURES = 6
_IN_LEVEL = re.compile(r"\D*(\d{1,6})", re.ASCII)
_TWICE = object()
"""Stands for a field that has two values in one object: it cannot be known which is meant."""


class Published(Struct, frozen=True):
    """One press as its pad published it.

    `id` is the pad's own name for it: MQTT brings a message at least once, so maybe twice.
    """

    id: str
    stroke: Stroke


class MqttCodec:
    """Payloads to presses, each `id` once.

    A message without an `id` is refused: a press repeated by the network would count twice.
    """

    def __init__(self, keys: Mapping[str, Named]) -> None:
        self._keys = keys
        folded = [key.strip().casefold() for key in keys]
        self._folded = {key.strip().casefold(): key for key in keys if folded.count(key.strip().casefold()) == 1}
        self._ids: dict[str, None] = {}
        self.odd = Oddities()
        self.nameless = 0
        """Messages of a known key that had no `id`, since the last that had one."""

    def read(self, payload: bytes, address: int | None = None) -> Published | None:
        """Return the press, None for what is none or was here before.

        `address` is the topic's, for a payload that has none.
        """
        published = self._parsed(payload, address)
        if published is None:
            self.odd.count_strange(payload)
            return None
        self.nameless = 0
        name = _name(published)
        if name in self._ids:
            return None
        self._ids[name] = None
        if len(self._ids) > REMEMBERED:
            del self._ids[next(iter(self._ids))]
        self.odd.recognized += 1
        return published

    def forget(self, press: Published | None) -> None:
        """`press` was lost again: when it comes once more, it counts."""
        if press is not None:
            self._ids.pop(_name(press), None)

    def _parsed(self, payload: bytes, address: int | None) -> Published | None:
        fields = _fields(payload)
        key = self._key(fields.get("key"))
        try:
            number, own_address = (_whole(fields.get(name)) for name in ("number", "address"))
        except ValueError:
            return None
        if key is None:
            return None
        press_id = _id(fields.get("id"))
        if press_id is None:
            self.nameless += 1
            return None
        read = find_stroke(self._keys[key], number, address if own_address is None else own_address)
        return None if read is None else Published(press_id, read)

    def _key(self, name: object) -> str | None:
        """Return the profile's key that `name` stands for: as it is written there, else by its letters alone."""
        text = _text(name)
        if text is None or text in self._keys:
            return text
        return self._folded.get(text.casefold())

    def encode(self, pressed: Stroke, press_id: str) -> bytes:
        """Return the payload of `pressed`. Raises `ValueError` for a key that is not there."""
        for key, (name, fixed) in self._keys.items():
            if name == pressed.key and fixed in {None, pressed.number}:
                body = {"id": press_id, "key": key, "number": pressed.number, "address": pressed.address}
                return json.dumps({name: value for name, value in body.items() if value is not None}).encode()
        raise ValueError(pressed)


def find_address(topic: str, subscription: str) -> int | None:
    """Return the number that a topic has where `subscription` has a wildcard: `pads/3`, `pads/quay-3/press`; None
    without one, or with several.
    """
    levels, places = topic.split("/"), subscription.split("/")
    free = [level for level, place in zip(levels, places, strict=False) if place == "+"]
    if places[-1] == "#":
        free += levels[len(places) - 1 :]
    numbers = [int(match[1]) for level in free if (match := _IN_LEVEL.fullmatch(level))]
    return numbers[0] if len(numbers) == 1 else None


def find_topic_mistake(subscription: str) -> str | None:
    """Return what is wrong with a subscription in English, None when a broker takes it.

    Source: MQTT 3.1.1, section 4.7.
    """
    levels = subscription.split("/")
    if any(ord(letter) < ord(" ") for letter in subscription):
        return "a topic has no control characters"
    if subscription.startswith("$"):
        return "topics that begin with $ are the broker's own; no pad publishes there"
    if any(level not in {"+", "#"} and ("+" in level or "#" in level) for level in levels) or "#" in levels[:-1]:
        return "+ stands for a whole level of the topic, # for all the rest, as in pads/+ or pads/#"
    return None


def _fields(payload: bytes) -> dict[str, Any]:
    """Return the fields of the object that holds `key`, its own before those around it; empty for what cannot be
    read.
    """
    if len(payload) > PAYLOAD_MAX:
        return {}
    try:
        text = payload.decode("utf-16" if payload[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
        body = json.loads(text.strip().strip("\0").strip(), object_pairs_hook=_read_fields)
    except (ValueError, RecursionError):
        return {}
    if isinstance(body, dict):
        return _find_fields(body, {}, DEPTH_MAX) or {}
    return {"key": body}  # a key alone: understood, but without an id it counts as nothing


def _read_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for written, value in pairs:
        name = written.strip().casefold()
        fields[name] = value if name not in fields or fields[name] == value else _TWICE
    return fields


def _find_fields(body: dict[str, Any], around: dict[str, Any], depth: int) -> dict[str, Any] | None:
    """Return the fields at the one place that has `key`: what stands beside it there, and around it.

    None for no such place, or several.
    """
    fields = around | {name: body[name] for name in _FIELDS if name in body and not isinstance(body[name], dict)}
    if "key" in fields:
        return fields
    inner = [value for value in body.values() if isinstance(value, dict)] if depth else []
    candidates = [inner_fields for value in inner if (inner_fields := _find_fields(value, fields, depth - 1))]
    return candidates[0] if len(candidates) == 1 else None


def _text(value: object) -> str | None:
    """Return a text or whole number as text, None for anything else."""
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", value).strip()
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        return None
    return str(int(value)) if value == int(value) else repr(value)


def _id(value: object) -> str | None:
    """Return an id: a text or a number, which mean the same; None for anything else."""
    text = _text(value)
    return text if text and len(text) <= ID_MAX else None


def _whole(value: object) -> int | None:
    """Return a number of up to six figures, also one that came as text; None where there is none.

    Raises `ValueError` for anything else.
    """
    if value is None or value == "":
        return None
    text = _text(value)
    if text is None or not (text.isascii() and text.isdecimal()) or len(text.lstrip("0")) > _FIGURES:
        raise ValueError(value)
    return int(text)


def _name(press: Published) -> str:
    return f"{press.stroke.address}/{press.id}"
