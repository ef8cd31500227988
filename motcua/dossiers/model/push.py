"""A citizen's browser that is told of a dossier."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DossierPush:
    """Where its push service takes messages, the keys that it reads them with, and the language it was asked in."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    language: str
