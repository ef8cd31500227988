"""What pages with forms share: who reads, where to go next, cookies, and forms that other sites may not send."""

from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers.response import Response

from motcua.photos import cleaning
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.staff.actions import GrantedCredential
from motcua.staff.model import Role
from motcua.web.cookies import DEVICE, SESSION
from motcua.web.language import translate
from motcua.web.origin import require_own
from motcua.web.site import Site

COUNTERS = "counter"
"""What a counter's own screen holds, in which perhaps nobody ever signs in."""
HOME_OF = {Role.ADMIN: "/", Role.LEADER: "/leaders", Role.OFFICER: "/counter"}


def clean_local_path(path: str | None, default: str = "/") -> str:
    """Return `path` if it is a path on this very desk, else `default`."""
    if path and path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable():
        return path
    return default


def make_account_path(done: str) -> str:
    """Return the address of one's own account that says what a form of it has done."""
    back = clean_local_path(request.form.get("next"), "")
    return f"/account?done={done}" + (f"&next={back}" if back else "")


def get_sent(name: str) -> str:
    """Return what a form sent as `name`, else, where none was sent, what stands in the address; never one for the
    other.
    """
    return (request.form if request.method == "POST" else request.args).get(name, "")


def require_own_form(site: Site) -> None:
    """Raise `Forbidden("origin.differs")` when another site sent this form: browsers name the site that did."""
    require_own(request, site.addresses.get_setting())


def read_chosen_file(most: int) -> bytes:
    """Return the bytes of the file that a form chose as `file`, one more than `most` of a larger one; none is empty."""
    sent = request.files.get("file")
    if sent is None:
        return b""
    content = sent.read(most + 1) if sent.filename else b""
    sent.close()
    return content


def read_photo(sent: FileStorage | None) -> bytes | None:
    """Return the bytes of a photo that was chosen, None where none was. Raises `Invalid("photo.large")`."""
    content = sent.read(cleaning.BYTES_MAX + 1) if sent is not None and sent.filename else b""
    if len(content) > cleaning.BYTES_MAX:
        raise cleaning.make_size_refusal()
    return content or None


def describe_user(site: Site) -> dict[str, Any] | None:
    """Return who is signed in on this browser, None when nobody is."""
    credential = site.caller.credential
    if credential is None or credential.kind != "session" or credential.account is None:
        return None
    with site.desk.read() as db:
        account = staff_store.get_account(db, credential.account)
    return {"id": account.id, "name": account.full_name, "role": account.role.value}


def explain_password(settings: Settings) -> dict[str, Any]:
    """Return what a new password has to be like, to be said before it is typed: `least` characters, and `hint` in
    words.
    """
    least, is_picky = settings.staff.password_length, settings.staff.refuse_common_passwords
    hint = (
        translate(
            "At least %(count)s characters, not easy to guess: best several words that do not belong together.",
            {"count": least},
        )
        if is_picky
        else translate("At least %(count)s characters", {"count": least})
    )
    return {"least": least, "hint": hint}


def set_sign_in_cookie(site: Site, response: Response, granted: GrantedCredential) -> Response:
    """Give the browser a sign-in, which its scripts cannot read, and mark it as one of the desk's own people."""
    site.cookies.mark_staff(response, granted.browser, is_secure=request.is_secure)
    site.cookies.vouch(response, SESSION, granted.secret, is_secure=request.is_secure)
    return response


def set_pairing_cookie(site: Site, response: Response, granted: GrantedCredential) -> Response:
    """Make the browser a device of the desk for a year; scripts cannot read what proves it."""
    if granted.credential.role is Role.COUNTER:
        site.cookies.mark_staff(response, COUNTERS, is_secure=request.is_secure)
    site.cookies.vouch(response, DEVICE, granted.secret, is_secure=request.is_secure)
    return response
