"""The columns of a file of dossiers, and the template that shows them. Pure."""

import csv
import unicodedata
from dataclasses import dataclass
from io import StringIO

from motcua.desk.messages import mark

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class DossierColumn:
    """A column: its name for programs, its heading in Vietnamese and in English, what stands in it, two examples."""

    name: str
    vi: str
    en: str
    about: str
    examples: tuple[str, str]
    is_required: bool = False


COLUMNS = (
    DossierColumn(
        "code",
        "Mã hồ sơ",
        "Dossier code",
        mark("The dossier's code in the system that it comes from."),
        ("H29.17-261102-0001", "H29.17-261103-0007"),
        is_required=True,
    ),
    DossierColumn("procedure", "Mã thủ tục", "Procedure code", mark("Like 2.000815."), ("2.000815", "1.001193")),
    DossierColumn(
        "officer",
        "Tên đăng nhập cán bộ",
        "Officer's sign-in name",
        mark("The sign-in name in this program, so that indices by officer can be computed."),
        ("", ""),
    ),
    DossierColumn(
        "received_on",
        "Ngày tiếp nhận",
        "Received on",
        mark("The day of receipt, like 02/11/2026."),
        ("02/11/2026", "03/11/2026"),
        is_required=True,
    ),
    DossierColumn(
        "due_on",
        "Ngày hẹn trả",
        "Due on",
        mark("The day on which the result is due by law."),
        ("05/11/2026", "06/11/2026"),
        is_required=True,
    ),
    DossierColumn(
        "settled_on",
        "Ngày có kết quả",
        "Settled on",
        mark("The day of the result. Empty while the dossier is open."),
        ("04/11/2026", ""),
    ),
    DossierColumn(
        "agency_time",
        "Thời gian của các cơ quan",
        "Time of the agencies",
        mark("sớm, đúng or trễ: the slowest agency that took part, against its own limit."),
        ("sớm", ""),
    ),
    DossierColumn(
        "contacts",
        "Số lần liên hệ",
        "Contacts",
        mark("How often the applicant had to contact the desk to complete the dossier."),
        ("1", ""),
    ),
    DossierColumn(
        "applicant_contacts",
        "Số lần do người nộp",
        "Contacts caused by the applicant",
        mark("How many of these contacts only the applicant caused. Empty means 0."),
        ("1", ""),
    ),
    DossierColumn(
        "agencies",
        "Số cơ quan phải liên hệ",
        "Agencies contacted",
        mark("How many agencies the applicant had to contact to complete the dossier."),
        ("0", ""),
    ),
    DossierColumn(
        "complaint",
        "Phản ánh nhũng nhiễu",
        "Complaint",
        mark("không, có or sai: somebody reported harassment; sai if it was concluded that the report was false."),
        ("không", ""),
    ),
    DossierColumn(
        "is_disliked",
        "Không hài lòng",
        "Dissatisfied",
        mark("có or không: rated as dissatisfied."),
        ("không", ""),
    ),
    DossierColumn("is_online", "Nộp trực tuyến", "Filed online", mark("có or không."), ("có", "")),
)


def find_column(heading: str) -> DossierColumn | None:
    """Return the column with this heading in either language, or its name, however it is capitalised."""
    plain = fold(heading)
    return next((item for item in COLUMNS if plain in {fold(item.vi), fold(item.en), item.name}), None)


def fold(text: str) -> str:
    """Return a text composed, in small letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def write_template(language: str, *, has_examples: bool) -> bytes:
    """Return an empty file with the headings, for spreadsheets; with two examples if asked."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([item.en if language == "en" else item.vi for item in COLUMNS])
    if has_examples:
        writer.writerows([[item.examples[place] for item in COLUMNS] for place in (0, 1)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()
