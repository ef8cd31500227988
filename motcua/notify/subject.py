"""How the subject of an e-mail is folded: Python 3.11 drops the space at which it divides a long one with accents."""

from email.header import Header
from email.policy import EmailPolicy


class SubjectPolicy(EmailPolicy):
    """The usual policy, with encoded words that hold their own spaces (RFC 2047, section 5)."""

    def fold(self, name: str, value: str) -> str:
        """Return a header in lines."""
        return self._fold_subject(value) if _is_affected(name, value) else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header in lines of bytes."""
        return (
            self._fold_subject(value).encode("ascii") if _is_affected(name, value) else super().fold_binary(name, value)
        )

    def _fold_subject(self, value: str) -> str:
        return (
            f"Subject: {Header(str(value), 'utf-8', header_name='Subject').encode(linesep=self.linesep)}{self.linesep}"
        )


def _is_affected(name: str, value: str) -> bool:
    return name.lower() == "subject" and not str(value).isascii()
