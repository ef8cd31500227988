"""The launcher of a screen and what a power cut, a renamed computer or a broken disk leave in its browser's profile."""

import os
import socket
from pathlib import Path

import pytest

from tests.server.test_screen_launcher import FAKE, NOTES, Place, desk, running
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("owner", ["old-name-{alive}", "other-host-1", "{host}-999999", "nonsense"])
def test_a_lock_that_nobody_holds_goes_before_the_browser_starts(place: Place, owner: str) -> None:
    place.profile.mkdir()
    lock = place.profile / "SingletonLock"
    lock.symlink_to(owner.format(alive=os.getpid(), host=socket.gethostname()))  # that process is alive, but no browser
    (place.profile / "SingletonSocket").symlink_to("/tmp/.org.chromium.gone/SingletonSocket")  # noqa: S108 -- is not there
    (place.profile / "SingletonCookie").symlink_to("1234")
    left = str(lock.readlink())
    with desk() as (port, _kind), running(place, "wall", "--server", f"http://127.0.0.1:{port}") as process:
        wait_until(place.browsers)
        assert process.stderr is not None
        assert process.stderr.readline().endswith(f"removes the lock that {left} left behind\n")
        wait_until(lambda: os.path.lexists(lock) and str(lock.readlink()) == f"host-{place.browsers()[0]}")
        assert not os.path.lexists(place.profile / "SingletonSocket")
        assert not os.path.lexists(place.profile / "SingletonCookie")


def test_a_browser_that_was_cut_off_does_not_ask_whether_to_restore_pages(place: Place) -> None:
    preferences, state = place.profile / "Default" / "Preferences", place.profile / "Local State"
    preferences.parent.mkdir(parents=True)
    preferences.write_text('{"profile":{"exit_type":"Crashed","exited_cleanly":false,"name":"Crashed"}}')
    state.write_bytes(b"\0" * 512)  # as a power cut leaves a file
    with desk() as (port, _kind), running(place, "wall", "--server", f"http://127.0.0.1:{port}"):
        wait_until(place.browsers)
        assert preferences.read_text() == '{"profile":{"exit_type":"Normal","exited_cleanly":true,"name":"Crashed"}}'
        assert not state.exists()


def test_a_profile_that_no_browser_can_read_is_made_anew_and_stays_paired(place: Place) -> None:
    cookies = place.profile / "Default" / "Cookies"
    cookies.parent.mkdir(parents=True)
    cookies.write_text("paired")
    (place.profile / "Default" / "Web Data").write_text("broken")
    broken = 'for argument in "$@"; do case "$argument" in --user-data-dir=*) profile=${argument#*=} ;; esac; done\n'
    broken += '[ ! -e "$profile/Default/Web Data" ] || exit 1\n'
    place.program("chromium", NOTES + broken + FAKE.removeprefix(NOTES))
    with desk() as (port, _kind), running(place, "wall", "--server", f"http://127.0.0.1:{port}"):
        wait_until(lambda: len(place.browsers()) == 4)
        wait_until((place.profile / "SingletonLock").is_symlink)
        assert cookies.read_text() == "paired"
        assert (place.profile.with_name(f"{place.profile.name}.old") / "Default" / "Web Data").read_text() == "broken"
        second = place.start(
            "wall", "--server", f"http://127.0.0.1:{port}"
        )  # the lock of the launcher is still its own
        assert second.wait(PATIENCE_S) == 2
        assert second.stderr is not None
        second.stderr.close()
