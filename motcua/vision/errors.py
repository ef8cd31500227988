"""What keeps the camera from being read, in words for the person who looks after it."""

from motcua.typed.sentences import SentenceError


class VisionError(SentenceError):
    """All that leaves the room: `message` is English with places for `params`."""


class ExtraMissingError(VisionError):
    """The libraries of the extra `camera` are not installed."""


class ModelError(VisionError):
    """The model's file is missing or is another one."""


class IsolationError(VisionError):
    """The system refuses a place without a network."""
