"""What a print job's payload says, as the texts that fill a layout's places.

Paper is in Vietnamese: whoever takes it lives here.
"""

import gettext
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

SAMPLE: dict[str, Any] = {
    "ticket": "00000000-A000",
    "number": "A012",
    "service": "Đăng ký, thay đổi, tạm ngừng, chấm dứt hoạt động hộ kinh doanh",
    "unit": "Phường Nguyễn Ưu Đàm",
    "centre": "Trung tâm Phục vụ hành chính công",
    "issued_at": "08:00:00 23/11/2026",
    "people_ahead": 7,
    "wait": "khoảng 10–20 phút",  # noqa: RUF001 -- the dash of a range
    "due_at": None,
    "seat": None,
    "priority": True,
    "follow_url": "http://192.168.1.10:8080/t/k7q2m9xd",
    "footer": "Vui lòng giữ phiếu cho đến khi được gọi.",
    "short_code": "4071",
    "reprint": False,
}
"""A payload for previews and test tickets, with letters that stand high and hang low."""


@cache
def _citizens() -> gettext.NullTranslations:
    return gettext.translation("messages", str(files("motcua") / "translations"), ["vi"], fallback=True)


def translate_for_paper(message: str) -> str:
    """Return what `message` is on paper."""
    return _citizens().gettext(message)


_ = translate_for_paper


def follow_address(payload: Mapping[str, Any], server: str) -> str:
    """Return where a phone follows the ticket: the payload's `follow_url`, which the desk leaves empty where phones
    do not reach it.

    A desk that says nothing of it is followed by the payload's `follow_path` at `server`, unless that is this very
    computer.
    """
    if (address := payload.get("follow_url")) is not None:
        return str(address)
    path = str(payload.get("follow_path") or "")
    return f"{server.rstrip('/')}{path}" if server and path and not _is_here(server) else ""


def _is_here(server: str) -> bool:
    host = urlsplit(server).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def get_values(payload: Mapping[str, Any], server: str = "") -> dict[str, str]:
    """Return the text of every place of a layout; empty where the ticket has nothing to say.

    `people_ahead` is left out of a booked one.
    """
    texts = {
        name: str(payload.get(name) or "").strip()
        for name in ("centre", "unit", "number", "service", "issued_at", "footer", "short_code")
    }
    ahead, due_at = payload.get("people_ahead"), payload.get("due_at")
    return texts | {
        "priority": _("Priority") if payload.get("priority") else "",
        "people_ahead": str(ahead) if isinstance(ahead, int) and not due_at else "",
        "wait": str(payload.get("wait") or ""),
        "due_at": str(due_at or ""),
        "seat": str(payload.get("seat") or ""),
        "follow_url": follow_address(payload, server),
        "reprint": _("PRINTED AGAIN") if payload.get("reprint") else "",
        "procedure": str(payload.get("procedure") or "").strip(),
        "papers": "\n".join(list_papers(payload)),
    }


def list_papers(payload: Mapping[str, Any]) -> list[str]:
    """Return the papers that the citizen looked up, a line each; a cross before those that the citizen has."""
    papers = payload.get("papers")
    return [str(paper) for paper in papers] if isinstance(papers, list) else []
