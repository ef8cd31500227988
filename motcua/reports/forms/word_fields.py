"""The fields that the ward's own Word forms can have, and what they are filled with. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from motcua.desk.messages import mark
from motcua.dossiers.model.applicant import Applicant, Sex
from motcua.reports.forms.model import FormFacts

UNFILLED = "…" * 12
"""Stands where something is not known, to be written over."""
SEXES = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
FIELDS: Mapping[str, str] = {
    "ho_ten": mark("Applicant: full name"),
    "so_dinh_danh": mark("Applicant: ID number"),
    "ngay_sinh": mark("Applicant: date of birth, or the year alone"),
    "gioi_tinh": mark("Applicant: sex"),
    "dia_chi": mark("Applicant: address"),
    "dien_thoai": mark("Applicant: phone number"),
    "email": mark("Applicant: e-mail"),
    "ma_ho_so": mark("Dossier: the code that leads"),
    "thu_tuc": mark("Dossier: procedure"),
    "giay_to": mark("Dossier: papers that were handed in"),
    "so_bo": mark("Dossier: number of sets"),
    "thoi_han": mark("Dossier: time limit"),
    "ngay_nhan": mark("Dossier: day of receipt"),
    "gio_nhan": mark("Dossier: hour of receipt"),
    "ngay_tra": mark("Dossier: promised day"),
    "gio_tra": mark("Dossier: promised hour"),
    "can_bo": mark("Desk: officer who took it in"),
    "don_vi": mark("Desk: name of the unit"),
    "trung_tam": mark("Desk: name of the centre"),
    "dien_thoai_don_vi": mark("Desk: phone number"),
    "ngay": mark("Today: day"),
    "thang": mark("Today: month"),
    "nam": mark("Today: year"),
}
"""Each field with its meaning. A form says `{{ho_ten}}`."""


def list_unknown_fields(names: Iterable[str]) -> list[str]:
    """Return those of `names` that are no field, in their order, each once."""
    return [name for name in dict.fromkeys(names) if name not in FIELDS]


def make_word_values(facts: FormFacts, person: Applicant | None) -> dict[str, str]:
    """Return what each field is filled with; dots where it is not known or was erased."""
    applicant = person or Applicant("")
    papers = "; ".join(paper.name for paper in facts.papers)
    values = {
        "ho_ten": applicant.name,
        "so_dinh_danh": applicant.number,
        "ngay_sinh": "/".join(reversed(applicant.birth.split("-"))),
        "gioi_tinh": SEXES[applicant.sex] if applicant.sex else "",
        "dia_chi": applicant.address,
        "dien_thoai": applicant.phone,
        "email": applicant.email,
        "ma_ho_so": facts.code,
        "thu_tuc": facts.procedure,
        "giay_to": papers,
        "so_bo": f"{facts.sets:02d}",
        "thoi_han": facts.limit,
        "ngay_nhan": _write_day(facts.received_at),
        "gio_nhan": _write_hour(facts.received_at),
        "ngay_tra": _write_day(facts.due_at),
        "gio_tra": _write_hour(facts.due_at),
        "can_bo": facts.officer,
        "don_vi": facts.unit.name,
        "trung_tam": facts.unit.centre or facts.unit.name,
        "dien_thoai_don_vi": facts.unit.phone,
        "ngay": f"{facts.at:%d}",
        "thang": f"{facts.at:%m}",
        "nam": str(facts.at.year),
    }
    return {name: values[name] or UNFILLED for name in FIELDS}


def _write_day(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y}" if moment else ""


def _write_hour(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment else ""
