"""One request to a web address: where it may go, and what each way of failing is called."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from motcua.notify.message import NoticeError
from motcua.notify.reaching import LocalAddressError, PlainLine, SecureLine
from motcua.notify.trust import make_context

TRY_AGAIN = frozenset({408, 425, 429})
OK, REDIRECTS, REFUSED = range(200, 300), range(300, 400), range(400, 500)
READ_BYTES = 64 * 1024
Headers = Mapping[str, str]


class HttpQuestion(Struct, frozen=True):
    """One request; of the answer at most `most_bytes` are taken, none for 0. It must be there after `whole_s`."""

    method: str
    url: str
    body: bytes | None
    headers: Headers
    timeout_s: float
    allow_local: bool = False
    most_bytes: int = 0
    whole_s: float = 60.0


def send_body(
    way: str, url: str, body: bytes, headers: Headers, timeout_s: float, *, allow_local: bool = False
) -> None:
    """Post `body` to `url` (http or https). Redirects are not followed.

    Raises `NoticeError`, whose codes begin with `way`; what an answer says beside its status is not read.
    """
    ask(way, HttpQuestion("POST", url, body, headers, timeout_s, allow_local=allow_local))


def ask(way: str, question: HttpQuestion) -> bytes:
    """Return the body of the answer. Redirects are not followed.

    Raises `NoticeError`, whose codes begin with `way`.
    """
    try:
        status, body = _ask(question)
    except LocalAddressError as error:
        raise NoticeError(f"{way}.local", permanent=True) from error
    except ssl.SSLError as error:
        raise NoticeError(f"{way}.certificate", str(error)[:200], permanent=True) from error
    except TimeoutError as error:
        raise NoticeError(f"{way}.timeout") from error
    except socket.gaierror as error:
        raise NoticeError(f"{way}.host", str(error)[:200]) from error
    except (http.client.InvalidURL, ValueError) as error:
        raise NoticeError(f"{way}.address", permanent=True) from error
    except (http.client.HTTPException, OSError) as error:
        raise NoticeError(f"{way}.connect", str(error)[:200]) from error
    if status in REDIRECTS:
        raise NoticeError(f"{way}.redirect", str(status), permanent=True)
    if status not in OK:
        raise NoticeError(f"{way}.refused", str(status), permanent=status in REFUSED and status not in TRY_AGAIN)
    if len(body) > question.most_bytes:
        raise NoticeError(f"{way}.large")
    return body


def _ask(question: HttpQuestion) -> tuple[int, bytes]:
    """Return the status and the body that came back."""
    url, timeout_s, allow_local = question.url, question.timeout_s, question.allow_local
    place = urlsplit(url)
    is_plain = url.isprintable() and " " not in url
    if place.scheme not in {"http", "https"} or not place.hostname or not place.hostname.isascii() or not is_plain:
        raise ValueError(url)
    line = (
        SecureLine(place.hostname, place.port, timeout_s, allow_local=allow_local, context=make_context())
        if place.scheme == "https"
        else PlainLine(place.hostname, place.port, timeout_s, allow_local=allow_local)
    )
    path = (place.path or "/") + (f"?{place.query}" if place.query else "")
    ends_at = time.monotonic() + question.whole_s
    try:
        line.request(question.method, path, question.body, dict(question.headers))
        answer = line.getresponse()
        if not question.most_bytes:
            return answer.status, b""
        parts, size = [], 0
        while size <= question.most_bytes and (part := answer.read1(READ_BYTES)):
            parts.append(part)
            size += len(part)
            if time.monotonic() > ends_at:
                raise TimeoutError
        return answer.status, b"".join(parts)
    finally:
        line.close()
