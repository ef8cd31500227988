"""The payloads of a camera's preview: from the settings page to the device program, and pictures back."""

from base64 import b64decode
from binascii import Error as NotBase64Error
from typing import Annotated, Self, TypedDict

from pydantic import Field, model_validator

from motcua.web.event_list import EventPayload

JPEG_CHARACTERS_MAX = 60_000
"""45,000 bytes: with them a message stays below the 64 KiB that a WebSocket of this server takes."""
EDGE_MAX_PX = 16_384
_JPEG = b"\xff\xd8"


class CameraPicturePayload(EventPayload):
    """What a camera sees now, while somebody looks at it on the settings page."""

    device: str = Field(max_length=40, description="the camera's name")
    jpeg: str = Field(max_length=JPEG_CHARACTERS_MAX, description="a JPEG in Base64")
    width: Annotated[int, Field(ge=1, le=EDGE_MAX_PX)] = Field(description="of the camera's own picture, in pixels")
    height: Annotated[int, Field(ge=1, le=EDGE_MAX_PX)]

    def __repr__(self) -> str:
        return f"CameraPicturePayload({self.device}, {self.width}x{self.height})"

    __str__ = __repr__

    @model_validator(mode="after")
    def require_jpeg(self) -> Self:
        """Raise `ValueError` for anything that does not begin as a JPEG does."""
        try:
            data = b64decode(self.jpeg, validate=True)
        except NotBase64Error:
            data = b""
        if not data.startswith(_JPEG):
            raise ValueError("`jpeg` must be a JPEG in Base64")
        return self


class RenewPayload(EventPayload):
    """The page is still open. Ask for the camera's picture for five more seconds."""


class RenewAnswer(TypedDict):
    """The counter of the camera, and for how long pictures come unless the page asks again."""

    counter: int
    for_ms: int


class CameraPictureMessage(TypedDict):
    """What the camera sees now. It is stored nowhere."""

    jpeg: str
    width: int
    height: int


class CameraPreviewMessage(TypedDict):
    """Send `picture` of this camera, at most four a second, or stop. It ends by itself after five seconds.

    The program answers `{ok}`, or `{ok: false, message, params}`.
    """

    device: str
    on: bool
