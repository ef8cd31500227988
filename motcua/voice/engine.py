"""espeak-ng in a separate process: the installed program, else a child of ours around the library of the package
`espeakng_loader`.

Its library is under the GPL and is never loaded into a process of the desk. It gets words only: figures it would
read its own way.
"""

import importlib.util
import json
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from motcua.typed.sentences import mark
from motcua.voice.errors import EngineMissingError, VoiceError
from motcua.voice.words import Region

PROGRAM, PACKAGE = "espeak-ng", "espeakng_loader"
VOICES: dict[Region, str] = {"north": "vi", "central": "vi-vn-x-central", "south": "vi-vn-x-south"}
SPEED, AMPLITUDE = 130, 80
"""Words a minute, and loudness before it is made equal."""
CLIP_S, END_S = 20, 2
MISSING = mark(
    "No voice is installed, only the chime is heard: install the program espeak-ng, or the package espeakng-loader."
)
LENGTH = struct.Struct("<I")


class Engine(Protocol):
    """Speaks while it is open."""

    def __enter__(self) -> Self:
        """Start it."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        ...

    def speak(self, text: str, region: Region, speed: int) -> bytes:
        """Return a WAV of `text`, at `speed` words a minute. Raises `VoiceError`."""
        ...


def is_installed() -> bool:
    """Say whether something that speaks is installed."""
    return shutil.which(PROGRAM) is not None or importlib.util.find_spec(PACKAGE) is not None


def get_engine() -> Engine:
    """Return the program, else the child around the library. Raises `EngineMissingError`."""
    program = shutil.which(PROGRAM)
    if program is not None:
        return Program(program)
    if importlib.util.find_spec(PACKAGE) is not None:
        return Child()
    raise EngineMissingError(MISSING)


class Program:
    """The installed program, run once for each clip."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> Self:
        """Make a place for what it writes: what it sends to a pipe names a false length."""
        # a desk that ends meanwhile takes it away itself, when files of the loop close no more
        self._folder = tempfile.TemporaryDirectory(prefix="motcua-voice-", ignore_cleanup_errors=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove that place."""
        self._folder.cleanup()

    def speak(self, text: str, region: Region, speed: int) -> bytes:
        """Return a WAV of `text`. Raises `VoiceError`."""
        target = Path(self._folder.name) / "clip.wav"
        command = [
            self._path,
            "-v",
            VOICES[region],
            "-s",
            str(speed),
            "-a",
            str(AMPLITUDE),
            "-z",
            "-w",
            str(target),
            "--",
            text,
        ]
        try:
            process = subprocess.run(  # noqa: S603 -- no shell
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=CLIP_S, check=False
            )
            if process.returncode:
                raise _failed(process.stderr.decode(errors="replace").strip() or f"exit {process.returncode}")
            return target.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(error) from error


class Child:
    """A process of ours that loads the package's library: one line of JSON for each clip in, length and WAV out."""

    def __enter__(self) -> Self:
        """Start the child."""
        command = [sys.executable, "-m", "motcua.voice.loader_child"]
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 -- our own program
        except OSError as error:
            raise _failed(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child: it ends by itself when nothing more comes."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # it is gone already
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def speak(self, text: str, region: Region, speed: int) -> bytes:
        """Return a WAV of `text`. Raises `VoiceError`."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise _failed("no pipe")
        request = {"text": text, "voice": VOICES[region], "speed": speed, "amplitude": AMPLITUDE}
        try:
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
            (length,) = LENGTH.unpack(_read_exactly(stdout, LENGTH.size))
            return _read_exactly(stdout, length)
        except (OSError, EOFError) as error:
            raise _failed(error) from error


def _read_exactly(pipe: IO[bytes], size: int) -> bytes:
    chunk = pipe.read(size)
    if len(chunk) < size:
        raise EOFError("the process that speaks has ended")
    return chunk


def _failed(problem: object) -> VoiceError:
    return VoiceError(mark("The voice could not be made: %(problem)s"), problem=problem)
