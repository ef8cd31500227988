"""What a maker's keypad sends for each key, written down in YAML: read, checked by place, turned into a codec."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from pydantic import ValidationError

from motcua.devices.contract import DeviceError
from motcua.devices.keypad.codec.frame import FrameCodec
from motcua.devices.keypad.codec.hid import HidCodec
from motcua.devices.keypad.codec.line import LineCodec
from motcua.devices.keypad.codec.modbus import PanelKeys, Spot
from motcua.devices.keypad.codec.mqtt import MqttCodec
from motcua.devices.keypad.oddities import Named
from motcua.devices.keypad.outputs import Output
from motcua.devices.keypad.schema import ProfileMistake, Schema, list_tokens
from motcua.typed.files import NotTextError, decode_input
from motcua.typed.sentences import mark

SIZE_MAX = 65_536
SHOWN = 5
INLINE = "(written into the settings)"
_OWN = files("motcua.devices.keypad") / "profiles"


class _Strings(yaml.BaseLoader):
    """Leaves every scalar a string: `01`, `0.10` and `no` are keys of a keypad, not numbers.

    No anchors, no key twice.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("anchors and aliases are not allowed")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _value in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.YAMLError(f"{twice} stands there twice")
        return dict(super().construct_mapping(node, deep))


class Profile(Struct, frozen=True):
    """A checked profile. `name` is the built-in's or the file's."""

    name: str
    schema: Schema
    keys: Mapping[Any, Named]

    def make_serial_codec(self) -> LineCodec | FrameCodec:
        """Return the codec of a serial line. Raises `DeviceError` (permanent) for a profile of another kind of line."""
        if self.schema.line is not None:
            return LineCodec(self.schema.line.to_shape(), self.keys)
        if self.schema.frame is not None:
            return FrameCodec(self.schema.frame.to_shape(), self.keys)
        raise self._unfit("serial")

    def make_hid_codec(self) -> HidCodec:
        """Return the codec of a USB number pad. Raises `DeviceError` as above."""
        if self.schema.codec != "hid_evdev":
            raise self._unfit("hid")
        return HidCodec(self.keys)

    def make_panel(self, address: int) -> PanelKeys:
        """Return what reads the panel at `address`. Raises `DeviceError` as above."""
        if self.schema.modbus is None:
            raise self._unfit("modbus")
        keys: Mapping[Spot, Named] = self.keys
        return PanelKeys(self.schema.modbus.to_shape(), keys, address)

    def make_mqtt_codec(self) -> MqttCodec:
        """Return the codec of pads that publish. Raises `DeviceError` as above."""
        if self.schema.codec != "mqtt_json":
            raise self._unfit("mqtt")
        return MqttCodec(self.keys)

    def find_output(self, name: str) -> Output | None:
        """Return what makes the pad show or say `name`, None if it cannot."""
        outputs: Mapping[str, Output] = {str(key): value for key, value in self.schema.outputs.items()}
        return outputs.get(name)

    def _unfit(self, driver: str) -> DeviceError:
        message = mark("The profile %(profile)s is for %(codec)s; the driver %(driver)s cannot use it.")
        return DeviceError(message, permanent=True, profile=self.name, codec=self.schema.codec, driver=driver)


def list_built_in() -> list[str]:
    """Return the names of the profiles that come along."""
    return sorted(entry.name.removesuffix(".yaml") for entry in _OWN.iterdir() if entry.name.endswith(".yaml"))


def load(name: str) -> Profile:
    """Return the built-in profile `name`, or that of a file (`…/name.yaml`), or the one that `name` itself is: YAML
    of several lines.

    Raises `DeviceError` (permanent), mistakes by their place.
    """
    if "\n" in name:
        return parse(name, INLINE)
    if name in list_built_in():
        return parse((_OWN / f"{name}.yaml").read_text(encoding="utf-8"), name)
    if not name.endswith((".yaml", ".yml")):
        message = mark("There is no profile %(profile)s. Valid: %(known)s, or a file that ends in .yaml.")
        raise DeviceError(message, permanent=True, profile=name, known=", ".join(list_built_in()))
    try:
        text = decode_input(Path(name).read_bytes())
    except NotTextError as error:
        named = (
            mark("The profile %(profile)s is in %(encoding)s. Save it as UTF-8."),
            mark("The profile %(profile)s is not a text file. Save it as UTF-8."),
        )
        raise DeviceError(named[not error.encoding], permanent=True, profile=name, encoding=error.encoding) from error
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise DeviceError(
            mark("The profile %(profile)s cannot be read: %(problem)s"), permanent=True, profile=name, problem=problem
        ) from error
    return parse(text, name)


def parse(text: str, name: str) -> Profile:
    """Return the profile written in `text`.

    Raises `DeviceError` (permanent), mistakes by their place, e.g. `keys.0A: …`.
    """
    if len(text) > SIZE_MAX:
        raise _wrong(name, [ProfileMistake("", "too long")])
    try:
        body = yaml.load(text.removeprefix("\ufeff"), _Strings)  # noqa: S506 -- a base loader: strings, lists and mappings only
    except (yaml.YAMLError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        place = f"line {where.line + 1}" if where else ""
        raise _wrong(
            name, [ProfileMistake(place, getattr(error, "problem", None) or str(error) or "not YAML")]
        ) from error
    if not isinstance(body, dict):
        raise _wrong(name, [ProfileMistake("", "a profile is a mapping: name, codec, keys …")])
    try:
        schema = Schema(**{str(key): value for key, value in body.items()})
        return Profile(name, schema, list_tokens(schema))
    except ValidationError as error:
        mistakes = [
            ProfileMistake(".".join(str(part) for part in item["loc"]), item["msg"].removeprefix("Value error, "))
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise _wrong(name, mistakes) from error
    except ProfileMistake as error:
        raise _wrong(name, [error]) from error


def _wrong(name: str, mistakes: list[ProfileMistake]) -> DeviceError:
    text = "; ".join(str(item) for item in mistakes[:SHOWN])
    return DeviceError(
        mark("The profile %(profile)s is wrong: %(problem)s"), permanent=True, profile=name, problem=text
    )
