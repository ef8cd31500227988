"""What a function is called begins with what it does, or is a claim: `mark_absent`, `find_ticket`, `is_open`."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import PACKAGE, list_modules, nodes_of

WORDS = """
accept acknowledge add admit advance announce answer append apply ask assign attach attempt audit await balance beep
begin bind blank book bound broadcast build calibrate call cancel canonicalise capture change check choose claim
classify clean clear close collect come commit compare compile complete compose compute configure confirm connect
construct copy correct count create cut decide declare decode defuse deliver derive describe detach disconnect do draw
drop dump dup emit encode end enrol ensure enter erase escalate escape estimate execute exit explain export extend
feed fill find finish fit flush fold follow forecast forget forgive format get give go grab group guess halt hand
handle handshake hang hash hear hide hold import index init install issue join journal keep kill lay learn leave lend
let limit list listen load lock lodge log look make map mark mask measure mention migrate move mute name normalise
normalize note number obey observe offer open order pack pad pair parse pause pick ping plan play plug post prefill
prepare press preview print probe propose prune publish purge push put raise rank rate reach read rebuild recall
receive record recover recv redirect refresh refuse rehash release remember remove rename render renew reopen replace
report reprint request require rerun reset resolve respond rest restart restore resume return revoke round run sample
save say scan schedule score scrub seal search see seed send serve set settle share shift shorten show shrink shut
sign simulate sit skip soil speak split stamp standardise start step stop submit subscribe sum supplement switch sync
take tear tell test throttle tick tidy transfer translate trim trust tune turn undo unescape unhex unlock unpack
unplug unseal unsubscribe unwrap update use verify vouch wait wake walk warn watch weigh withdraw work wrap write xor
"""
VERBS = frozenset(WORDS.split())
"""A new verb is welcome; one that says the same as another here is not."""
CLAIMS = frozenset({"is", "has", "can"})
FORMS = frozenset({"to", "from", "as", "of", "with", "on"})
"""`to_json` and `from_ms` make one form of another, `with_counter` a copy, `on_commit` is called when that happens."""
DECORATED = frozenset({"property", "cached_property", "setter"})
RULES = ("counters/rules.py", "queue/rules/moves.py")
"""Rules return a value as it is after the move, and are called so: `recalled(ticket, …)`, `opened(counter, …)`."""
ALLOWED = {
    "arguments": "each command in cli/ declares its arguments in it",
    "task": "what a helper process runs, by the table in run/tasks.py",
    "main": "where a program begins",
    "sends": "the other half of `on`: which events a namespace sends",
    "by": "`desk.by(actor).do(action)` reads as a sentence",
    "now": "what a clock says",
    "steady": "what a clock says",
    "formatException": "a method of logging.Formatter",
    "formatMessage": "a method of logging.Formatter",
    "readline": "a method of files",
    "header_fetch_parse": "a method of email.policy",
    "hw": "a method of python-escpos",
    "image": "a method of python-escpos",
    "qr": "a method of python-escpos",
    "match": "a method of werkzeug's MapAdapter",
    "patch": "gevent's word for it",
}
"""Names that are no verb phrase, with the reason."""


def is_property(function: ast.FunctionDef) -> bool:
    """Say whether it is read like a field."""
    names = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in function.decorator_list
        if isinstance(node, ast.Attribute | ast.Name)
    }
    return bool(names & DECORATED)


def list_public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """Yield the public functions and methods, those in public classes included."""
    for node in body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not is_property(node):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from list_public(node.body)
        elif isinstance(node, ast.If):
            yield from list_public([*node.body, *node.orelse])


def find_nouns(source: str) -> set[str]:
    """Return the names of public functions that say neither what is done nor a claim."""
    return find_nouns_in(ast.parse(source).body)


def find_nouns_in(body: list[ast.stmt]) -> set[str]:
    """Return the same for a program that is parsed already."""
    names = {function.name for function in list_public(body)}
    return {name for name in names if name.partition("_")[0] not in VERBS | CLAIMS | FORMS}


@pytest.mark.thorough
def test_every_function_says_what_it_does() -> None:
    nouns: dict[str, set[str]] = {}
    for path in list_modules():
        place = path.relative_to(PACKAGE).as_posix()
        module = nodes_of(path)[0]
        if place not in RULES and isinstance(module, ast.Module):
            nouns[place] = find_nouns_in(module.body)
    assert {place: names - ALLOWED.keys() for place, names in nouns.items() if names - ALLOWED.keys()} == {}
    assert ALLOWED.keys() - set[str]().union(*nouns.values()) == set(), "an exception that nothing needs"


@pytest.mark.parametrize(
    ("source", "nouns"),
    [
        ("def status_of(error): pass", {"status_of"}),
        ("def find_status(error): pass", set()),
        ("def is_open(): pass\ndef _place(): pass", set()),
        ("class Stage:\n    def joined(self): pass", {"joined"}),
        ("class Stage:\n    @property\n    def key(self): pass", set()),
        ("class _Stage:\n    def joined(self): pass", set()),
        ("import sys\nif sys.platform:\n    def worked(): pass", {"worked"}),
    ],
)
def test_a_noun_is_seen(source: str, nouns: set[str]) -> None:
    assert find_nouns(source) == nouns
