"""A real folder: what comes while somebody scans gets to the desk once and is gone; all else is never read."""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.abilities import Delivering, DeliveryError
from motcua.devices.contract import DeviceError, Report
from motcua.devices.document_scanner.codec import EMPTY_S, SETTLED_S, FileMark, FolderCodec
from motcua.devices.document_scanner.folder import BYTES_MAX, LASTS_S, LATE_S, FolderScanner, FolderScannerOptions


class Scanning:
    """A folder, its driver and a desk that notes what gets there; `answers` are raised one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.at = folder, 100.0
        self.arrived: list[tuple[str, bytes | None]] = []
        self.keys: list[str] = []
        self.answers: list[Exception] = []
        self.stuck: set[str] = set()
        self.driver = FolderScanner(FolderScannerOptions(folder=folder), lambda: self.at, self._delete)
        assert isinstance(self.driver, Delivering)
        self.driver.use_desk(self._deliver)
        self.driver.open()

    def _delete(self, path: Path) -> None:
        if path.name in self.stuck:
            raise PermissionError(13, "in use")
        path.unlink()

    def _deliver(self, path: str, fields: Any) -> None:
        assert path == "/api/v1/dropoffs/scanner-files"
        self.keys.append(fields["key"])
        if self.answers:
            raise self.answers.pop(0)
        content = None if fields["is_large"] else base64.b64decode(fields["file"])
        self.arrived.append((fields["watch"], content))

    def write(self, name: str, content: bytes = b"page") -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def begin(self, watch: str = "an") -> None:
        self.driver.watch(watch, is_on=True)

    def pass_by(self, seconds: float, watch: str = "") -> None:
        """Let time pass in steps of half a second, while the desk goes on to say that `watch` scans."""
        for _step in range(round(seconds * 2)):
            self.at += 0.5
            if watch:
                self.driver.watch(watch, is_on=True)
            self.driver.step()

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def scanning(tmp_path: Path) -> Scanning:
    return Scanning(tmp_path / "scans")


def test_what_was_there_before_is_never_read_and_what_comes_is_read_once_and_deleted(scanning: Scanning) -> None:
    scanning.write("of-yesterday.pdf")
    scanning.begin()
    scanning.write("one.pdf", b"first")
    scanning.pass_by(4, "an")
    scanning.write("two.jpg", b"second")
    scanning.pass_by(4, "an")
    assert scanning.arrived == [("an", b"first"), ("an", b"second")]
    assert scanning.names() == ["of-yesterday.pdf"]
    scanning.write("of-yesterday.pdf", b"written over")
    scanning.pass_by(4, "an")
    assert len(scanning.arrived) == 2


def test_without_anybody_nothing_is_read_and_the_device_says_that_files_lie_there(scanning: Scanning) -> None:
    scanning.write("lost.pdf")
    scanning.pass_by(10)
    assert (scanning.arrived, scanning.names()) == ([], ["lost.pdf"])
    assert scanning.driver.report() == Report("degraded", "files_left")


def test_a_file_is_read_only_when_the_scanner_has_written_all_of_it(scanning: Scanning) -> None:
    scanning.begin()
    for length in range(1, 6):
        scanning.write("page.pdf", b"x" * length)
        scanning.pass_by(0.5, "an")
    scanning.write("page.pdf.part", b"half")
    scanning.write(".hidden", b"half")
    assert scanning.arrived == []
    scanning.pass_by(4, "an")
    assert scanning.arrived == [("an", b"xxxxx")]
    assert scanning.names() == [".hidden", "page.pdf.part"]


def test_an_unanswered_file_is_sent_again_and_a_refused_one_is_deleted(scanning: Scanning) -> None:
    scanning.begin()
    scanning.answers = [OSError("no desk"), OSError("busy"), DeliveryError("422")]
    scanning.write("garbage.xlsx", b"PK")
    scanning.pass_by(4, "an")
    assert scanning.names() == ["garbage.xlsx"]
    scanning.pass_by(6, "an")
    assert (scanning.arrived, scanning.names(), scanning.answers) == ([], [], [])
    assert len(scanning.keys) == 3
    assert len(set(scanning.keys)) == 1
    scanning.write("garbage.xlsx", b"PK")
    scanning.pass_by(4, "an")
    assert len(set(scanning.keys)) == 2


def test_a_file_that_is_too_large_is_named_and_not_sent(scanning: Scanning) -> None:
    scanning.begin()
    with (scanning.folder / "huge.tif").open("wb") as file:
        file.truncate(BYTES_MAX + 1)
    scanning.pass_by(4, "an")
    assert (scanning.arrived, scanning.names()) == ([("an", None)], [])


def test_who_has_left_leaves_nothing_and_the_next_one_gets_nothing_of_it(scanning: Scanning) -> None:
    scanning.write("old.pdf")
    scanning.begin("an")
    scanning.pass_by(2, "an")
    scanning.driver.watch("an", is_on=False)
    scanning.write("late.pdf", b"of An")
    scanning.begin("binh")
    scanning.write("hers.pdf", b"of Binh")
    scanning.pass_by(4, "binh")
    assert (scanning.arrived, scanning.names()) == ([("binh", b"of Binh")], ["old.pdf"])
    scanning.driver.watch("binh", is_on=False)
    scanning.write("later.pdf", b"of Binh")
    scanning.pass_by(4)
    assert scanning.names() == ["old.pdf"]
    scanning.pass_by(LATE_S)
    scanning.write("of-the-day.pdf")
    scanning.pass_by(20)
    assert scanning.names() == ["of-the-day.pdf", "old.pdf"]


def test_a_lost_desk_makes_nobody_scan_again_and_one_that_stays_away_leaves_nothing(scanning: Scanning) -> None:
    scanning.begin()
    scanning.pass_by(LASTS_S + 1)
    scanning.write("page.pdf", b"while away")
    scanning.pass_by(5)
    assert (scanning.arrived, scanning.names()) == ([], ["page.pdf"])
    scanning.pass_by(3, "an")
    assert scanning.arrived == [("an", b"while away")]
    scanning.pass_by(LASTS_S)
    scanning.write("page.pdf", b"of nobody")
    scanning.pass_by(LATE_S + 4)
    assert (len(scanning.arrived), scanning.names()) == (1, [])


def test_a_file_that_cannot_be_deleted_is_sent_once_and_the_device_says_so(scanning: Scanning) -> None:
    scanning.stuck = {"page.pdf"}
    scanning.begin()
    scanning.write("page.pdf")
    scanning.pass_by(6, "an")
    assert (len(scanning.arrived), scanning.driver.report()) == (1, Report("degraded", "not_deleted"))


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs links")
def test_a_link_and_a_folder_are_left_alone(scanning: Scanning, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"of the computer")
    scanning.begin()
    (scanning.folder / "link.pdf").symlink_to(secret)
    (scanning.folder / "inner").mkdir()
    scanning.pass_by(4, "an")
    assert (scanning.arrived, scanning.names(), secret.exists()) == ([], ["inner", "link.pdf"], True)


def test_a_folder_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    for folder in (tmp_path / "nothing" / "inner", tmp_path / "file"):
        (tmp_path / "file").touch()
        with pytest.raises(DeviceError, match="cannot be read"):
            FolderScanner(FolderScannerOptions(folder=folder)).open()


NAMES = st.sampled_from(["a.pdf", "b.jpg", "c.tif", "d.pdf.part"])
LISTINGS = st.lists(st.dictionaries(NAMES, st.tuples(st.integers(0, 2), st.integers(1, 3))), max_size=12)


@pytest.mark.thorough
@given(st.dictionaries(NAMES, st.tuples(st.integers(0, 2), st.integers(1, 3))), LISTINGS)
def test_whatever_comes_and_goes_a_file_that_was_there_is_not_new(
    before: dict[str, FileMark], later: list[dict[str, FileMark]]
) -> None:
    codec = FolderCodec()
    codec.begin(before)
    still_there = set(before)
    seen: dict[str, list[FileMark]] = {}
    for place, listing in enumerate(later):
        still_there &= set(listing)
        seen = {name: [*seen.get(name, []), mark] for name, mark in listing.items()}
        for name in codec.feed(listing, place * SETTLED_S):
            looks = seen[name][-2:] if listing[name][0] else seen[name][-int(EMPTY_S) - 1 :]
            assert name not in still_there
            assert not name.endswith(".part")
            assert len(looks) > 1
            assert set(looks) == {listing[name]}
