"""What the desk's settings page asks this agent: which ports there are, a device to add, a keypad to learn, a test."""

import logging
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from motcua.agent.config import DeviceEntry, read_entry
from motcua.agent.errors import AgentError
from motcua.agent.files import write_whole
from motcua.devices import kinds
from motcua.devices.contract import DeviceError, JobOutcome
from motcua.devices.loading import list_option_schemas
from motcua.typed.sentences import mark

TEST_S = 25.0
LEARN_S = 600.0
PROFILE = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
logger = logging.getLogger(__name__)


class Learning(Protocol):
    """A keypad that is being learnt at a port."""

    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""
        ...

    def step(self) -> None:
        """Listen for at most a tenth of a second. Raises `DeviceError`."""
        ...

    def skip(self) -> None:
        """Go on without the key that is asked for: this keypad has none."""
        ...

    def get_state(self) -> dict[str, Any]:
        """Return what is asked, heard and found."""
        ...

    def render_profile(self) -> str:
        """Return the profile as YAML. Raises `DeviceError` before it is found."""
        ...

    def close(self) -> None:
        """Close the port."""
        ...


class DeviceList(Protocol):
    """The agent's devices."""

    def list_entries(self) -> list[DeviceEntry]:
        """Return them."""
        ...

    def put(self, entry: DeviceEntry) -> None:
        """Add or change one."""
        ...

    def remove(self, name: str) -> None:
        """Forget one."""
        ...

    def test(self, name: str, payload: Mapping[str, Any], within_s: float) -> JobOutcome:
        """Let one show that it works."""
        ...


class Remote:
    """Answers the settings page. A learning runs on a thread of its own; one at a time."""

    def __init__(self, devices: DeviceList, state: Path) -> None:
        self._devices, self._state = devices, state
        self._lock = threading.Lock()
        self._session: Learning | None = None
        self._learning: threading.Thread | None = None
        self._ended = threading.Event()
        self._failed: DeviceError | None = None

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to `{what, …}`: `{ok: true, …}`, or `{ok: false, message, params}` in words for the
        person who asked.
        """
        handler = self._table().get(str(request.get("what")))
        try:
            if handler is None:
                raise AgentError(
                    mark("This agent does not know %(what)s; it may be too old."), what=request.get("what")
                )
            return {"ok": True, **handler(request)}
        except (AgentError, DeviceError) as error:
            return describe_refusal(error)
        except OSError as error:
            return {"ok": False, "message": "%(problem)s", "params": {"problem": error.strerror or str(error)}}

    def _table(self) -> dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]]:
        return {
            "devices": self._list,
            "drivers": lambda _given: {"drivers": list_option_schemas()},
            "ports": _ports,
            "put": self._put,
            "remove": self._remove,
            "test": self._test,
            "learn": self._learn,
            "learned": self._learned,
            "learn_skip": self._skip,
            "learn_keep": self._keep,
            "learn_stop": self._stop_learning,
        }

    def _list(self, _given: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "devices": [{**item.to_table(), "fixed": item.fixed} for item in self._devices.list_entries()],
            "profiles": self._profiles(),
        }

    def _profiles(self) -> list[str]:
        return sorted(str(path) for path in (self._state / "profiles").glob("*.yaml"))

    def _put(self, request: Mapping[str, Any]) -> dict[str, Any]:
        device = request.get("device")
        if not isinstance(device, dict):
            raise AgentError(mark("Name the device."))
        self._devices.put(read_entry(device, str(device.get("name", "")), fixed=False))
        return {}

    def _remove(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self._devices.remove(str(request.get("name", "")))
        return {}

    def _test(self, request: Mapping[str, Any]) -> dict[str, Any]:
        payload = request.get("payload")
        outcome = self._devices.test(str(request.get("name", "")), payload if isinstance(payload, dict) else {}, TEST_S)
        return {"state": outcome.state, "detail": outcome.detail}

    # --- learning -----------------------------------------------------------------------------------------------------

    def _learn(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Begin to learn the keypad at a port: `{port, kind, protocol?, baud?, address?}`."""
        with self._lock:
            self._end()
            session = _session(request)
            session.open()
            self._session, self._failed = session, None
            self._ended.clear()
            self._learning = threading.Thread(target=self._run, args=(session,), name="learn", daemon=True)
            self._learning.start()
        return {"learning": session.get_state()}

    def _run(self, session: Learning) -> None:
        turns = 0.0
        try:
            while not self._ended.is_set() and turns < LEARN_S:
                session.step()
                turns += 0.05
        except DeviceError as error:
            self._failed = error
        finally:
            session.close()

    def _learned(self, _given: Mapping[str, Any]) -> dict[str, Any]:
        if self._failed is not None:
            raise self._failed
        return {"learning": self._current().get_state()}

    def _skip(self, _given: Mapping[str, Any]) -> dict[str, Any]:
        session = self._current()
        session.skip()
        return {"learning": session.get_state()}

    def _keep(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Write the learnt profile under `name` and say where it lies."""
        name = str(request.get("name", ""))
        if not PROFILE.fullmatch(name):
            raise AgentError(mark("A profile name must have only the letters a-z, digits and -, at most 40 of them."))
        path = self._state / "profiles" / f"{name}.yaml"
        try:
            write_whole(path, self._current().render_profile())
        except ValueError as error:
            raise AgentError(mark("There is nothing to keep yet: the keypad has not been learnt.")) from error
        with self._lock:
            self._end()
        return {"profile": str(path)}

    def _stop_learning(self, _given: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            self._end()
        return {}

    def _current(self) -> Learning:
        if self._session is None:
            raise AgentError(mark("Nothing is being learnt now."))
        return self._session

    def _end(self) -> None:
        self._ended.set()
        if self._learning is not None:
            self._learning.join(2.0)
        self._session = self._learning = None

    def stop(self) -> None:
        """End what is being learnt."""
        with self._lock:
            self._end()


def describe_refusal(error: AgentError | DeviceError) -> dict[str, Any]:
    """Return why something was not done, for the person who asked: `message` in English with places for `params`."""
    params = {name: str(value) for name, value in error.params.items()}
    return {"ok": False, "message": error.message, "params": params}


def _ports(_given: Mapping[str, Any]) -> dict[str, Any]:
    from motcua.devices.ports import list_cameras, list_key_devices, list_serial_ports

    return {"ports": list_serial_ports(), "inputs": list_key_devices(), "cameras": list_cameras()}


def _session(request: Mapping[str, Any]) -> Learning:
    """Return a lesson for `{port, kind?, protocol?, baud?, address?, latched?}`; `protocol` is `serial` (default) or
    `modbus`.
    """
    from motcua.devices.keypad.learn.session import LearnSession, PanelSession

    port, kind, baud = str(request.get("port", "")), request.get("kind", kinds.LEARNT[0]), request.get("baud", 9600)
    if kind not in kinds.LEARNT:
        raise AgentError(mark("Only keypads and rating pads are learnt."))
    if request.get("protocol") == "modbus":
        return PanelSession(
            port, kind, baud=baud, address=int(request.get("address", 1)), latched=bool(request.get("latched"))
        )
    return LearnSession(port, kind, baud=baud)
