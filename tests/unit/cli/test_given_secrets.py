"""Tokens, codes and files that Windows wrote are read, or what they are in is named."""

import argparse
from pathlib import Path

import pytest

from motcua.agent.config import load
from motcua.agent.errors import AgentError
from motcua.cli import agent
from motcua.desk import Invalid
from motcua.devices.contract import DeviceError
from motcua.devices.keypad.profile import load as profile

TOKEN = "_abcDEF-123"  # noqa: S105 -- opens nothing
AGENT = 'state = "dữ-liệu"\r\n'


def token(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return agent.read_token(argparse.Namespace(token_file=path, token=None))


@pytest.mark.parametrize("text", [f"{TOKEN}\r\n", f'"{TOKEN}"', f"  {TOKEN}\u200b\n\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_token_file_holds_its_token_however_it_was_saved(tmp_path: Path, text: str, encoding: str) -> None:
    assert token(tmp_path / "token", text.encode(encoding)) == TOKEN


def test_an_empty_token_file_and_one_that_is_no_text_are_named(tmp_path: Path) -> None:
    for data, code in ((b"\xef\xbb\xbf \r\n", "token.none"), (b"\xff\x00\xd8", "file.not_utf8")):
        with pytest.raises(Invalid) as error:
            token(tmp_path / "token", data)
        assert error.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_an_agents_file_and_a_profile_of_notepad_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "agent.toml").write_bytes(AGENT.encode(encoding))
    assert load(tmp_path / "agent.toml").state.name == "dữ-liệu"
    text = (Path(profile.__code__.co_filename).parent / "profiles" / "ascii.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert profile(str(tmp_path / "own.yaml")).keys == profile("ascii").keys


def test_what_an_agents_file_and_a_profile_are_in_is_said(tmp_path: Path) -> None:
    for data, named in (
        (AGENT.encode("utf-16"), "UTF-16"),
        ("# Phương".encode("cp1258"), "Windows-1258"),
        (b"\x00\x01\xff\xff\xff", "not a text"),
    ):
        for name, read, kind in (
            ("agent.toml", load, AgentError),
            ("own.yaml", lambda path: profile(str(path)), DeviceError),
        ):
            (tmp_path / name).write_bytes(data)
            with pytest.raises(kind) as error:
                read(tmp_path / name)
            assert named in str(error.value)
