"""What stands on the paper of a checklist: said once, for the browser's page and for an agent's printer."""

from collections.abc import Mapping

from msgspec import Struct

from motcua.desk import Json, Reader, Unknown
from motcua.procedures import store as procedure_store
from motcua.procedures.rules.situations import list_papers
from motcua.settings import store as settings_store
from motcua.settings.model import Bilingual
from motcua.typed.situation import write_situation

TITLE = "GIẤY TỜ CẦN MANG THEO"
LAYOUT = f"""\
bold {{centre}}
normal {{unit}}
rule
normal {TITLE}
bold {{service}}
small {{papers}}
rule {{follow_url?}}
small {{follow_url?}}Danh mục này trên điện thoại:
qr {{follow_url}}
rule
small {{footer}}
"""
"""How a list of papers is printed; `{service}` is the procedure, `{footer}` its source."""


class ChecklistPaper(Struct, frozen=True):
    """The content of a printed list of papers, in both languages."""

    unit: str
    centre: str
    procedure: Bilingual
    papers: tuple[Bilingual, ...]
    path: str
    source: str

    def to_payload(self) -> dict[str, Json]:
        """Return it as a print job carries it: in Vietnamese, as whoever takes it lives here."""
        papers: list[Json] = [f"[ ] {name[0]}" for name in self.papers]
        return {
            "unit": self.unit,
            "centre": self.centre,
            "title": TITLE,
            "service": self.procedure[0],
            "papers": papers,
            "follow_path": self.path,
            "footer": self.source,
            "layout": LAYOUT,
        }


def compose_checklist(db: Reader, code: str, choices: Mapping[str, str], day: str) -> ChecklistPaper:
    """Return what stands on the paper of a procedure's list in a situation, as it is on `day`.

    Raises `Unknown("procedure.unknown")`.
    """
    procedure = procedure_store.find_procedure(db, code, day)
    if procedure is None:
        raise Unknown("procedure.unknown", "There is no procedure %(procedure)s.", procedure=code)
    unit, checklist = settings_store.get_settings(db).unit, procedure.checklist
    situation = write_situation(dict(choices))
    return ChecklistPaper(
        unit=unit.name,
        centre=unit.centre,
        procedure=(procedure.name, procedure_store.load_words().english.get(code) or procedure.name),
        papers=tuple(item.name for item in list_papers(checklist, choices)) if checklist else (),
        path=f"/procedures/{code}" + (f"?s={situation}" if situation else ""),
        source=checklist.source if checklist else "",
    )
