"""One `POST` to a web address: where it may go, and what each way of failing is called."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from motcua.notify.message import NoticeError
from motcua.notify.reaching import LocalAddressError, PlainLine, SecureLine
from motcua.notify.trust import make_context

TRY_AGAIN = frozenset({408, 425, 429})
OK, REDIRECTS, REFUSED = range(200, 300), range(300, 400), range(400, 500)
Headers = Mapping[str, str]


def send_body(
    way: str, url: str, body: bytes, headers: Headers, timeout_s: float, *, allow_local: bool = False
) -> None:
    """Post `body` to `url` (http or https). Redirects are not followed.

    Raises `NoticeError`, whose codes begin with `way`; what an answer says beside its status is not read.
    """
    try:
        status = _ask(url, body, headers, timeout_s, allow_local=allow_local)
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


def _ask(url: str, body: bytes, headers: Headers, timeout_s: float, *, allow_local: bool) -> int:
    """Return the status that came back."""
    place = urlsplit(url)
    is_plain = url.isprintable() and " " not in url
    if place.scheme not in {"http", "https"} or not place.hostname or not place.hostname.isascii() or not is_plain:
        raise ValueError(url)
    line = (
        SecureLine(place.hostname, place.port, timeout_s, allow_local=allow_local, context=make_context())
        if place.scheme == "https"
        else PlainLine(place.hostname, place.port, timeout_s, allow_local=allow_local)
    )
    try:
        line.request("POST", (place.path or "/") + (f"?{place.query}" if place.query else ""), body, dict(headers))
        return line.getresponse().status
    finally:
        line.close()
