"""A counter with a camera, whose citizens are asked whether it may score their smile."""

import json

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.counters import store as counter_store
from motcua.desk import Tx
from motcua.feedback import actions as feedback
from motcua.feedback import store
from motcua.feedback.model import ConsentAnswer, ExpressionRecord
from motcua.queue import actions as queue
from motcua.settings import store as settings_store
from motcua.settings.model import CameraRules
from motcua.views.camera import CameraConditions, ask_on_pad, describe_at_counter
from motcua.views.shapes import View
from motcua.wiring import cameras
from tests.cameras import place_cameras, read_smile
from tests.conftest import SETTINGS, TODAY, Hall


def switch(tx: Tx, rules: CameraRules) -> None:
    """Put these rules of the camera in force."""
    settings_store.save(tx.db, replace(SETTINGS, camera=rules))


class WatchedCounter:
    """Counter 1 with officer 11 and a camera; `start` lets the next citizen be served there."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.desk, self.clock = hall, hall.desk, hall.clock
        self.desk.do(switch, CameraRules(is_on=True, contact="Chị Hoa, 024 3825 0000"))
        self.agent = self.desk.do(place_cameras)
        cameras.install(self.desk)
        self.desk.do(counter_actions.open_counter, 1, 11)
        self.conditions = CameraConditions(lambda _device: True)

    def start(self) -> str:
        ticket = self.desk.do(queue.issue, "copy", None).ticket
        self.desk.do(queue.call_next, 1)
        self.desk.do(queue.start, 1)
        return ticket.id

    def answer(self, visit: str, answer: str) -> ConsentAnswer:
        self.desk.do(cameras.show_notice, 1, visit)
        return self.desk.do(cameras.answer_consent, 1, visit, answer)

    def hear(self, visit: str, score: int | None = 71, reason: str | None = None) -> ExpressionRecord:
        return self.desk.do(cameras.note_reading, self.agent, "camera-1", read_smile(visit, score, reason), 1.0)

    def undo(self) -> None:
        self.desk.do(queue.undo, 1, store.is_rated, feedback.withdraw_end)

    def steps(self) -> list[tuple[str, str]]:
        """What the camera was told so far: step and visit."""
        with self.desk.read() as db:
            query = (
                "SELECT json_extract(payload, '$.step'), json_extract(payload, '$.visit') FROM jobs"
                " WHERE kind = 'look' ORDER BY id"
            )
            return [(row[0], row[1]) for row in db.execute(query)]

    def on_pad(self) -> View | None:
        with self.desk.read() as db:
            return ask_on_pad(db, counter_store.get(db, 1), self.clock.now(), TODAY, self.conditions)

    def on_screen(self) -> View | None:
        with self.desk.read() as db:
            return describe_at_counter(db, counter_store.get(db, 1), self.clock.now(), TODAY, self.conditions)

    def row(self, visit: str) -> tuple[int | None, str | None] | None:
        with self.desk.read() as db:
            record = store.find_expression(db, visit)
        return None if record is None else (record.score, record.reason.value if record.reason else None)

    def journal(self, action: str) -> list[dict[str, object]]:
        with self.desk.read() as db:
            rows = db.execute("SELECT data FROM journal WHERE action = ? ORDER BY seq", (action,)).fetchall()
        return [json.loads(row[0]) for row in rows]
