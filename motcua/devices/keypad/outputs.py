"""What a pad is sent, so that it lights up or sounds: a frame with the pad's address and its checksum, or a register.

Pure.
"""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from motcua.devices.keypad.checksums import Kind, Order, compute_checksum

Named = Literal["asked", "idle", "beep", "refused", "help", "coming"]
"""Ask for a rating; lights out; a press was taken; it was not; help was called; somebody is on the way."""
ADDRESS, CHECK = "{address}", "{check}"
_BYTE = re.compile(r"[0-9A-Fa-f]{2}\Z")


class ProfilePart(BaseModel):
    """A part of a profile: nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Sum(ProfilePart):
    """The checksum of an output frame, over the bytes from `start` up to itself."""

    kind: Kind
    start: int = Field(default=0, ge=0)
    order: Order = "little"


class Output(ProfilePart):
    """One of: `hex`, bytes as `AA 55 {address} 01 {check}`; `text` as `{address:02d}LIGHT\\r`; `register` (FC 6) or
    `coil` (FC 5) with the `value` that is written.
    """

    hex: str | None = None
    text: str | None = None
    check: Sum | None = None
    register_: int | None = Field(default=None, alias="register", ge=0, le=0xFFFF)
    coil: int | None = Field(default=None, ge=0, le=0xFFFF)
    value: int = Field(default=1, ge=0, le=0xFFFF)

    @model_validator(mode="after")
    def _one(self) -> "Output":
        if sum(form is not None for form in (self.hex, self.text, self.register_, self.coil)) != 1:
            raise ValueError("write one of hex, text, register, coil")
        if self.hex is not None:
            wrong = [part for part in self.hex.split() if part not in {ADDRESS, CHECK} and not _BYTE.match(part)]
            if wrong:
                raise ValueError(f"{wrong[0]} is neither a byte (two hex digits) nor {ADDRESS} nor {CHECK}")
            if (CHECK in self.hex.split()) != (self.check is not None):
                raise ValueError(f"{CHECK} in hex and check go together")
        self.build_frame(0)
        return self

    @property
    def is_frame(self) -> bool:
        """Whether it is bytes for a line, not a register."""
        return self.hex is not None or self.text is not None

    def build_frame(self, address: int | None) -> bytes:
        """Return the bytes for the pad at `address`; empty for a register."""
        if self.text is not None:
            try:
                return self.text.format(address=address or 0).encode("latin-1")
            except (LookupError, ValueError, AttributeError) as error:
                raise ValueError(f"the text cannot be filled in: {error}") from error
        frame = bytearray()
        for part in (self.hex or "").split():
            if part == ADDRESS:
                frame.append((address or 0) & 0xFF)
            elif part == CHECK and self.check is not None:
                frame += compute_checksum(self.check.kind, bytes(frame[self.check.start :]), self.check.order)
            else:
                frame += bytes.fromhex(part)
        return bytes(frame)
