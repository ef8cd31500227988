"""A folder into which a document scanner writes. Files are read only while a citizen hands papers in at the kiosk.

Each goes to the desk and is deleted here once the desk has answered. Logs no name and nothing of what a file holds.
"""

import base64
import hashlib
import os
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar

from motcua.devices import options as explained
from motcua.devices.abilities import DeliveryError, DeskDelivery
from motcua.devices.contract import DeviceError, DriverOptions, JobOutcome, Observation, Report
from motcua.devices.document_scanner.codec import FileMark, FolderCodec, is_passing
from motcua.typed.sentences import mark

DESK_PATH = "/api/v1/dropoffs/scanner-files"
BYTES_MAX = 10 * 1024 * 1024
LOOK_S, COUNT_S, AGAIN_S = 0.4, 5.0, 2.0
LASTS_S = 10.0
"""The desk says every two seconds that somebody still scans."""
LATE_S = 60.0
"""What a scanner still writes so long after somebody has left is theirs: it is deleted and never read."""
FILES_MAX = 1_000
LEFT, NOT_DELETED = "files_left", "not_deleted"


class FolderScannerOptions(DriverOptions):
    """`folder` is for this scanner alone: what comes into it while a citizen scans is deleted afterwards."""

    folder: Annotated[Path, explained.Folder]


class FolderScanner:
    """One folder. `now` is monotonic, in seconds; `delete` removes a file."""

    Options: ClassVar[type[FolderScannerOptions]] = FolderScannerOptions

    def __init__(
        self,
        options: FolderScannerOptions,
        now: Callable[[], float] = time.monotonic,
        delete: Callable[[Path], None] = Path.unlink,
    ) -> None:
        """Prepare; nothing is opened."""
        self._folder, self._now, self._delete = options.folder, now, delete
        self._deliver: DeskDelivery | None = None
        self._codec = FolderCodec()
        self._watch = ""
        self._gone: FolderCodec | None = None
        self._until = self._gone_until = self._look_at = 0.0
        self._left = 0
        self._is_stuck = False

    def use_desk(self, deliver: DeskDelivery) -> None:
        """Take how a file gets to the desk."""
        self._deliver = deliver

    def open(self) -> None:
        """Make the folder where only it is missing, and see that files can be deleted in it. Raises `DeviceError`."""
        try:
            self._folder.mkdir(exist_ok=True)
            self._list_files()
        except OSError as error:
            raise self._make_error(error) from error
        if not os.access(self._folder, os.R_OK | os.W_OK | os.X_OK):
            raise DeviceError(
                mark("Files in %(path)s cannot be deleted. Give the device program the right to it."), path=self._folder
            )

    def watch(self, watch: str, *, is_on: bool) -> None:
        """Somebody scans at the kiosk from now on, or no more. The same `watch` goes on, another one begins anew."""
        if not is_on:
            if watch == self._watch:
                self._end()
            return
        if watch != self._watch:
            self._end()
            try:
                self._codec.begin(self._list_files())
            except OSError:
                return  # the next step says what is wrong, and the desk asks again
            self._watch, self._is_stuck = watch, False
        self._until = self._now() + LASTS_S

    def is_watching(self, watch: str) -> bool:
        """Say whether a file that comes now is for `watch`."""
        return self._watch == watch

    def step(self) -> list[Observation]:
        """Look at the folder when it is time to, and pass on or delete what came. Raises `DeviceError`."""
        now = self._now()
        if self._watch and now >= self._until + LATE_S:
            self._end()
        if self._gone is not None and now >= self._gone_until:
            self._gone = None
        if now < self._look_at:
            return []
        self._look_at = now + (LOOK_S if self._watch or self._gone is not None else COUNT_S)
        try:
            listing = self._list_files()
        except OSError as error:
            raise self._make_error(error) from error
        self._clear_late(listing, now)
        if self._watch and now < self._until:
            whole = self._codec.feed(listing, now)
            if whole:
                self._pass_on(whole[0])
        elif not self._watch and self._gone is None:
            self._left = sum(not is_passing(name) for name in listing)
        return []

    def work(self, kind: str, _payload: Mapping[str, Any]) -> JobOutcome:
        """`check` is all that can be asked of it: whether its folder is there."""
        return JobOutcome("done") if kind == "check" else JobOutcome("failed", "unknown_job")

    def report(self) -> Report:
        """Return that the folder is there, and whether files lie in it that belong to nobody."""
        if self._is_stuck:
            return Report("degraded", NOT_DELETED)
        return Report("degraded", LEFT) if self._left else Report()

    def blank(self) -> None:
        """The desk cannot be reached: a file waits until it can, or until nobody scans any more."""

    def close(self) -> None:
        """Keep who scans: the folder may come back."""

    def _end(self) -> None:
        """Nobody scans any more; what still comes for whoever did is deleted for a minute."""
        if self._watch:
            self._gone, self._gone_until = self._codec, self._now() + LATE_S
        self._watch, self._codec, self._look_at = "", FolderCodec(), 0.0

    def _clear_late(self, listing: Mapping[str, FileMark], now: float) -> None:
        """Delete unread what came for somebody who has left; never what came for whoever scans now."""
        if self._gone is None:
            return
        theirs = {name: mark for name, mark in listing.items() if not self._watch or name in self._codec.old}
        for name in self._gone.feed(theirs, now):
            self._remove(name)

    def _list_files(self) -> dict[str, FileMark]:
        """Return the files of the folder itself: nothing behind a link, nothing in another folder."""
        files: dict[str, FileMark] = {}
        with os.scandir(self._folder) as entries:
            for entry in entries:
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # it went while the folder was read
                if stat.S_ISREG(status.st_mode) and len(files) < FILES_MAX:
                    files[entry.name] = (status.st_size, status.st_mtime_ns)
        return files

    def _pass_on(self, name: str) -> None:
        """Bring a file to the desk and delete it here, whether the desk takes it or not; wait where neither is sure."""
        fields: dict[str, Any] = {"watch": self._watch, "key": self._make_key(name), "file": "", "is_large": False}
        try:
            content = self._read(name)
        except OSError:
            return  # the scanner's program still has it
        if content is None:
            fields["is_large"] = True
        else:
            fields["file"] = base64.b64encode(content).decode("ascii")
        try:
            if self._deliver is not None:
                self._deliver(DESK_PATH, fields)
        except DeliveryError:
            pass  # the desk has said at the kiosk what is wrong with it
        except OSError:
            self._look_at = self._now() + AGAIN_S
            return
        self._remove(name)

    def _make_key(self, name: str) -> str:
        """Return what is the same for each try with one file, and says nothing of its name."""
        (size, changed_ns), _since = self._codec.seen[name]
        return hashlib.sha256(f"{name}\n{size}\n{changed_ns}".encode("utf-8", "surrogateescape")).hexdigest()

    def _read(self, name: str) -> bytes | None:
        """Return what a file holds, None where it is too large. Raises `OSError`."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self._folder / name, flags), "rb") as file:
            content = file.read(BYTES_MAX + 1)
        return content if len(content) <= BYTES_MAX else None

    def _remove(self, name: str) -> None:
        try:
            self._delete(self._folder / name)
        except FileNotFoundError:
            return
        except OSError:
            for codec in filter(None, (self._codec, self._gone)):
                codec.forget(name)  # it is never sent twice
            self._is_stuck = True

    def _make_error(self, error: OSError) -> DeviceError:
        return DeviceError(
            mark("The folder %(path)s cannot be read: %(problem)s"), path=self._folder, problem=error.strerror or error
        )
