"""Who writes to the unit on the demo's first day, and what the unit makes of it: three suggestions in three states."""

from collections.abc import Callable
from functools import partial
from typing import Any

from motcua.demo.cables import DisturbedError
from motcua.demo.chance import Chance
from motcua.demo.floor import DemoFloor
from motcua.demo.founding import LEADER
from motcua.desk import Desk, Refused
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.suggestions import actions, rules
from motcua.suggestions import store as suggestion_store
from motcua.suggestions.model import Suggestion, Viewer

SEATS = "Khu chờ chỉ có tám ghế, buổi sáng nhiều cụ già phải đứng. Đề nghị kê thêm ghế."
COPIES = (
    "Hôm qua tôi phải quay lại hai lần vì thiếu bản sao mà không ai báo trước. Gọi tôi số 0912345678 nếu cần hỏi thêm."
)
SIGNS = "Chữ trên bảng hướng dẫn ở cửa nhỏ quá, người lớn tuổi không đọc được."
HOUR_S = 3600.0
WRITTEN_H = {"seats": 8.2, "copies": 9.1, "signs": 15.4}
TAKEN_H, ASKED_H, ANSWERED_H = 9.8, 10.1, 13.9


class Writers:
    """Three people with something to say, a leader who takes it, and an officer who answers."""

    def __init__(self, floor: DemoFloor, desk: Desk, chance: Chance) -> None:
        self._floor, self._desk, self._chance = floor, desk, chance
        with desk.read() as db:
            accounts = staff_store.list_accounts(db)
        leader = next(account for account in accounts if account.name == LEADER)
        self._leader = Viewer(leader.id, Role.LEADER.value)
        officer = max(account.id for account in accounts if account.role is Role.OFFICER and not account.disabled)
        self._officer = Viewer(officer, Role.OFFICER.value)
        self._codes: dict[str, str] = {}
        self._write_at("seats", SEATS, kind="petition", may_publish=True)
        self._write_at("copies", COPIES, kind="report", counter=1, contact="0912345678")
        self._write_at("signs", SIGNS)
        self._at(TAKEN_H, self._take)
        self._at(ASKED_H, self._ask)
        self._at(ANSWERED_H, self._answer)

    def _at(self, hour: float, act: Callable[[], None]) -> None:
        self._floor.agenda.schedule_at(self._floor.compute_moment(hour * HOUR_S), partial(self._floor.attempt, act))

    def _write_at(self, name: str, text: str, **more: Any) -> None:
        self._at(WRITTEN_H[name], partial(self._write, name, {"text": text, **more}))

    def _write(self, name: str, body: dict[str, Any]) -> None:
        answer = self._floor.api.post("/api/v1/suggestions", body, None, self._chance.make_key())
        self._codes[name] = answer.body["code"]

    def _find(self, name: str) -> int:
        """Return the number of a suggestion. Raises `DisturbedError` when it could not be written."""
        with self._desk.read() as db:
            item = suggestion_store.find_by_code(db, rules.clean_suggestion_code(self._codes.get(name, "")))
        if item is None:
            raise DisturbedError(f"there is no suggestion {name}")
        return item.id

    def _take(self) -> None:
        self._act(self._leader, actions.assign, self._find("seats"), self._officer.account or 0)
        self._act(self._leader, actions.take, self._find("copies"))

    def _ask(self) -> None:
        self._act(self._leader, actions.ask, self._find("copies"), "Ông/Bà làm thủ tục gì và khoảng mấy giờ ạ?")

    def _answer(self) -> None:
        text = "Cảm ơn Ông/Bà đã góp ý. Trung tâm đã kê thêm mười ghế và ưu tiên người cao tuổi ngồi hàng đầu."
        number = self._find("seats")
        self._act(self._officer, actions.answer, number, text)
        self._act(self._leader, actions.publish, number, True)
        self._act(self._leader, actions.note_change, number, "Kê thêm mười ghế ở khu chờ.")

    def _act(self, viewer: Viewer, action: Callable[..., Suggestion], *arguments: Any) -> None:
        """Do a step of the unit. Raises `DisturbedError`: somebody real may have been quicker in a watched hall."""
        try:
            self._desk.by(f"{viewer.role}:{viewer.account}").do(action, viewer, *arguments)
        except Refused as refusal:
            raise DisturbedError(str(refusal)) from refusal
