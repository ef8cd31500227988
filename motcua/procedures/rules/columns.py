"""The columns of a file of procedures. Pure."""

from motcua.desk.messages import mark
from motcua.typed.sheet_columns import SheetColumn

COLUMNS = (
    SheetColumn("code", "Mã thủ tục", "Procedure code", mark("Like 2.000815."), ("1.004873", "P.01"), is_required=True),
    SheetColumn(
        "name",
        "Tên thường gọi",
        "Everyday name",
        mark("Must be filled in for a procedure that is not in the catalogue yet."),
        ("", "Xác nhận tạm trú cho sinh viên"),
    ),
    SheetColumn("official_name", "Tên chính thức", "Official name", mark("As in the decision."), ("", "")),
    SheetColumn("field", "Lĩnh vực", "Field", mark("Like Hộ tịch."), ("", "Cư trú")),
    SheetColumn("level", "Phường, xã tiếp nhận", "This ward receives it", mark("có or không."), ("có", "có")),
    SheetColumn(
        "limit_count",
        "Thời hạn: số ngày",
        "Time limit: number of days",
        mark("The usual limit; empty where it is settled on the same day."),
        ("3", ""),
    ),
    SheetColumn(
        "limit_unit",
        "Thời hạn: cách tính",
        "Time limit: counted as",
        mark("trong ngày, ngày làm việc or ngày."),
        ("ngày làm việc", "trong ngày"),
    ),
    SheetColumn(
        "time_limit",
        "Thời hạn bằng lời",
        "Time limit in words",
        mark("What citizens read. Empty: made from the number of days."),
        ("3 ngày làm việc; phải xác minh: không quá 23 ngày", ""),
    ),
    SheetColumn(
        "fee_amount", "Mức thu (đồng)", "Fee in VND", mark("The usual fee; 0 is free of charge."), ("15.000", "0")
    ),
    SheetColumn("fee_per", "Mức thu cho mỗi", "Fee for each", mark("Like bản or trang; empty: a request."), ("", "")),
    SheetColumn(
        "fee",
        "Mức thu bằng lời",
        "Fee in words",
        mark("What citizens read. Empty: made from the sum."),
        ("", "không thu"),
    ),
    SheetColumn(
        "is_immediate", "Giải quyết trong ngày", "Settled on the same day", mark("có or không."), ("không", "có")
    ),
    SheetColumn(
        "online",
        "Nộp trực tuyến",
        "Filed online",
        mark("toàn trình, một phần or không: how much of it can be done on the national portal."),
        ("toàn trình", "không"),
    ),
    SheetColumn(
        "online_page",
        "Trang trên cổng dịch vụ công",
        "Page on the portal",
        mark("The page's address. Empty: the first page of the portal."),
        ("", ""),
    ),
    SheetColumn(
        "papers",
        "Thành phần hồ sơ",
        "Checklist",
        mark("One paper a line of the cell (Alt + Enter)."),
        ("", "Tờ khai\nGiấy xác nhận của ký túc xá"),
    ),
    SheetColumn(
        "source",
        "Căn cứ thành phần hồ sơ",
        "Source of the checklist",
        mark("The decision that the papers come from."),
        ("", "Quyết định của Ủy ban nhân dân phường"),
    ),
    SheetColumn(
        "words",
        "Từ ngữ thường dùng",
        "Everyday words",
        mark("What people say when they look for it, one a line of the cell."),
        ("giấy độc thân", "ở ký túc xá"),
    ),
)
