"""`motcua check`: every invariant of the desk and every device, one line each."""

import argparse
import json
from pathlib import Path
from typing import Any

from motcua.checks import invariants
from motcua.checks.sessions import find_title
from motcua.cli.door import ask_server, open_reading, require_desk
from motcua.cli.texts import say, translate_message
from motcua.desk import system_clock
from motcua.equipment import store as equipment_store

SIGNS = {"ok": "ok", "degraded": "!", "down": "X", "unknown": "?"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="one object a line")


def main(options: argparse.Namespace) -> int:
    """Print the lines; exit 1 when any is down."""
    require_desk(options.data)
    answer = ask_server(options.data, "check", {})
    items = answer["items"] if answer is not None else _check_store(options.data)
    for item in items:
        print(json.dumps(item, ensure_ascii=False) if options.json else _format_line(item))
    return 1 if any(item["state"] == "down" for item in items) else 0


def _check_store(folder: Path) -> list[dict[str, Any]]:
    """Check the store while the server is not running. The condition of the devices is then unknown."""
    with open_reading(folder) as db:
        lines = [*invariants.check_all(db, folder, system_clock.now()), *invariants.check_new_key(db)]
        devices = equipment_store.list_devices(db)
    items = [
        {
            "what": line.what,
            "name": "",
            "state": line.state,
            "detail": translate_message(line.detail, line.params) if line.detail else None,
        }
        for line in lines
    ]
    detail = say("the server is not running")
    return items + [{"what": item.kind, "name": item.name, "state": "unknown", "detail": detail} for item in devices]


def _format_line(item: dict[str, Any]) -> str:
    words = " ".join(part for part in (say(find_title(item["what"])), item["name"]) if part)
    return f"[{SIGNS[item['state']]:>2}] {words}{': ' + item['detail'] if item['detail'] else ''}"
