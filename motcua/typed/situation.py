"""Answers about a citizen's situation as an address carries them: `child:usual,filer:parent`. Pure."""

import re

ANSWERS_MAX = 12
_ANSWER = re.compile(r"([a-z][a-z0-9_-]{0,39}):([a-z][a-z0-9_-]{0,39})")


def read_situation(text: str) -> dict[str, str]:
    """Return the answers in `text` by their questions; what is none is left out."""
    matches = filter(None, map(_ANSWER.fullmatch, text.split(",")[:ANSWERS_MAX]))
    return {match[1]: match[2] for match in matches}


def write_situation(choices: dict[str, str]) -> str:
    """Return answers as an address carries them."""
    return ",".join(f"{question}:{choice}" for question, choice in choices.items())
