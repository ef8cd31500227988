"""Trying whether notices leave the building: one message now, and an honest word on what became of it."""

from typing import Literal

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.base import ApiShape, Strict
from motcua.api.texts import Line
from motcua.bookings import rules
from motcua.notify.message import NoticeError
from motcua.settings import store as settings_store
from motcua.web.language import language, mark, text
from motcua.web.site import Site
from motcua.wiring import letters
from motcua.wiring.notices import EMAIL, WEBHOOK, deliver, make_notifier

WAYS = {"email": EMAIL, "webhook": WEBHOOK}
DONE = {
    "email": mark("The mail server accepted the message. Check that it arrives, also in the spam folder."),
    "webhook": mark("The web address accepted the message."),
}
PROBLEMS = {
    "notices.off": mark("This way is not set up in the saved settings."),
    "smtp.password": mark("The password is missing: write it into the file keys/smtp.password in the data folder."),
    "webhook.secret": mark("The secret is missing: write it into the file keys/webhook.secret in the data folder."),
    "smtp.address": mark("The mail server or we cannot use this address."),
    "smtp.auth": mark("The mail server does not accept the user name or the password."),
    "smtp.unsupported": mark(
        "The mail server does not offer what the settings ask for, such as signing in or encryption."
    ),
    "smtp.recipient": mark("The mail server does not accept messages for this address."),
    "smtp.refused": mark("The mail server refused the message."),
    "smtp.certificate": mark(
        "The mail server's certificate is not trusted. One of the ward's own goes into keys/smtp.ca.pem."
    ),
    "smtp.tls": mark("The encrypted connection could not be made. Is the port right for this kind of encryption?"),
    "smtp.timeout": mark("The mail server did not answer in time."),
    "smtp.host": mark("There is no computer of this name, or there is no connection to the internet."),
    "smtp.connect": mark("The mail server cannot be reached, or it hung up."),
    "smtp.local": mark(
        "The mail server is this computer itself or leads to it. If this is intended, allow it in the settings first."
    ),
    "webhook.local": mark(
        "The web address leads to this computer itself. If this is intended, allow it in the settings first."
    ),
    "webhook.certificate": mark("The certificate of the web address is not trusted."),
    "webhook.timeout": mark("The web address did not answer in time."),
    "webhook.host": mark("There is no computer of this name, or there is no connection to the internet."),
    "webhook.connect": mark("The web address cannot be reached, or it hung up."),
    "webhook.address": mark("This web address cannot be used."),
    "webhook.redirect": mark("The web address sends elsewhere; redirects are not followed."),
    "webhook.refused": mark("The web address refused the message."),
}
OTHER = mark("The message could not be sent.")


class Trial(Strict):
    """Which way to try; for e-mail to which address, the sender's own when left out."""

    way: Literal["email", "webhook"]
    email: Line = ""


class Tried(ApiShape):
    """What became of it: `code` and `said` (the far end's own words) when it did not work, `detail` for people."""

    sent: bool
    code: str | None
    said: str
    detail: str


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call. Nothing is journalled: nothing changes."""

    @api.post(
        "/notices/test",
        endpoint="test_notice",
        summary="Send a test message with the saved settings",
        responses={200: Tried},
    )
    def test_notice(body: Trial) -> Response:
        to, folder = rules.read_email(body.email), site.desk.path.parent
        with site.desk.read() as db:
            settings = settings_store.current(db)
        now = int(site.desk.clock.now().timestamp())
        message = letters.write_trial(
            settings, language(), to or settings.notices.sender, f"test-{site.desk.entropy(8).hex()}", now
        )
        try:
            problem: NoticeError | None = site.offload(
                deliver, make_notifier(folder, settings, WAYS[body.way]), message
            )
        except NoticeError as missing:
            problem = missing
        if problem is None:
            return respond((200, {"sent": True, "code": None, "said": "", "detail": text(DONE[body.way])}))
        detail = text(PROBLEMS.get(problem.code, OTHER))
        return respond((200, {"sent": False, "code": problem.code, "said": problem.reply, "detail": detail}))
