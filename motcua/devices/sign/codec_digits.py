"""Register signs: a text becomes 16-bit registers of BCD figures, ASCII letters or seven-segment bits, and is read
back. Pure.
"""

from dataclasses import dataclass
from typing import Literal

Digits = Literal["bcd", "ascii", "segments"]
_FIGURES = "0123456789"
_BCD = {**{figure: value for value, figure in enumerate(_FIGURES)}, "-": 0xA, " ": 0xF}
"""Figures are themselves in BCD; for the dash and the dark place makers differ, so both can be set."""
_SEGMENTS = dict(
    zip(
        " -_0123456789ABCDEFGHJLNPRTUY",
        bytes.fromhex("004008 3f065b4f666d7d077f6f 777c395e79713d761e38547350783e6e"),
        strict=True,
    )
)
"""Bit 0 is the upper bar (a), then clockwise to bit 5 (f), bit 6 the middle (g); letters that cannot be told apart
are left out."""
PLACES: dict[Digits, tuple[int, ...]] = {"bcd": (4, 2, 1), "ascii": (2, 1), "segments": (1, 2)}
"""How many places a register can hold, the usual one first."""
_BITS: dict[Digits, dict[int, int]] = {"bcd": {4: 4, 2: 8, 1: 4}, "ascii": {2: 8, 1: 8}, "segments": {1: 8, 2: 8}}


@dataclass(frozen=True)
class RegisterShape:
    """`width` places in registers from `start` on, the left place first and in the high bits.

    `codes` says how letters are written that
    the sign writes in its own way.
    """

    digits: Digits = "bcd"
    width: int = 4
    start: int = 0
    per_register: int | None = None
    codes: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        """Raises `ValueError` that says what is wrong."""
        if self.per_register is not None and self.per_register not in PLACES[self.digits]:
            raise ValueError(f"a register holds {' or '.join(map(str, PLACES[self.digits]))} places of {self.digits}")
        if any(len(letter) != 1 or not 0 <= code < 1 << self._bits for letter, code in self.codes):
            raise ValueError(f"a code is one letter and a number below {1 << self._bits}")

    @property
    def _places(self) -> int:
        return self.per_register or PLACES[self.digits][0]

    @property
    def _bits(self) -> int:
        return _BITS[self.digits][self._places]

    @property
    def count(self) -> int:
        """Return how many registers a sign has."""
        return -(-self.width // self._places)

    def get_table(self) -> dict[str, int]:
        """Return how each letter that the sign has is written."""
        codes = {"bcd": _BCD, "segments": _SEGMENTS, "ascii": {chr(code): code for code in range(0x20, 0x60)}}[
            self.digits
        ]
        return {**codes, **dict(self.codes)}

    @property
    def letters(self) -> str:
        """Return the letters that the sign has."""
        return "".join(self.get_table())

    def encode(self, text: str) -> list[int]:
        """Return the registers for `text`, which `fit_text` returned; a shorter one is aligned to the right."""
        table, bits = self.get_table(), self._bits
        places = text.rjust(self.width).rjust(self.count * self._places)
        codes = [table[letter] for letter in places]
        groups = [codes[at : at + self._places] for at in range(0, len(codes), self._places)]
        return [sum(code << bits * (len(group) - 1 - at) for at, code in enumerate(group)) for group in groups]

    def decode(self, registers: list[int]) -> str:
        """Return what a sign with these registers shows; what is no letter is a `?`."""
        back = {code: letter for letter, code in reversed(self.get_table().items())}
        bits, mask = self._bits, (1 << self._bits) - 1
        codes = [value >> bits * at & mask for value in registers for at in reversed(range(self._places))]
        return "".join(back.get(code, "?") for code in codes).strip(" ")
