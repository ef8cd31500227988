"""Files as a provincial system writes them, and a mapping that reads them."""

import base64
from collections.abc import Sequence

from motcua.dossiers.model.dossier import DossierState
from motcua.exchange.model.mappings import ExchangeMapping

HEADINGS = "Mã hồ sơ;Người nộp;Trạng thái;Ngày tiếp nhận;Hẹn trả;Cập nhật"
MAPPING = ExchangeMapping(
    0,
    "Danh sách hồ sơ",
    "Hệ thống tỉnh",
    {
        "code": "Mã hồ sơ",
        "state": "Trạng thái",
        "received_on": "Ngày tiếp nhận",
        "due_on": "Hẹn trả",
        "changed_there": "Cập nhật",
    },
    {
        "mới đăng ký": DossierState.RECEIVED,
        "đang xử lý": DossierState.PROCESSING,
        "yêu cầu bổ sung": DossierState.SUPPLEMENT,
        "đã xử lý xong": DossierState.READY,
        "đã trả kết quả": DossierState.RETURNED,
        "dừng xử lý": DossierState.STOPPED,
    },
)


def write_csv(rows: Sequence[str], headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *rows]).encode()


def encode(content: bytes) -> str:
    return base64.b64encode(content).decode()
