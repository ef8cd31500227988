"""What every emulator of a device has in common: it speaks the device's own bytes, can be looked at, used and
broken.
"""

from pathlib import Path
from typing import Any, Literal, Protocol

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, field_validator

from motcua.devices.kinds import EMULATED
from motcua.typed.sentences import mark

__all__ = ["Emulator", "EmulatorRequest", "Handle", "mark"]


class EmulatorRequest(BaseModel):
    """One emulator that is wanted. Leave out what its kind does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    kind: str
    name: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9-]{0,38})?$")
    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65_535)
    link: str | None = None
    counter: int = Field(default=1, ge=1, le=999)
    address: int | None = Field(default=None, ge=0, le=255)
    profile: str | None = None
    papers: Path | None = None
    pictures: Path | None = None
    paper_mm: Literal[58, 80] = 80
    baud: int | None = Field(default=None, ge=300, le=921_600)

    @field_validator("kind")
    @classmethod
    def _is_emulated(cls, kind: str) -> str:
        if kind not in EMULATED:
            raise ValueError(f"there is no emulator of this kind. Valid kinds: {', '.join(EMULATED)}")
        return kind


class Handle(Struct, frozen=True):
    """Something a person can do to an emulator: its code for `Emulator.do`, and the words on its button (English,
    marked).
    """

    code: str
    label: str


class Emulator(Protocol):
    """A device made of software. `name` and `kind` are as in the agent's settings."""

    kind: str
    name: str

    def start(self) -> None:
        """Open the pseudo-terminal or the socket. Raises `OSError`."""
        ...

    def describe_entry(self) -> dict[str, Any]:
        """Return the `[[device]]` entry with which an agent drives this emulator (`name`, `kind`, `driver`, `port`
        …).
        """
        ...

    def list_handles(self) -> list[Handle]:
        """Return what can be done to it now: press a key, pull the cable, take out the paper."""
        ...

    def do(self, code: str) -> None:
        """Do one of `list_handles()`. Raises `ValueError` for anything else."""
        ...

    def get_state(self) -> dict[str, Any]:
        """Return what it shows, as JSON: `{"plugged": bool, "fault": str|None, "text": str|None, …}`."""
        ...

    def draw_picture(self) -> bytes | None:
        """Return what it shows as a PNG, None where there is nothing to draw."""
        ...

    def stop(self) -> None:
        """Close everything; may be called twice."""
        ...
