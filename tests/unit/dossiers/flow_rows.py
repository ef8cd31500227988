"""Files of flows, and what is read of them."""

import base64
import json
from typing import Any

from motcua.dossiers.rules.flow_files.columns import COLUMNS
from motcua.dossiers.rules.flow_files.json_rows import FORMAT, VERSION
from motcua.dossiers.rules.flow_files.reading import task
from motcua.typed.sheet_columns import write_rows
from motcua.typed.sheet_readings import SheetReading, read_reading
from tests.unit.dossiers.taken import DEATH

HEADINGS = [column.vi for column in COLUMNS]
STEP = {"scope": "thủ tục", "key": DEATH, "since": "04/01/2027", "role": "lãnh đạo"}
FIRST = {**STEP, "step": "1", "name": "Nhận", "share_percent": "40"}
LAST = {**STEP, "step": "2", "name": "Trả", "share_percent": "60%"}


def make_row(**cells: str) -> list[str]:
    return [cells.get(column.name, "") for column in COLUMNS]


def write(*rows: dict[str, str]) -> bytes:
    return write_rows(HEADINGS, [make_row(**row) for row in rows])


def write_json(*made: Any, **more: Any) -> bytes:
    return json.dumps({"format": FORMAT, "version": VERSION, "flows": made, **more}).encode()


def ask(content: bytes) -> SheetReading:
    return read_reading(task({"file": base64.b64encode(content).decode()}))
