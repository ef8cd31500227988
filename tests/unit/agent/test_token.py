"""The token by which a desk knows its agent: it has a copy, and it goes to no other desk."""

import json
from pathlib import Path

import pytest

from motcua.agent.enrolment import get_token, get_token_path, write_token
from motcua.agent.errors import AgentError
from motcua.agent.files import copy_of


@pytest.mark.parametrize("damage", [b"", bytes(200), b"{", b"[]", b'{"server": "x"}'])
def test_a_damaged_token_is_taken_from_its_copy(tmp_path: Path, damage: bytes) -> None:
    write_token(tmp_path, {"server": "http://desk:8080", "code": "ABC", "token": "secret"})
    get_token_path(tmp_path).write_bytes(damage)
    assert get_token("http://desk:8080", "ABC", tmp_path, "en") == "secret"
    assert json.loads(get_token_path(tmp_path).read_text())["token"] == "secret"  # noqa: S105 -- a test's
    for path in (get_token_path(tmp_path), copy_of(get_token_path(tmp_path))):
        assert path.stat().st_mode & 0o777 == 0o600
        path.write_bytes(damage)
    with pytest.raises(AgentError, match="has no token"):
        get_token("http://desk:8080", None, tmp_path, "en")


def test_a_token_follows_its_desk_to_https_and_never_back_or_elsewhere(tmp_path: Path) -> None:
    write_token(tmp_path, {"server": "http://desk:8080", "code": "ABC", "token": "secret"})
    for elsewhere in ("https://desk:8443", "https://desk", "https://other:8080", "http://desk"):
        with pytest.raises(AgentError, match="has no token"):
            get_token(elsewhere, None, tmp_path, "en")
    assert get_token("https://desk:8080", None, tmp_path, "en") == "secret"
    with pytest.raises(AgentError, match="has no token"):
        get_token("http://desk:8080", None, tmp_path, "en")
