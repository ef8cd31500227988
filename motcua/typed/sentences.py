"""Sentences for people that are said later, and errors that carry one."""


def mark(message: str) -> str:
    """Mark `message` for translation where it is not yet said."""
    return message


class SentenceError(Exception):
    """An error that people read: `message` is English with places for `params`."""

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message, params)
        self.message, self.params = message, params

    def __str__(self) -> str:
        """Return the English sentence, filled in."""
        return self.message % self.params if self.params else self.message
