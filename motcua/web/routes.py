"""Addresses of the desk: what builds one from its parts is compiled when it is first built.

A desk has two hundred builders, and most are never used. To compile them all took a tenth of the start.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class LaterRule(Rule):
    """A rule whose two builders are compiled on their first use."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        compile_now = super()._compile_builder
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            compiled = compile_now(append_unknown).__get__(rule, None)
            setattr(rule, name, compiled)
            built: tuple[str, str] = compiled(**values)
            return built

        return build
