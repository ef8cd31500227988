"""What an agent says of its drivers' options, in the reader's language: it sends English, as any agent does."""

from typing import Any

from motcua.web.language import translate

SENTENCES = frozenset({"title", "description", "label"})
CHOICES = "words"


def translate_options(schemas: Any) -> Any:
    """Return the JSON Schemas of drivers with their labels, hints and words of choices translated; all else stays."""
    if isinstance(schemas, list):
        return [translate_options(item) for item in schemas]
    if not isinstance(schemas, dict):
        return schemas
    return {name: _translate(name, value) for name, value in schemas.items()}


def _translate(name: str, value: Any) -> Any:
    if name in SENTENCES and isinstance(value, str) and value:
        return translate(value)
    if name == CHOICES and isinstance(value, dict):
        return {
            choice: translate(words) if isinstance(words, str) and words else words for choice, words in value.items()
        }
    return translate_options(value)
