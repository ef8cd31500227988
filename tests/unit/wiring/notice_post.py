"""A hall whose notices go to real receivers on this computer."""

import json
from dataclasses import dataclass, field
from typing import Any

from motcua.bookings import actions as booking_actions
from motcua.bookings.model import Booking, BookingRequest
from motcua.catalogue import store as catalogue
from motcua.copies import replace
from motcua.desk import Desk, Tx
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.settings.model import Notices, Unit, Web
from motcua.wiring import notices
from motcua.wiring.courier import Courier
from tests.conftest import GROUPS, SERVICES, SETTINGS, Hall, reopen
from tests.receivers import HOST, Hook, Mailbox
from tests.unit.bookings.conftest import OPEN, PHONE

ADDRESS = "an@example.vn"
SECRET = "bí-mật"  # noqa: S105 -- of a server that lives for a second
NAMES = {"copy": ("Chứng thực bản sao", "Certified copy")}


def arrange(tx: Tx, ways: Notices, web: Web) -> None:
    unit = Unit("Phường Mỹ Đình", "Trung tâm Phục vụ hành chính công", "1 Đình Thôn", "024 3768 0001")
    settings_store.save(tx.db, replace(SETTINGS, unit=unit, appointments=OPEN, notices=ways, web=web))
    catalogue.replace_all(
        tx.db, GROUPS, [replace(item, bookable=True, name=NAMES.get(item.code, item.name)) for item in SERVICES]
    )


@dataclass
class Post:
    """A hall whose notices go to these receivers. `lines` are the names of what was handed to the background."""

    hall: Hall
    mailbox: Mailbox
    hook: Hook
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._take_over(self.hall)

    def _take_over(self, hall: Hall) -> None:
        self.hall, self.desk, self.clock = hall, hall.desk, hall.clock
        notices.install(self.desk)
        self.courier = Courier(self.desk, hall.folder, self._beside, lambda work, *given: work(*given))

    def _beside(self, work: Any, way: str) -> None:
        self.lines.append(way)
        work(way)

    def restart(self) -> None:
        """Stop the desk and start it again at the same time of day."""
        now = self.clock.now()
        self.desk.stop()
        self._take_over(reopen(self.hall.folder))
        self.clock.set(now)

    def set_up(self, base_url: str = "", **ways: Any) -> None:
        """Let notices leave by e-mail and webhook, or as `ways` say."""
        (self.hall.folder / "keys").mkdir(exist_ok=True)
        (self.hall.folder / "keys" / "webhook.secret").write_text(f"{SECRET}\n")
        mail = {
            "smtp_host": HOST,
            "smtp_port": self.mailbox.port,
            "smtp_security": "none",
            "sender": "motcua@phuong.vn",
            "allow_local": True,
        }
        self.desk.do(arrange, Notices(**{**mail, "webhook_url": self.hook.url, **ways}), Web(base_url))

    def book(self, clock: str = "10:00", day: str = "2026-11-23", **more: Any) -> Booking:
        asked = BookingRequest("copy", f"{day}T{clock}:00+07:00", **{"phone": PHONE, "email": ADDRESS, **more})
        return self.desk.by("citizen").do(booking_actions.book, asked, queue_store.is_day_closed)

    def pass_by(self, seconds: float = 0) -> None:
        self.clock.advance(seconds)
        self.courier.tick()

    def jobs(self) -> list[tuple[str, str, str, str | None]]:
        """Return device, payload, state and detail of each job."""
        with self.desk.read() as db:
            return [tuple(row) for row in db.execute("SELECT device, payload, state, detail FROM jobs ORDER BY id")]

    def states(self) -> dict[str, tuple[str, str | None]]:
        return {device: (state, detail) for device, _payload, state, detail in self.jobs()}


def finished(desk: Desk) -> list[dict[str, Any]]:
    with desk.read() as db:
        return [
            json.loads(row[0])
            for row in db.execute("SELECT data FROM journal WHERE action = 'job.finished' ORDER BY seq")
        ]
