"""What the registers of a key panel say about its keys. Pure."""

from collections.abc import Iterable, Mapping

from motcua.devices.keypad.codec.modbus import COIL, DISCRETE, HOLDING, INPUT, Spot
from motcua.devices.keypad.learn.bytes import NotUnderstood

Reading = frozenset[tuple[int, int, int]]
"""One press: (function, register, value that it took on)."""
_PREFERRED = (HOLDING, INPUT, DISCRETE, COIL)


def find_panel_keys(samples: Mapping[str, list[Reading]]) -> tuple[int, dict[str, str]]:
    """Return the function that shows all keys, and each key's place as a profile writes it. Raises `NotUnderstood`.

    A bit that only one key sets is its place; where keys share their bits, as codes do, the whole value is.
    """
    clash: NotUnderstood | None = None
    for function in _PREFERRED:
        for places in (_bits, _values):
            try:
                return function, _find_distinct_places(
                    {key: _common(places(sample, function) for sample in presses) for key, presses in samples.items()}
                )
            except NotUnderstood as error:
                clash = clash if clash and clash.keys else error
    raise clash or NotUnderstood


def list_spots(sample: Reading, function: int, keys: Iterable[Spot]) -> list[Spot]:
    """Return which of `keys` one press shows."""
    return [
        spot
        for spot in keys
        if any(change[0] == function and change[1] == spot.register and spot.is_active(change[2]) for change in sample)
    ]


def _bits(sample: Reading, function: int) -> set[str]:
    if function in {COIL, DISCRETE}:
        return {str(register) for kind, register, _value in sample if kind == function}
    return {
        f"{register}.{bit}"
        for kind, register, value in sample
        if kind == function
        for bit in range(16)
        if value >> bit & 1
    }


def _values(sample: Reading, function: int) -> set[str]:
    if function in {COIL, DISCRETE}:
        return set()
    return {f"{register}={value}" for kind, register, value in sample if kind == function}


def _common(sets: Iterable[set[str]]) -> set[str]:
    return set.intersection(*sets)


def _find_distinct_places(places: Mapping[str, set[str]]) -> dict[str, str]:
    """Return a place for each key that no other key shows."""
    place_of = {}
    for key, key_places in places.items():
        others = set().union(*(other_places for other, other_places in places.items() if other != key))
        alone = sorted(key_places - others)
        if not alone:
            alike = next(
                (
                    other
                    for other, other_places in places.items()
                    if other != key and other_places == key_places and key_places
                ),
                None,
            )
            raise NotUnderstood((key, alike) if alike else None)
        place_of[key] = alone[0]
    return place_of
