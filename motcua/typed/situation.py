"""Answers about a citizen's situation as an address carries them: `child:usual,filer:parent`. Pure."""

import re
from collections.abc import Mapping

ANSWERS_MAX = 12
SITUATION_MAX = 600
"""How many characters of such a text are read. A letter may be nine bytes of an address, and with what else stands in
it an address must have fewer than 8,192: servers refuse longer ones before anybody can say why.
"""
_ANSWER = re.compile(r"([a-z][a-z0-9_-]{0,39}):([a-z][a-z0-9_-]{0,39})")


def read_situation(text: str) -> dict[str, str]:
    """Return the answers in `text` by their questions; what is none or goes on too long is left out."""
    matches = filter(None, map(_ANSWER.fullmatch, text[:SITUATION_MAX].split(",")[:ANSWERS_MAX]))
    return {match[1]: match[2] for match in matches}


def write_situation(choices: Mapping[str, str]) -> str:
    """Return answers as an address carries them."""
    return ",".join(f"{question}:{choice}" for question, choice in choices.items())
