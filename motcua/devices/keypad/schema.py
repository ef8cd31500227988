"""The schema of a keypad's profile: what may stand in the YAML, and what each entry of `keys` means."""

import re
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from motcua.devices.contract import DIGIT, NUMBERED, RATE, STROKES
from motcua.devices.keypad.checksums import Kind, Order, get_width
from motcua.devices.keypad.codec.frame import FRAME_MAX, Digits, FrameChecksum, FrameShape, Place
from motcua.devices.keypad.codec.hid import CODES
from motcua.devices.keypad.codec.line import LineShape
from motcua.devices.keypad.codec.modbus import ModbusShape, Spot
from motcua.devices.keypad.oddities import Named
from motcua.devices.keypad.outputs import Named as OutputName
from motcua.devices.keypad.outputs import Output, ProfilePart

Codec = Literal["ascii_line", "binary_frame", "modbus_keys", "hid_evdev", "mqtt_json"]
_PART: dict[str, str] = {"ascii_line": "line", "binary_frame": "frame", "modbus_keys": "modbus"}
_SPOT = re.compile(r"(\d{1,5})(?:\.(\d{1,2})|=(\d{1,5}))?\Z", re.ASCII)
PATTERN_MAX = 256
_BYTE_MAX = 0xFF


class ProfileMistake(Exception):  # noqa: N818 -- it is what a person wrote, not a fault of the program
    """Something wrong in a profile, at `place`."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place, self.problem = place, problem

    def __str__(self) -> str:
        """Return `place: problem`."""
        return f"{self.place}: {self.problem}" if self.place else self.problem


class LineSchema(ProfilePart):
    """`codec: ascii_line`; see `LineShape`. `ends` may be written as `\\r`."""

    pattern: str = Field(max_length=PATTERN_MAX)
    ends: tuple[str, ...] = ("\r", "\n")
    silence: bool = False
    writes: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        try:
            groups = re.compile(self.pattern).groupindex
        except (re.error, RecursionError) as error:
            raise ValueError(f"pattern is no regular expression: {error}") from error
        if "key" not in groups or not set(groups) <= {"key", "number", "address"}:
            raise ValueError("pattern needs a group (?P<key>…), and may have (?P<number>…) and (?P<address>…)")
        if not all(self.ends) or not (self.ends or self.silence):
            raise ValueError("ends must not be empty unless silence is true")
        try:
            (self.writes or "").format(key="K", number=1, address=1).encode("latin-1")
        except (LookupError, ValueError, AttributeError) as error:
            raise ValueError(f"writes cannot be filled in: {error}") from error
        return self

    def to_shape(self) -> LineShape:
        """Return it for the codec."""
        ends = tuple(end.encode("latin-1") for end in self.ends)
        return LineShape(re.compile(self.pattern), ends, self.silence, self.writes)


class Part(ProfilePart):
    """A field of a frame; see `Place`."""

    at: int = Field(ge=0, lt=FRAME_MAX)
    size: int = Field(default=1, ge=1, le=8)
    order: Order = "big"
    digits: Digits = "binary"

    def to_place(self) -> Place:
        """Return it for the codec."""
        return Place(self.at, self.size, self.order, self.digits)


class KeyPart(ProfilePart):
    """Where the key's code stands. `size` 0: all that is left."""

    at: int = Field(ge=0, lt=FRAME_MAX)
    size: int = Field(default=1, ge=0, le=8)


class LengthPart(ProfilePart):
    """The byte that holds the frame's length less `adds`."""

    at: int = Field(ge=0, lt=FRAME_MAX)
    adds: int = Field(default=0, ge=0, lt=FRAME_MAX)


class CheckPart(ProfilePart):
    """A checksum; see `FrameChecksum`. Without `at` it is the frame's end."""

    kind: Kind
    at: int | None = Field(default=None, gt=-FRAME_MAX, lt=FRAME_MAX)
    start: int = Field(default=0, ge=0, lt=FRAME_MAX)
    order: Order = "little"

    @model_validator(mode="after")
    def _room(self) -> Self:
        if self.at is not None and self.at < 0 and -self.at < get_width(self.kind):
            raise ValueError(f"at must leave {get_width(self.kind)} bytes for the checksum")
        return self

    def check(self) -> FrameChecksum:
        """Return it for the codec."""
        return FrameChecksum(self.kind, -get_width(self.kind) if self.at is None else self.at, self.start, self.order)


class Frame(ProfilePart):
    """`codec: binary_frame`; see `FrameShape`. `length` is a number of bytes, several such, or `{at, adds}`."""

    header: str = ""
    length: LengthPart | int | tuple[int, ...]
    key: KeyPart
    address: Part | None = None
    number: Part | None = None
    checksum: CheckPart | None = None
    constant: dict[int, str] = Field(default_factory=dict)
    counters: tuple[int, ...] = ()

    @field_validator("header")
    @classmethod
    def _hex(cls, text: str) -> str:
        unhex(text)
        return text

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if any(not 0 <= at < FRAME_MAX for at in (*self.constant, *self.counters)) or any(
            len(unhex(x)) != 1 for x in self.constant.values()
        ):
            raise ValueError(f"constant is a place from 0 to {FRAME_MAX - 1} and its byte in hex, counters are places")
        shape = self.to_shape()
        if shape.length_at is None and (
            not shape.sizes or any(not shape.shortest <= size <= FRAME_MAX for size in shape.sizes)
        ):
            raise ValueError(f"length must hold all fields: from {shape.shortest} to {FRAME_MAX} bytes")
        if shape.check and shape.check.at >= 0 and shape.get_key_end(shape.shortest) > shape.check.at > shape.key.at:
            raise ValueError("the checksum stands inside the key")
        return self

    def to_shape(self) -> FrameShape:
        """Return it for the codec."""
        by_field = self.length if isinstance(self.length, LengthPart) else None
        sizes = (
            ()
            if isinstance(self.length, LengthPart)
            else (self.length,)
            if isinstance(self.length, int)
            else self.length
        )
        return FrameShape(
            header=unhex(self.header),
            key=Place(self.key.at, self.key.size),
            sizes=sizes,
            length_at=by_field.at if by_field else None,
            length_adds=by_field.adds if by_field else 0,
            address=self.address.to_place() if self.address else None,
            number=self.number.to_place() if self.number else None,
            check=self.checksum.check() if self.checksum else None,
            constant={at: unhex(byte)[0] for at, byte in self.constant.items()},
            counters=self.counters,
        )


class Modbus(ProfilePart):
    """`codec: modbus_keys`; see `ModbusShape`."""

    function: int = Field(default=3, ge=1, le=4)
    latched: bool = False
    number: int | None = Field(default=None, ge=0, le=0xFFFF)

    @model_validator(mode="after")
    def _clearable(self) -> Self:
        if self.latched and self.function not in {1, 3}:
            raise ValueError("latched keys are cleared by writing: function must be 1 (coils) or 3 (holding registers)")
        return self

    def to_shape(self) -> ModbusShape:
        """Return it for the codec."""
        return ModbusShape(self.function, self.latched, self.number)  # type: ignore[arg-type]


class Schema(ProfilePart):
    """A profile. `baud` is what the driver takes unless its settings say otherwise."""

    name: str = Field(default="", max_length=80)
    kind: Literal["keypad", "pad"] = "keypad"
    codec: Codec
    baud: int = Field(default=9600, ge=300, le=921_600)
    line: LineSchema | None = None
    frame: Frame | None = None
    modbus: Modbus | None = None
    keys: dict[str, str] = Field(min_length=1)
    outputs: dict[OutputName, Output] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _parts(self) -> Self:
        required = _PART.get(self.codec)
        for part in _PART.values():
            if (getattr(self, part) is not None) != (part == required):
                raise ValueError(
                    f"{self.codec} needs {required}" if part == required else f"{part} does not belong to {self.codec}"
                )
        return self


def unhex(text: str) -> bytes:
    """Return the bytes written as `AA 55`. Raises `ValueError`."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"{text} is not written in hex, like AA 55") from None


def list_tokens(schema: Schema) -> dict[Any, Named]:
    """Return what each key sends (text, bytes, `Spot`, code) and what it means. Raises `ProfileMistake`."""
    named_by_token: dict[Any, Named] = {}
    for sent, meaning in schema.keys.items():
        place = f"keys.{sent}"
        token = _token(schema, sent, place)
        if token in named_by_token:
            raise ProfileMistake(place, "the same key stands there twice")
        named_by_token[token] = _meaning(schema, meaning, place)
    for name, output in schema.outputs.items():
        if output.is_frame == (schema.codec == "modbus_keys") or schema.codec in {"hid_evdev", "mqtt_json"}:
            raise ProfileMistake(f"outputs.{name}", f"{schema.codec} cannot send this")
    return named_by_token


def _token(schema: Schema, sent: str, place: str) -> Any:
    if schema.codec == "binary_frame" and schema.frame is not None:
        try:
            token = unhex(sent)
        except ValueError as error:
            raise ProfileMistake(place, str(error)) from None
        size = schema.frame.key.size
        if not token or (size and len(token) != size):
            raise ProfileMistake(place, f"the key has {size or 'at least 1'} byte(s)")
        return token
    if schema.codec == "modbus_keys":
        match = _SPOT.match(sent)
        if match is None or int(match[1]) > 0xFFFF or int(match[2] or 0) > 15:  # noqa: PLR2004 -- 16 bits
            raise ProfileMistake(place, "write a register's bit as 4.0, its value as 4=7, or a coil as 4")
        coils = schema.modbus is not None and schema.modbus.function <= 2  # noqa: PLR2004 -- FC 1 and 2 read bits
        if coils == bool(match[2] or match[3]):
            raise ProfileMistake(place, "functions 1 and 2 read coils (4), functions 3 and 4 registers (4.0 or 4=7)")
        return Spot(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)
    if schema.codec == "hid_evdev":
        code = CODES.get(sent, int(sent) if sent.isascii() and sent.isdecimal() else None)
        if code is None:
            raise ProfileMistake(place, f"write a code of the kernel or one of {', '.join(CODES)}")
        return code
    return sent


def _meaning(schema: Schema, written: str, place: str) -> Named:
    key, colon, text = written.partition(":")
    if key not in STROKES:
        raise ProfileMistake(place, f"{key} is not a valid key. Valid keys: {', '.join(STROKES)}")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 else None  # noqa: PLR2004
    if colon and (number is None or key not in {*NUMBERED, RATE, DIGIT}):
        raise ProfileMistake(place, f"{written}: only rate, digit, transfer and call take a number, as rate:5")
    carried = (schema.line and "(?P<number>" in schema.line.pattern) or (schema.frame and schema.frame.number)
    if key in {RATE, DIGIT} and not carried and schema.codec != "mqtt_json":
        lowest, highest = (1, 5) if key == RATE else (0, 9)
        if number is None or not lowest <= number <= highest:
            raise ProfileMistake(place, f"write which one, from {key}:{lowest} to {key}:{highest}")
    return key, number
