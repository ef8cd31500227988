"""The slip of a dossier on the tickets' paper: code, day and hour of the result, and nobody's name."""

from datetime import date

from motcua.desk import Desk, Json, Planned, Reader, get_zone, parse
from motcua.dossiers.events import DossierSlipPrinted
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.store import dossiers, lookups
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.wiring.paper import find_print_route
from motcua.wiring.printer import PRINT_TTL_MS
from motcua.wiring.routes import list_routes

TITLE = "GIẤY HẸN TRẢ KẾT QUẢ"
LAYOUT = f"""\
bold {{centre}}
normal {{unit}}
rule
bold {TITLE}
normal Mã hồ sơ:
bold {{number}}
normal {{service}}
rule
normal Hẹn trả kết quả:
large {{due_at}}
small {{issued_at}}
small Quét mã để xem hồ sơ (cần 4 số cuối điện thoại hoặc năm sinh):
qr {{follow_url}}
rule
small {{footer}}
"""


def find_slip_printer(db: Reader) -> str | None:
    """Return the route of the printer that prints slips: that of the tickets, else any."""
    return find_print_route(db).printer or next(iter(list_routes(db, "printer")), None)


def plan_slip(event: DossierSlipPrinted, db: Reader) -> list[Planned]:
    """Return the print job of a dossier's slip."""
    printer = find_slip_printer(db)
    if printer is None:
        return []
    dossier = dossiers.get_dossier(db, event.dossier)
    return [Planned(printer, "print", compose_slip(db, settings_store.get_settings(db), dossier), PRINT_TTL_MS)]


def compose_slip(db: Reader, settings: Settings, dossier: Dossier) -> dict[str, Json]:
    """Return what a print job of a slip carries."""
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    code = dossier.provincial_code or dossier.code
    received = parse(dossier.received_at).astimezone(get_zone(settings.timezone))
    phone = settings.dossiers.phone or settings.unit.phone
    payload: dict[str, Json] = {
        "ticket": dossier.code.replace(".", "-"),
        "number": code,
        "service": procedure.name if procedure else dossier.procedure,
        "unit": settings.unit.name,
        "centre": settings.unit.centre,
        "issued_at": f"Nhận lúc {received:%H:%M %d/%m/%Y}",
        "people_ahead": None,
        "wait": None,
        "due_at": f"{dossier.due_at} {date.fromisoformat(dossier.due_on):%d/%m/%Y}" if dossier.due_on else "",
        "seat": None,
        "priority": False,
        "follow_path": f"/d/{lookups.find_token(db, dossier.code) or ''}",
        "footer": f"Điện thoại: {phone}" if phone else "",
        "short_code": None,
        "reprint": False,
        "title": TITLE,
        "layout": LAYOUT,
    }
    return payload | ({"paper_mm": settings.printing.paper_mm} if settings.printing.paper_mm else {})


def install(desk: Desk) -> None:
    """Plan a print job with each wish for a slip."""
    desk.plan(DossierSlipPrinted, plan_slip)
