"""The slip of what was handed in at a kiosk: its code, from when it counts, until when it is settled; nobody's name."""

from datetime import date, datetime

from motcua.desk import Desk, Json, Planned, Reader, get_zone, parse
from motcua.dossiers.dropoffs import rules, store
from motcua.dossiers.dropoffs.events import DropOffReceived
from motcua.dossiers.dropoffs.model import DropOff
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.wiring.dossier_slips import find_slip_printer
from motcua.wiring.printer import PRINT_TTL_MS

TITLE = "PHIẾU NỘP HỒ SƠ NGOÀI GIỜ"
LAYOUT = f"""\
bold {{centre}}
normal {{unit}}
rule
bold {TITLE}
normal Mã hồ sơ nộp:
large {{number}}
normal {{service}}
small {{issued_at}}
small {{wait}}
rule
normal {{due_at}}
small Quét mã để xem hồ sơ (cần 4 số cuối điện thoại hoặc năm sinh):
qr {{follow_url}}
rule
small {{footer}}
"""
BOX = "Ghi mã này lên phong bì và bỏ giấy tờ vào thùng nhận hồ sơ."
KEEP = "Giữ phiếu này. Cán bộ sẽ xem hồ sơ và liên hệ nếu còn thiếu."


def plan_dropoff_slip(event: DropOffReceived, db: Reader) -> list[Planned]:
    """Return the print job of the slip."""
    printer = find_slip_printer(db)
    if printer is None:
        return []
    dropoff = store.get_dropoff(db, event.dropoff)
    payload = compose_dropoff_slip(db, settings_store.get_settings(db), dropoff)
    return [Planned(printer, "print", payload, PRINT_TTL_MS)]


def list_slip_lines(db: Reader, settings: Settings, dropoff: DropOff) -> dict[str, str]:
    """Return what stands on the slip, in the language of the ward's papers."""
    procedure = find_procedure(db, dropoff.procedure, dropoff.dropped_on)
    dropped = parse(dropoff.dropped_at).astimezone(get_zone(settings.timezone))
    counts_from = datetime.fromisoformat(dropoff.counts_from)
    due = rules.compute_promise(settings, procedure, counts_from) if procedure else None
    phone = settings.dossiers.phone or settings.unit.phone
    hour = min(due.due_at, settings.dossiers.results_until) if due else ""
    return {
        "number": rules.write_dropoff_code(dropoff.code),
        "service": procedure.name if procedure else dropoff.procedure,
        "unit": settings.unit.name,
        "centre": settings.unit.centre,
        "issued_at": f"Nộp lúc {dropped:%H:%M %d/%m/%Y}, {dropoff.pages} trang",
        "wait": f"Tính là đã nhận từ {counts_from:%H:%M %d/%m/%Y}",
        "due_at": f"Nếu hồ sơ đủ, hẹn trả kết quả trước {hour} {_write_day(due.due_on)}" if due else KEEP,
        "footer": " ".join(filter(None, [BOX if settings.dropoffs.has_box else KEEP, f"ĐT: {phone}" if phone else ""])),
    }


def compose_dropoff_slip(db: Reader, settings: Settings, dropoff: DropOff) -> dict[str, Json]:
    """Return what a print job of a slip carries."""
    payload: dict[str, Json] = {
        **list_slip_lines(db, settings, dropoff),
        "ticket": f"dropoff-{dropoff.code}",
        "people_ahead": None,
        "seat": None,
        "priority": False,
        "follow_path": f"/d/{dropoff.token}",
        "short_code": None,
        "reprint": False,
        "title": TITLE,
        "layout": LAYOUT,
    }
    return payload | ({"paper_mm": settings.printing.paper_mm} if settings.printing.paper_mm else {})


def _write_day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def install(desk: Desk) -> None:
    """Plan a slip with everything that is handed in at a kiosk."""
    desk.plan(DropOffReceived, plan_dropoff_slip)
