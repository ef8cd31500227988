"""Plain settings as a TOML file that people can read and change."""

from typing import Any

import tomlkit

_HEAD = """\
# CÀI ĐẶT CỦA BỘ PHẬN MỘT CỬA
# Sửa xong thì kiểm tra bằng "motcua config check", rồi nạp lại bằng "motcua config import".
# Không sửa các mã (code): thống kê gắn với mã."""
_COMMENTS = {
    "unit": "Đơn vị: tên trên màn hình và trên phiếu",
    "day": "Ngày làm việc: tự kết thúc sau giờ đóng cửa từng này phút, muộn nhất lúc latest",
    "hours": "Giờ cấp số của từng thứ trong tuần; [] là không mở",
    "days_off": "Ngày nghỉ",
    "working_days": "Ngày làm bù: giờ ở đây thay cho giờ của thứ đó",
    "queue": "Hàng chờ",
    "priorities": "Diện ưu tiên: rank 1 gọi trước, ordinary là thường",
    "groups": "Nhóm dịch vụ: ô trên ki-ốt và chữ cái của số thứ tự",
    "services": "Dịch vụ và mã thủ tục hành chính",
    "counters": "Quầy và dịch vụ quầy đó nhận; prefer: gọi trước, must: chỉ gọi ở đây, hours: giờ có người (để trống: theo giờ mở cửa)",
    "seats": "Chỗ ngồi mà cán bộ đến phục vụ tận nơi (dịch vụ có at_seat = true); [] là không có",
    "appointments": "Đặt lịch hẹn bằng điện thoại (dịch vụ có bookable = true)",
    "web": "Địa chỉ để điện thoại mở trang của bộ phận, in trong mã QR: http(s)://tên-hoặc-IP[:cổng], tối đa 27 ký tự; để trống: tự tìm",
    "notices": "Báo tin ra ngoài: thư điện tử (SMTP) và webhook; mật khẩu để trong thư mục keys, không ghi ở đây; "
    "allow_local: nơi nhận là chính máy này",
    "staff": "Đăng nhập: mật khẩu mới dài ít nhất password_length ký tự và không dễ đoán; sau idle_min phút không ai thao tác thì tự đăng "
    "xuất (ở quầy: hỏi mã PIN)",
    "waits": "Thời gian chờ: chỉ hiện khi đủ số lượt đã đo; target_min là mức mong muốn khi tính số quầy",
    "rating": "Đánh giá",
    "voice": "Giọng đọc: region north, central hoặc south; mode digits (từng chữ số), hybrid hoặc cardinal; speed tính bằng từ/phút",
    "printing": "In phiếu: auto, browser, agent hoặc none; paper_mm: khổ giấy 58 hoặc 80 (0: theo máy in); layout: mẫu phiếu, mỗi dòng "
    "một kiểu chữ rồi nội dung (để trống: mẫu thường dùng)",
    "texts": "Lời gọi và chân phiếu: giữ nguyên các chỗ trong ngoặc nhọn",
    "retention": "Thời hạn lưu trữ, tính bằng ngày",
}


def toml(whole: dict[str, Any]) -> str:
    """Return the plain document as TOML, with short comments."""
    blocks = [_HEAD, f"version = {whole['version']}"]
    for name, comment in _COMMENTS.items():
        value = whole[name]
        tables = [f"[[{name}]]\n{_pairs(item)}" for item in value] if isinstance(value, list) else [f"[{name}]\n{_pairs(value)}"]
        if tables:
            blocks.append(f"# {comment}\n" + "\n\n".join(tables))
    return "\n\n".join(blocks) + "\n"


def _pairs(table: dict[str, Any]) -> str:
    lines: list[str] = []
    for key, value in table.items():
        if isinstance(value, dict):
            lines += [f"{key}.{part} = {_value(text)}" for part, text in value.items() if text is not None]
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = ("{ " + ", ".join(f"{key} = {_value(text)}" for key, text in item.items()) + " }" for item in value)
        return "[\n" + "".join(f"    {row},\n" for row in rows) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str) and "\n" in value:
        return '"""\n' + tomlkit.string(value, multiline=True).as_string().removeprefix('"""')
    return str(tomlkit.item(value).as_string())
