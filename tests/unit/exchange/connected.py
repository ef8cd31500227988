"""A desk that is connected to a provincial system over real HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.cli.emulated.province import KEYS, ProvinceEmulator
from motcua.copies import replace
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.exchange.actions.mappings import save_mapping
from motcua.exchange.model.mappings import DateOrder, ExchangeMapping
from motcua.exchange.store import records
from motcua.settings import store as settings_store
from motcua.settings.model import ProvinceRules
from motcua.wiring.province import ProvinceLink
from tests.unit.exchange.exchange_pages import ExchangePages

TOKEN = "bi-mat"  # noqa: S105 -- of the emulator
MAPPING = ExchangeMapping(
    0,
    "Trục tỉnh",
    "Hệ thống tỉnh",
    KEYS,
    {
        "Mới đăng ký": DossierState.RECEIVED,
        "Đang xử lý": DossierState.PROCESSING,
        "Yêu cầu bổ sung giấy tờ": DossierState.SUPPLEMENT,
        "Đã xử lý xong": DossierState.READY,
        "Đã trả kết quả": DossierState.RETURNED,
    },
    DateOrder.YEAR_FIRST,
)
CODE = "H29.17-261102-0001"


@dataclass
class Connected:
    """A desk and a provincial system; `pass_by` lets time go on and the link look."""

    pages: ExchangePages
    emulator: ProvinceEmulator
    link: ProvinceLink

    @property
    def desk(self) -> Any:
        return self.pages.taken.desk

    def pass_by(self, seconds: float = 2) -> None:
        self.pages.taken.clock.advance(seconds)
        self.link.tick()

    def list_faults(self) -> dict[str, object]:
        return {fault.code: fault.params.get("code") for fault in self.desk.faults.list_all()}

    def list_records(self) -> dict[str, DossierState]:
        with self.desk.read() as db:
            stored = records.map_stored(db, [*self.emulator.dossiers, CODE])
            return {code: record.state for code, record in stored.items()}

    def list_told(self) -> list[tuple[str, str]]:
        return [(code, body[KEYS["state"]]) for code, body in self.emulator.reports]

    def number(self, code: str = CODE) -> Dossier:
        """Take in a dossier that the province knows."""
        self.emulator.add(code, "Mới đăng ký", date(2026, 11, 2))
        dossier = self.pages.lodge()
        self.desk.do(actions.number, dossier.code, code)
        return dossier


@contextmanager
def connect(pages: ExchangePages) -> Iterator[Connected]:
    """Connect the desk of `pages` to a province that has no dossiers yet."""
    desk = pages.taken.desk
    emulator = ProvinceEmulator(token=TOKEN)
    emulator.start()
    (pages.taken.hall.folder / "keys").mkdir(exist_ok=True)
    (pages.taken.hall.folder / "keys" / "province.token").write_text(f"{TOKEN}\n")
    rules = ProvinceRules(
        is_on=True,
        mapping=MAPPING.name,
        list_url=f"{emulator.url}/list",
        list_since="since",
        status_url=f"{emulator.url}/dossiers/{{code}}/state",
        allow_local=True,
    )
    desk.do(lambda tx: settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), province=rules)))
    desk.do(save_mapping, MAPPING, None)
    link = ProvinceLink(
        desk, pages.taken.hall.folder, lambda work, *given: work(*given), lambda work, *given: work(*given)
    )
    yield Connected(pages, emulator, link)
    emulator.stop()


def change(connected: Connected, **rules: Any) -> None:
    def save(tx: Any) -> None:
        settings = settings_store.get_settings(tx.db)
        settings_store.save(tx.db, replace(settings, province=replace(settings.province, **rules)))

    connected.desk.do(save)
