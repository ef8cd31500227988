"""Everyday words for procedures."""

from collections.abc import Mapping
from typing import NamedTuple


class EverydayWords(NamedTuple):
    """What people say: `same` rewrites a way of saying, `light` says little, `sayings` and `english` are by code."""

    same: Mapping[str, str]
    light: frozenset[str]
    sayings: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str]
