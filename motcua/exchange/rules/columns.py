"""The columns of an export, and the JSON Schema that says the same to programs. Pure."""

from typing import Any

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.dossiers.model.dossier import DossierState, FilingChannel

FORMAT, VERSION = "motcua-dossiers", 1
"""What a JSON export says it is; the version grows when a column changes or goes, not when one is added."""
DAY = {"type": ["string", "null"], "format": "date"}
MOMENT = {"type": ["string", "null"], "format": "date-time"}
TEXT = {"type": ["string", "null"]}
COUNT = {"type": ["integer", "null"], "minimum": 0}
STATES = {"enum": [state.value for state in DossierState]}
CHANNELS = {"enum": [*(channel.value for channel in FilingChannel), None]}


class ExportColumn(Struct, frozen=True):
    """A column: its name in JSON, its heading in Vietnamese and in English, what stands in it, its JSON type.

    `is_personal` columns are masked, or empty where a mask would still say too much, unless the export is whole.
    """

    name: str
    vi: str
    en: str
    about: str
    type: dict[str, Any]
    is_personal: bool = False
    is_in_tables: bool = True


EXPORT_COLUMNS = (
    ExportColumn("code", "Mã hồ sơ", "Dossier code", mark("The code of this desk."), {"type": "string"}),
    ExportColumn(
        "provincial_code",
        "Mã hồ sơ của tỉnh",
        "Code of the province",
        mark("The code of the provincial system, once it is known."),
        TEXT,
    ),
    ExportColumn("procedure", "Mã thủ tục", "Procedure code", mark("As in the catalogue."), {"type": "string"}),
    ExportColumn(
        "procedure_name", "Tên thủ tục", "Procedure", mark("Its name on the day on which the dossier came."), TEXT
    ),
    ExportColumn("field", "Lĩnh vực", "Field", mark("The field of the procedure."), TEXT),
    ExportColumn("state", "Trạng thái", "State", mark("Where it is; a word in tables, a code in JSON."), STATES),
    ExportColumn(
        "channel",
        "Hình thức nộp",
        "Handed in",
        mark("How it was handed in; a word in tables, a code in JSON."),
        CHANNELS,
    ),
    ExportColumn("received_on", "Ngày tiếp nhận", "Received on", mark("The day on which it came."), DAY),
    ExportColumn("received_at", "Thời điểm tiếp nhận", "Received at", mark("With the offset of the desk."), MOMENT),
    ExportColumn("counted_from", "Tính từ ngày", "Counted from", mark("The day on which it was complete."), DAY),
    ExportColumn("due_on", "Ngày hẹn trả", "Due on", mark("The day that is promised now."), DAY),
    ExportColumn("due_at", "Giờ hẹn trả", "Due at", mark("The hour of that day."), TEXT),
    ExportColumn("first_due_on", "Ngày hẹn đầu tiên", "First due on", mark("The day that was promised first."), DAY),
    ExportColumn("step", "Bước", "Step", mark("The step of the flow; a word in tables, a code in JSON."), TEXT),
    ExportColumn(
        "step_name",
        "Tên bước",
        "Name of the step",
        mark("As its flow has it, in both languages; only in JSON."),
        {"type": "object", "properties": {"vi": {"type": "string"}, "en": {"type": "string"}}},
        is_in_tables=False,
    ),
    ExportColumn("holder", "Cán bộ đang giữ", "Officer who has it", mark("The officer's full name."), TEXT),
    ExportColumn(
        "supplements", "Số lần yêu cầu bổ sung", "Supplements", mark("How often papers were asked for."), COUNT
    ),
    ExportColumn(
        "extensions", "Số lần xin lỗi, hẹn lại", "Extensions", mark("How often a new day was promised."), COUNT
    ),
    ExportColumn("fee", "Phí, lệ phí (đồng)", "Fee in VND", mark("What was asked for after it was taken in."), COUNT),
    ExportColumn("settled_at", "Thời điểm có kết quả", "Settled at", mark("When it had its result or ended."), MOMENT),
    ExportColumn("returned_at", "Thời điểm trả kết quả", "Handed out at", mark("When the result was fetched."), MOMENT),
    ExportColumn("applicant_name", "Người nộp", "Applicant", mark("Masked, like N*** An."), TEXT, is_personal=True),
    ExportColumn("applicant_number", "Số định danh", "ID number", mark("Masked in part."), TEXT, is_personal=True),
    ExportColumn("applicant_phone", "Điện thoại", "Phone", mark("Masked in part."), TEXT, is_personal=True),
    ExportColumn("applicant_birth", "Ngày sinh", "Date of birth", mark("Empty while masked."), TEXT, is_personal=True),
    ExportColumn("applicant_address", "Địa chỉ", "Address", mark("Empty while masked."), TEXT, is_personal=True),
    ExportColumn("applicant_email", "Thư điện tử", "E-mail", mark("Empty while masked."), TEXT, is_personal=True),
)


TABLE_COLUMNS = tuple(column for column in EXPORT_COLUMNS if column.is_in_tables)


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema of a JSON export."""
    item = {
        "type": "object",
        "properties": {column.name: {**column.type, "title": column.en} for column in EXPORT_COLUMNS},
        "required": [column.name for column in EXPORT_COLUMNS],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossiers of a motcua desk",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "unit": {"type": "string"},
            "made_at": {"type": "string", "format": "date-time"},
            "first": {"type": "string", "format": "date"},
            "last": {"type": "string", "format": "date"},
            "is_masked": {"type": "boolean"},
            "dossiers": {"type": "array", "items": item},
        },
        "required": ["format", "version", "unit", "made_at", "first", "last", "is_masked", "dossiers"],
    }
