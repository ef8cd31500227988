"""What can be wrong with a sound."""

from motcua.typed.sentences import SentenceError


class VoiceError(SentenceError):
    """All that leaves the room: `message` is English with places for `params`."""


class EngineMissingError(VoiceError):
    """No program that speaks Vietnamese is installed."""
