"""`motcua devices learn`: a keypad teaches its frames, a person presses what is asked for."""

import argparse
import sys
from pathlib import Path
from typing import Any, Protocol

from motcua.cli.texts import say, translate_message
from motcua.devices.contract import DeviceError
from motcua.devices.keypad.keys import get_label
from motcua.devices.keypad.learn.learner import ASKED
from motcua.devices.keypad.learn.session import REGISTERS, LearnSession, PanelSession
from motcua.devices.kinds import LEARNT


class Lesson(Protocol):
    """A learning session of either kind."""

    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""
        ...

    def step(self) -> None:
        """Listen or ask for a moment. Raises `DeviceError`."""
        ...

    def skip(self) -> None:
        """Skip the key: the pad does not have it."""
        ...

    def ask_again(self) -> None:
        """Ask for the key again."""
        ...

    def get_state(self) -> dict[str, Any]:
        """Return the state of the session."""
        ...

    def render_profile(self) -> str:
        """Return the YAML that was learnt."""
        ...

    def close(self) -> None:
        """Close the port."""
        ...


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "port", metavar="PORT", help="/dev/serial/by-id/…, COM3, socket://HOST:PORT; `motcua devices list` shows them"
    )
    parser.add_argument(
        "--kind", choices=LEARNT, default=LEARNT[0], help="an officer's keypad, or a citizens' rating pad"
    )
    parser.add_argument(
        "--keys", metavar="KEY,KEY", help="ask for these only, e.g. next,recall,transfer,digit:0,rate:5"
    )
    parser.add_argument("--baud", type=int, default=9600, metavar="N", help="speed of the line, default 9600")
    parser.add_argument("--out", type=Path, metavar="FILE.yaml", help="write the profile there; else it is shown")
    parser.add_argument("--name", default="", help="what people call this pad")
    parser.add_argument("--modbus", action="store_true", help="ask a Modbus panel's registers instead of listening")
    parser.add_argument("--address", type=int, default=1, metavar="N", help="the panel's Modbus address")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="first register or coil to watch")
    parser.add_argument(
        "--count", type=int, default=REGISTERS, metavar="N", help=f"how many to watch, default {REGISTERS}"
    )
    parser.add_argument(
        "--latched", action="store_true", help="the panel keeps a press until its register is written to 0"
    )


def main(options: argparse.Namespace) -> int:
    """Ask for each key three times and once more; write the profile. 1 when nothing was learnt."""
    keys = options.keys.split(",") if options.keys else None
    try:
        session = _make_session(options, keys)
    except ValueError as error:
        key_names = ", ".join(ASKED[options.kind])
        print(say("%(key)s is not a valid key. Valid keys: %(known)s", key=error, known=key_names), file=sys.stderr)
        return 1
    try:
        session.open()
        return _run_lesson(session, options.out)
    except DeviceError as error:
        print(translate_message(error.message, error.params), file=sys.stderr)
    except KeyboardInterrupt:
        print(say("Stopped; nothing was written."), file=sys.stderr)
    finally:
        session.close()
    return 1


def _make_session(options: argparse.Namespace, keys: list[str] | None) -> Lesson:
    if not options.modbus:
        return LearnSession(options.port, options.kind, keys, options.baud, options.name)
    panel = {"address": options.address, "first": options.first, "count": options.count, "latched": options.latched}
    return PanelSession(options.port, options.kind, keys, options.baud, options.name, **panel)


def _run_lesson(session: Lesson, out: Path | None) -> int:
    print(
        say(
            "Press each key when it is asked for, shortly, one second apart. Enter: the pad does not have "
            "this key. Ctrl-C: stop."
        )
    )
    last_state: dict[str, Any] = {}
    while True:
        session.step()
        state = session.get_state()
        if state != last_state:
            _show(state, last_state)
            last_state = state
        if state["step"] in {"done", "failed"}:
            break
        if _is_enter_pressed():
            session.skip()
    if last_state["step"] == "failed":
        return 1
    text = session.render_profile()
    if out is None:
        print(f"\n{text}")
    else:
        out.write_text(text, encoding="utf-8")
        print(say("Learnt and tried. Written to %(file)s; name it as the profile of the device.", file=out))
    return 0


def _show(state: dict[str, Any], before: dict[str, Any]) -> None:
    if state["seen"] != before.get("seen", "") or (state["times"] and state["times"] != before.get("times")):
        print(f"    {state['seen']}")
    for error in state["errors"]:
        if error not in before.get("errors", ()):
            print(f"  ! {translate_message(error['message'], _label_params(error['params']))}")
    if state["step"] == "verifying" != before.get("step"):
        print(say("Understood. Now each key once more, to see that it is right."))
    if state["ask"] and (state["ask"], state["times"]) != (before.get("ask"), before.get("times")):
        place = {
            "key": say(get_label(state["ask"])),
            "code": state["ask"],
            "time": state["times"] + 1,
            "of": state["of"],
        }
        print(say("Press: %(key)s (%(code)s), %(time)d of %(of)d", **place))


def _label_params(params: dict[str, Any]) -> dict[str, Any]:
    return {name: say(get_label(value)) if name in {"key", "one", "other"} else value for name, value in params.items()}


def _is_enter_pressed() -> bool:
    """Return whether a person pressed Enter on the terminal."""
    if not sys.stdin.isatty() or sys.platform == "win32":
        return False
    import select

    ready, _, _ = select.select([sys.stdin], [], [], 0)
    return bool(ready and sys.stdin.readline())
