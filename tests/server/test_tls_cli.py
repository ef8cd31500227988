"""`motcua tls`, and the options of `serve` that say how the desk is reached: what is printed, and what is refused
with which sentence.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from motcua.desk import system_clock
from motcua.desk.authority import AuthorityFiles, make_authority, make_certificate
from motcua.desk.certificates import read_names
from tests.ports import free_port
from tests.server.certified import DAY, local, signed
from tests.server.hall import fresh_folder
from tests.server.programs import command, said


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Lend the folder of a desk that nobody serves."""
    with fresh_folder() as made:
        yield made


@pytest.fixture
def empty() -> Iterator[Path]:
    """Lend the folder of a desk that has no certificate yet."""
    with fresh_folder() as made:
        yield made


@pytest.mark.thorough
def test_an_authority_is_made_with_everything_that_screens_need_and_never_twice(empty: Path) -> None:
    ended = command("tls", "init", "--data", empty, "--name", "Desk.Phuong.Lan", "--name", "192.168.7.7")
    files = AuthorityFiles(empty)
    assert (ended.returncode, ended.stderr) == (0, "")
    for words in (str(files.authority), str(files.certificate), "--cert", "--ca FILE", "--guests", "motcua tls renew"):
        assert words in ended.stdout, words
    assert re.search(r"([0-9A-F]{2}:){31}[0-9A-F]{2}", ended.stdout)
    assert {"desk.phuong.lan", "192.168.7.7", "127.0.0.1", "::1", "localhost"} <= set(read_names(files.certificate))
    before = files.authority.read_bytes()
    again = command("tls", "init", "--data", empty)
    assert (again.returncode, "exists already" in again.stderr, files.authority.read_bytes() == before) == (
        1,
        True,
        True,
    )
    assert command("tls", "show", "--data", empty).stdout == ended.stdout


def test_the_address_for_phones_is_among_the_names(folder: Path) -> None:
    assert command("tls", "init", "--data", folder).returncode == 0
    assert "192.168.1.10" in read_names(AuthorityFiles(folder).certificate)  # as its settings have it


def test_renewing_keeps_the_names_and_adds_new_ones_that_are_permitted(tmp_path: Path) -> None:
    local(tmp_path, "desk.phuong.lan", "10.9.9.9")
    ended = command("tls", "renew", "--data", tmp_path, "--name", "10.8.8.8", "--name", "a.desk.phuong.lan")
    assert (ended.returncode, ended.stderr) == (0, "")
    names = set(read_names(AuthorityFiles(tmp_path).certificate))
    assert {"desk.phuong.lan", "a.desk.phuong.lan", "10.8.8.8", "10.9.9.9"} <= names
    before = AuthorityFiles(tmp_path).certificate.read_bytes()
    refused = command("tls", "renew", "--data", tmp_path, "--name", "bank.vn")
    assert (
        refused.returncode,
        "bank.vn" in refused.stderr,
        AuthorityFiles(tmp_path).certificate.read_bytes() == before,
    ) == (1, True, True)


@pytest.mark.parametrize("verb", ["renew", "show"])
def test_without_an_authority_it_says_how_to_make_one(tmp_path: Path, verb: str) -> None:
    code, out, err = said(command("tls", verb, "--data", tmp_path))
    assert (code, out, "motcua tls init" in err) == (1, "", True)


@pytest.mark.parametrize("name", ["https://desk.vn", "desk vn", "", "*.vn", "1.2.3"])
def test_a_name_that_is_none_is_refused_and_nothing_is_written(empty: Path, name: str) -> None:
    code, out, err = said(command("tls", "init", "--data", empty, "--name", name))
    assert (code, out, "Traceback" in err, any(path.exists() for path in AuthorityFiles(empty).list_all())) == (
        2,
        "",
        False,
        False,
    )


def test_no_authority_is_made_where_no_desk_is(tmp_path: Path) -> None:
    code, out, err = said(command("tls", "init", "--data", tmp_path))
    assert (code, out, "There is no desk in" in err, list(tmp_path.iterdir())) == (1, "", True, [])


def test_show_of_an_expired_certificate_says_so(tmp_path: Path) -> None:
    then = system_clock.now() - timedelta(days=900)
    make_authority(tmp_path, [], then)
    make_certificate(tmp_path, [], then)
    code, _out, err = said(command("tls", "show", "--data", tmp_path))
    assert (code, "expired" in err) == (2, True)
    assert command("tls", "renew", "--data", tmp_path).returncode == 0


WRONG: dict[str, tuple[Callable[[tuple[Path, Path]], tuple[object, ...]], str]] = {
    "a key alone": (lambda pair: ("--key", pair[1]), "both --cert FILE and --key FILE"),
    "a certificate alone": (lambda pair: ("--cert", pair[0]), "both --cert FILE and --key FILE"),
    "a file that is not there": (lambda pair: ("--cert", f"{pair[0]}.none", "--key", pair[1]), "There is no file"),
    "the files swapped": (lambda pair: ("--cert", pair[1], "--key", pair[0]), "There is no certificate in"),
    "guests without a port": (lambda _pair: ("--guests", "0.0.0.0"), "0.0.0.0:8081"),  # noqa: S104 -- what somebody may type
    "guests at a bare IPv6 address": (lambda _pair: ("--guests", "::1:8081"), "not a valid address to listen on"),
    "guests at a port that is none": (lambda _pair: ("--guests", "0.0.0.0:99999"), "99999 is not a valid port"),
    "a server that is a name": (lambda _pair: ("--behind-proxy", "gate.lan"), "gate.lan"),
    "strictness by another word": (lambda _pair: ("--hsts", "maybe"), "maybe"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_serve_refuses_what_makes_no_sense(folder: Path, tmp_path: Path, kind: str) -> None:
    options, words = WRONG[kind]
    code, out, err = said(command("serve", "--data", folder, "--port", free_port(), *options(signed(tmp_path))))
    assert (code, out, words in err, "Traceback" in err) == (2, "", True, False), err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ends": -DAY}, "expired on"),
        ({"password": b"secret"}, "protected by a password"),
        ({"names": ()}, "subjectAltName"),
    ],
)
def test_serve_refuses_a_certificate_that_would_turn_everybody_away(
    folder: Path, tmp_path: Path, more: dict[str, object], words: str
) -> None:
    certificate, key = signed(tmp_path, **more)  # type: ignore[arg-type]
    code, out, err = said(
        command("serve", "--data", folder, "--port", free_port(), "--cert", certificate, "--key", key)
    )
    assert (code, out, words in err, str(tmp_path) in err) == (2, "", True, True)


def test_a_refusal_leaves_the_desk_free(folder: Path, tmp_path: Path) -> None:
    command("serve", "--data", folder, "--port", free_port(), "--cert", tmp_path / "none", "--key", tmp_path / "none")
    assert command("journal", "verify", "--data", folder).returncode == 0
