"""A counter whose visits citizens rate, for tests of what counts and of what is set aside."""

from motcua.counters import actions as counter_actions
from motcua.desk import Entry, Event
from motcua.feedback import actions, store
from motcua.feedback.model import CodeRefusal, QuarantinedRating, Rating, RatingPrompt, RatingRequest
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from tests.conftest import Hall


class BusyCounter:
    """Counter 1 with officer 11; `serve` lets one more visit end there and returns it."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.desk, self.clock = hall, hall.desk, hall.clock
        self.desk.do(counter_actions.open_counter, 1, 11)
        self.entries: list[Entry[Event]] = []
        self.desk.on_commit(self.entries.extend)

    def serve(self, *, is_asked: bool = True) -> str:
        ticket = self.desk.do(queue.issue, "copy", None).ticket
        self.desk.do(queue.call_next, 1)
        self.desk.do(queue.start, 1)
        self.desk.do(queue.finish, 1)
        if is_asked:
            self.ask(ticket.id)
        return ticket.id

    def ask(self, visit: str) -> RatingPrompt:
        return self.desk.do(actions.record_prompt, 1, visit)

    def rate(self, request: RatingRequest) -> Rating:
        return self.desk.do(actions.rate, request)

    def press(self, visit: str | None, level: int = 5) -> Rating:
        return self.rate(RatingRequest(level, "pad", visit, 1))

    def rate_by_code(self, visit: str, short_code: str, level: int = 4) -> Rating | CodeRefusal:
        request = RatingRequest(level, "counter_qr", None, 1)
        return self.desk.do(actions.rate_by_number, request, visit[9:], short_code)

    def short_code(self, visit: str) -> str:
        with self.desk.read() as db:
            return queue_store.get(db, visit).short_code or ""

    def wrong_code(self, visit: str) -> str:
        return f"{(int(self.short_code(visit)) + 1) % 10_000:04d}"

    def waiting(self) -> list[QuarantinedRating]:
        with self.desk.read() as db:
            return store.list_quarantined(db, 100, decided=False)

    def statuses(self) -> list[tuple[int, str]]:
        with self.desk.read() as db:
            return [(row[0], row[1]) for row in db.execute("SELECT level, status FROM ratings ORDER BY id")]

    def prompt_state(self, visit: str) -> str | None:
        with self.desk.read() as db:
            prompt = store.find_prompt(db, visit)
        return prompt.state if prompt else None
