"""Everyday words for procedures, as the product's own data has them."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from motcua.procedures.model import EverydayWords


@lru_cache(maxsize=1)
def load_words() -> EverydayWords:
    """Return what people say when they mean a procedure, and the English names of procedures."""
    text = (files("motcua.procedures") / "data" / "words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    entries = words["procedures"]
    return EverydayWords(
        same=words["same"],
        light=frozenset(words["light"]),
        sayings={code: tuple(entry["words"]) for code, entry in entries.items()},
        english={code: entry["english"] for code, entry in entries.items() if "english" in entry},
    )
