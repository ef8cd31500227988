"""What a rule says when it will not do something: a stable code for programs, an English sentence for translation."""

from collections.abc import Callable


class Refused(Exception):  # noqa: N818 -- the sentence reads "the desk refused"
    """The state of the hall does not allow this. `code` is stable; `params` fill the sentence."""

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.params = params

    def __str__(self) -> str:
        """Return the English sentence, filled in."""
        return self.message % self.params if self.params else self.message


class Unknown(Refused):
    """The path names something that does not exist."""


class Invalid(Refused):
    """A value is wrong, or a code in the body is not known here."""


class Forbidden(Refused):
    """The caller is not allowed to do this."""


class Throttled(Refused):
    """Too many attempts; `params["retry_s"]` says how long to wait, in seconds."""


class Unavailable(Refused):
    """The desk cannot do it now: it is stopping, or its store does not answer."""


def find_refusal(check: Callable[[], object]) -> Refused | None:
    """Return what the rule `check` raises, None when it allows what was asked."""
    try:
        check()
    except Refused as error:
        return error
    return None
