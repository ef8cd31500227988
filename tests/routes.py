"""The desk's addresses, read and compiled once a process: each desk that is built asks for the same two hundred.

Their builders hold nothing of a desk: werkzeug gives them the rule with each call.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

_library, _read = Rule._compile_builder, Rule._parse_rule
_compiled: dict[object, Callable[..., tuple[str, str]]] = {}
_parsed: dict[str, tuple[list[RulePart], list[tuple[bool, str]], dict[str, Any]]] = {}


def builder_of(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Return what the library compiles for `rule`, which is the same each time."""
    if rule.defaults:
        return _library(rule, append_unknown)
    key = rule.rule, tuple(rule._trace), append_unknown
    if key not in _compiled:
        _compiled[key] = _library(rule, append_unknown)
    return _compiled[key]


def parts_of(rule: Rule, address: str) -> list[RulePart]:
    """Return the parts that the library reads from `address`, and note in the rule what it notes there."""
    if address not in _parsed:
        steps, names = len(rule._trace), set(rule._converters)
        parts = list(_read(rule, address))
        converters = {name: one for name, one in rule._converters.items() if name not in names}
        _parsed[address] = parts, rule._trace[steps:], converters
        return parts
    parts, trace, converters = _parsed[address]
    rule._trace.extend(trace)
    rule._converters.update(converters)
    rule.arguments.update(converters)
    return parts


def compile_once() -> None:
    """Let the library keep what it read and compiled."""
    rule: Any = Rule
    rule._parse_rule = parts_of
    rule._compile_builder = builder_of
