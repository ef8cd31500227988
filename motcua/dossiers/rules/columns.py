"""The columns of a file of dossiers. Pure."""

from motcua.desk.messages import mark
from motcua.typed.sheet_columns import SheetColumn

COLUMNS = (
    SheetColumn(
        "code",
        "Mã hồ sơ",
        "Dossier code",
        mark("The dossier's code in the system that it comes from."),
        ("H29.17-261102-0001", "H29.17-261103-0007"),
        is_required=True,
    ),
    SheetColumn("procedure", "Mã thủ tục", "Procedure code", mark("Like 2.000815."), ("2.000815", "1.001193")),
    SheetColumn(
        "officer",
        "Tên đăng nhập cán bộ",
        "Officer's sign-in name",
        mark("The sign-in name in this program, so that indices by officer can be computed."),
        ("", ""),
    ),
    SheetColumn(
        "received_on",
        "Ngày tiếp nhận",
        "Received on",
        mark("The day of receipt, like 02/11/2026."),
        ("02/11/2026", "03/11/2026"),
        is_required=True,
    ),
    SheetColumn(
        "due_on",
        "Ngày hẹn trả",
        "Due on",
        mark("The day on which the result is due by law."),
        ("05/11/2026", "06/11/2026"),
        is_required=True,
    ),
    SheetColumn(
        "settled_on",
        "Ngày có kết quả",
        "Settled on",
        mark("The day of the result. Empty while the dossier is open."),
        ("04/11/2026", ""),
    ),
    SheetColumn(
        "agency_time",
        "Thời gian của các cơ quan",
        "Time of the agencies",
        mark("sớm, đúng or trễ: the slowest agency that took part, against its own limit."),
        ("sớm", ""),
    ),
    SheetColumn(
        "contacts",
        "Số lần liên hệ",
        "Contacts",
        mark("How often the applicant had to contact the desk to complete the dossier."),
        ("1", ""),
    ),
    SheetColumn(
        "applicant_contacts",
        "Số lần do người nộp",
        "Contacts caused by the applicant",
        mark("How many of these contacts only the applicant caused. Empty means 0."),
        ("1", ""),
    ),
    SheetColumn(
        "agencies",
        "Số cơ quan phải liên hệ",
        "Agencies contacted",
        mark("How many agencies the applicant had to contact to complete the dossier."),
        ("0", ""),
    ),
    SheetColumn(
        "complaint",
        "Phản ánh nhũng nhiễu",
        "Complaint",
        mark("không, có or sai: somebody reported harassment; sai if it was concluded that the report was false."),
        ("không", ""),
    ),
    SheetColumn(
        "is_disliked",
        "Không hài lòng",
        "Dissatisfied",
        mark("có or không: rated as dissatisfied."),
        ("không", ""),
    ),
    SheetColumn("is_online", "Nộp trực tuyến", "Filed online", mark("có or không."), ("có", "")),
)
