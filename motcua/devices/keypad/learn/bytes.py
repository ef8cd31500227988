"""What the bytes of pressed keys say about a keypad's frames: text or not, header, key, counters, checksum. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from motcua.devices.keypad.checksums import KINDS, Order, compute_checksum, get_width
from motcua.devices.keypad.codec.frame import FRAME_MAX
from motcua.devices.keypad.learn.lines import learn_lines

HEADER_MAX, START_MAX, KEY_MAX = 4, 4, 8
PROOF = 3
"""Different frames that a checksum must fit before it is believed: two may fit by chance, as 1 in 256 does."""
_TEXT = re.compile(rb"[\x20-\x7e]+[\r\n]*\Z")
_STRANGE_SHARE = 0.8
_HIGH = 0x80

Samples = Mapping[str, Sequence[bytes]]


class NotUnderstood(Exception):  # noqa: N818 -- an answer, not a fault
    """The presses do not say what the keys send; `keys` are two that cannot be told apart, if that is why."""

    def __init__(self, keys: tuple[str, str] | None = None) -> None:
        super().__init__(keys)
        self.keys = keys


def is_wrong_speed(samples: Sequence[bytes]) -> bool:
    """Return whether it looks like bytes read at a wrong speed: hardly anything but 00, FF and such with the highest
    bit.
    """
    data = b"".join(samples)
    strange = sum(byte == 0 or byte >= _HIGH for byte in data)
    return strange >= _STRANGE_SHARE * len(data) and len(samples) > 1


def learn_frames_or_lines(samples: Samples) -> dict[str, Any]:
    """Return the part of a profile that the presses of each key prove: `codec`, `line` or `frame`, `keys`.

    Raises `NotUnderstood`.
    """
    samples = _once(samples)
    if all(_TEXT.match(sample) for presses in samples.values() for sample in presses):
        read = learn_lines({key: [sample.decode("ascii") for sample in presses] for key, presses in samples.items()})
        return _named("ascii_line", read[0], read[1]) if read is not None else _frames(samples)
    return _frames(samples)


def _named(codec: str, part: dict[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """Return the profile's part. Raises `NotUnderstood` for two keys that send the same."""
    keys: dict[str, str] = {}
    for key, token in sent.items():
        if token in keys:
            raise NotUnderstood((keys[token], key))
        keys[token] = key
    return {"codec": codec, "line" if codec == "ascii_line" else "frame": part, "keys": keys}


class _Sum(Struct, frozen=True):
    """A checksum that fits all frames: it stands `back` bytes from the end."""

    kind: str
    start: int
    order: Order
    back: int


def _frames(once: Samples) -> dict[str, Any]:
    frames = [frame for presses in once.values() for frame in presses]
    shortest, longest = min(map(len, frames)), max(map(len, frames))
    if longest > FRAME_MAX:
        raise NotUnderstood
    frame_sum = _sum(frames)
    tail = frame_sum.back if frame_sum else 0
    open_end = shortest - tail if shortest == longest else shortest - max(tail, 1)
    steady = [at for at in range(max(open_end, 0)) if len({frame[at] for frame in frames}) == 1]
    varies = [
        at
        for at in range(max(open_end, 0))
        if any(len({frame[at] for frame in presses}) > 1 for presses in once.values())
    ]
    header = next((at for at in range(HEADER_MAX + 1) if at not in steady), HEADER_MAX)
    part: dict[str, Any] = {"header": frames[0][:header].hex(" ").upper()}
    if shortest == longest:
        part["length"] = shortest
        key_at, key_size = _key(once, open_end, varies)
    else:
        by_field = _length(frames, header, max(open_end, 0))
        part["length"] = by_field or sorted({len(frame) for frame in frames})
        occupied = [*varies, *([by_field["at"]] if by_field else [])]
        first = min(
            (at for at in range(shortest) if at not in steady and at not in occupied and at >= header), default=shortest
        )
        key_at, key_size = min(first, shortest - 1), 0
    part["key"] = {"at": key_at, "size": key_size}
    if frame_sum is not None:
        part["checksum"] = {
            "kind": frame_sum.kind,
            "at": -frame_sum.back,
            "start": frame_sum.start,
            "order": frame_sum.order,
        }
    fixed = [at for at in steady if at >= header and not (key_at <= at and (not key_size or at < key_at + key_size))]
    if by_length := part["length"] if isinstance(part["length"], dict) else None:
        fixed = [at for at in fixed if at != by_length["at"]]
    if (
        fixed and frame_sum is None
    ):  # a checksum keeps noise out; what stands still now may be a number that was not typed
        part["constant"] = {at: f"{frames[0][at]:02X}" for at in fixed}
    if varies:
        part["counters"] = varies
    sent = {}
    for key, presses in once.items():
        tokens = {frame[key_at : key_at + key_size if key_size else len(frame) - tail] for frame in presses}
        if len(tokens) != 1:
            raise NotUnderstood
        sent[key] = tokens.pop().hex(" ").upper()
    return _named("binary_frame", part, sent)


def _once(samples: Samples) -> Samples:
    """Return the presses of a pad that sends each frame several times over, as if it sent it once."""
    every = [sample for presses in samples.values() for sample in presses]
    for size in range(2, min(map(len, every)) // 2 + 1):
        if all(len(sample) % size == 0 and sample == sample[:size] * (len(sample) // size) for sample in every):
            return {key: [sample[:size] for sample in presses] for key, presses in samples.items()}
    return samples


def _key(once: Samples, end: int, varies: Sequence[int]) -> tuple[int, int]:
    """Return place and size of the fewest bytes that tell all keys apart.

    Raises `NotUnderstood`, naming keys that are alike.
    """
    for size in range(1, min(KEY_MAX, end) + 1):
        for at in range(end - size + 1):
            if not set(range(at, at + size)) & set(varies) and len(
                {presses[0][at : at + size] for presses in once.values()}
            ) == len(once):
                return at, size
    steady = [at for at in range(end) if at not in varies]
    steady_bytes = {key: bytes(presses[0][at] for at in steady) for key, presses in once.items()}
    pairs = (
        (one, other)
        for one in steady_bytes
        for other in steady_bytes
        if one < other and steady_bytes[one] == steady_bytes[other]
    )
    raise NotUnderstood(next(pairs, None))


def _length(frames: Sequence[bytes], header: int, end: int) -> dict[str, int] | None:
    """Return the byte that says how long each frame is, less a constant."""
    for at in range(header, end):
        more = {len(frame) - frame[at] for frame in frames}
        if len(more) == 1 and (adds := more.pop()) >= 0:
            return {"at": at, "adds": adds}
    return None


def _sum(frames: Sequence[bytes]) -> _Sum | None:
    """Return the checksum that fits every frame: two bytes before one, as they prove more; at the end, or before a
    constant last byte.
    """
    different = set(frames)
    ends_alike = len({frame[-1] for frame in frames}) == 1
    for kind in sorted(KINDS, key=get_width, reverse=True):
        orders: tuple[Order, ...] = ("little", "big") if get_width(kind) > 1 else ("little",)
        for back in (get_width(kind), *((get_width(kind) + 1,) if ends_alike else ())):
            for order in orders:
                for start in range(START_MAX + 1):
                    if len(different) >= PROOF and all(_fits(frame, kind, start, order, back) for frame in different):
                        return _Sum(kind, start, order, back)
    return None


def _fits(frame: bytes, kind: Any, start: int, order: Order, back: int) -> bool:
    place = len(frame) - back
    if place <= start + 1:  # a sum of one byte is that byte: a copy, no checksum
        return False
    right = compute_checksum(kind, frame[start:place], order)
    return frame[place : place + len(right)] == right
