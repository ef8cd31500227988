"""Messages that leave the building: a test message, the delivery log, sending one more time, and the secrets."""

from collections.abc import Callable
from typing import Literal

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.alerts import store as alert_store
from motcua.api.answers import respond
from motcua.api.shapes.alerts import NumberAnswer, NumberPath
from motcua.api.shapes.base import ApiShape, NoBody, Strict
from motcua.api.texts import Line
from motcua.bookings import rules
from motcua.desk import DeviceJob, Invalid, Reader, outbox
from motcua.desk.files import write_whole
from motcua.desk.keys import Answer
from motcua.desk.private import make_folder
from motcua.notify import apprise_way
from motcua.notify.message import NoticeError
from motcua.settings import store as settings_store
from motcua.views.shapes import format_local
from motcua.web.language import get_language, mark, translate
from motcua.web.site import Site
from motcua.wiring import letters
from motcua.wiring.ways import APPRISE, BROWSER, EMAIL, PUSH, SECRET, URLS, WEBHOOK, deliver, make_notifier

WAYS = {"email": EMAIL, "webhook": WEBHOOK, "apprise": APPRISE, "push": PUSH}
NAMES = {way: name for name, way in WAYS.items()}
LISTED_MAX, URLS_MAX, URL_LENGTH_MAX = 100, 20, 1_000
SECRET_BYTES = 24
DONE = {
    "email": mark("The mail server accepted the message. Check that it arrives, also in the spam folder."),
    "webhook": mark("The web address accepted the message."),
    "apprise": mark("All addresses accepted the message."),
    "push": mark("The browsers' services accepted the message. It appears on your own devices."),
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
    "apprise.urls": mark("There are no addresses yet. Enter them below."),
    "apprise.missing": mark("The program for these ways is not installed. Run: pip install 'motcua[apprise]'"),
    "apprise.address": mark("One of the addresses cannot be used."),
    "apprise.refused": mark("At least one of the addresses did not accept the message."),
    "push.gone": mark("No browser of yours is told of alerts. Switch messages on in the page “Alerts” first."),
    "push.local": mark("The browser's service leads to this computer itself."),
    "push.host": mark("There is no computer of this name, or there is no connection to the internet."),
    "push.connect": mark("The browser's service cannot be reached."),
    "push.timeout": mark("The browser's service did not answer in time."),
    "push.refused": mark("The browser's service refused the message."),
    "notices.quiet": mark("Waits for the end of the quiet hours."),
    "notices.past": mark("The matter was over before the message could be sent."),
    "notices.no_address": mark("Nothing was sent: the applicant left no e-mail address, or it is erased."),
    "dossiers.key": mark("The key of the applicants' data is missing, so nobody's address can be read."),
    "notices.erased": mark("There is nobody any more to whom this message could be sent."),
}
CITIZEN_GONE = mark("The citizen's browser is told no more.")
OTHER = mark("The message could not be sent.")


class Trial(Strict):
    """Which way to try; for e-mail to which address, the sender's own when left out."""

    way: Literal["email", "webhook", "apprise", "push"]
    email: Line = ""


class Tried(ApiShape):
    """What became of it: `code` and `said` (the far end's own words) when it did not work, `detail` for people."""

    sent: bool
    code: str | None
    said: str
    detail: str


class DeliveryShape(ApiShape):
    """One message: by which way, about what, what became of it, and when it is tried again."""

    id: int
    way: str
    about: str
    state: str
    tries: int
    at: str | None
    sent_at: str | None
    due_at: str | None
    code: str | None
    detail: str | None


class DeliveriesAnswer(ApiShape):
    """The newest messages, the newest first."""

    items: list[DeliveryShape]


class NewUrls(Strict):
    """The addresses for apprise, one a line; empty: none."""

    urls: str


class UrlsAnswer(ApiShape):
    """What may be shown of the addresses: the beginning of each."""

    schemes: list[str]


class SecretAnswer(ApiShape):
    """A new secret. It is shown this once."""

    secret: str


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    _add_log(api, site)
    _add_secrets(api, site)

    @api.post(
        "/notices/test",
        endpoint="test_notice",
        summary="Send a test message with the saved settings",
        responses={200: Tried},
    )
    def test_notice(body: Trial) -> Response:
        to, folder = rules.read_email(body.email), site.desk.path.parent
        way = WAYS[body.way]
        now = int(site.desk.clock.now().timestamp())
        problem: NoticeError | None = None
        try:
            with site.desk.read() as db:
                settings = settings_store.get_settings(db)
                senders = [make_notifier(folder, settings, way, db, job) for job in _list_trial_jobs(site, db, way)]
            message = letters.write_trial(
                settings, get_language(), to or settings.notices.sender, f"test-{site.desk.entropy(8).hex()}", now
            )
            for sender in senders:
                problem = problem or site.offload(deliver, sender, message)
        except NoticeError as missing:
            problem = missing
        if problem is None:
            return respond((200, {"sent": True, "code": None, "said": "", "detail": translate(DONE[body.way])}))
        detail = translate(PROBLEMS.get(problem.code, OTHER))
        return respond((200, {"sent": False, "code": problem.code, "said": problem.reply, "detail": detail}))


def _list_trial_jobs(site: Site, db: Reader, way: str) -> list[DeviceJob | None]:
    """Return one job for each of the caller's browsers; for another way there is none to name.

    Raises `NoticeError("push.gone")`.
    """
    if way != PUSH:
        return [None]
    credential = site.caller.credential
    account = credential.account if credential is not None else None
    browsers = [item for item in alert_store.list_subscriptions(db) if item.account == account]
    if not browsers:
        raise NoticeError("push.gone", permanent=True)
    return [DeviceJob(0, PUSH, outbox.NOTIFY, {"to": item.id}, "sent", "", None) for item in browsers]


def _explain(line: outbox.OutboxLine) -> str:
    """Return what the last problem of a message means."""
    if line.detail == "push.gone" and BROWSER in line.payload:
        return CITIZEN_GONE
    return PROBLEMS.get(line.detail or "", OTHER)


def _add_log(api: APIBlueprint, site: Site) -> None:
    @api.get(
        "/notices", endpoint="notices", summary="The newest messages to the outside", responses={200: DeliveriesAnswer}
    )
    def notices() -> Response:
        with site.desk.read() as db:
            zone = settings_store.get_timezone(db)
            deliveries = outbox.list_deliveries(db, LISTED_MAX)
        items = [
            {
                "id": item.id,
                "way": NAMES.get(item.way, item.way),
                "about": str(item.payload.get("about", "")),
                "state": item.state,
                "tries": item.tries,
                "at": format_local(item.planned_at, zone),
                "sent_at": format_local(item.sent_at, zone),
                "due_at": format_local(item.due_at, zone) if item.state == "planned" else None,
                "code": item.detail,
                "detail": translate(_explain(item)) if item.detail else None,
            }
            for item in deliveries
        ]
        return respond((200, {"items": items}))

    @api.post(
        "/notices/<int:id>/resend",
        endpoint="resend_notice",
        summary="Send a message that ended once more",
        responses={201: NumberAnswer},
    )
    def resend_notice(path: NumberPath, body: NoBody) -> Response:
        def view(_db: Reader, number: int) -> Answer:
            return 201, {"id": number}

        return respond(site.request_door().do(outbox.send_again, path.id, answer=view))


def _add_secrets(api: APIBlueprint, site: Site) -> None:
    @api.get(
        "/notices/apprise", endpoint="apprise_urls", summary="How many addresses there are", responses={200: UrlsAnswer}
    )
    def apprise_urls() -> Response:
        return respond((200, {"schemes": [apprise_way.name_scheme(url) for url in _read_urls(site)]}))

    @api.post(
        "/notices/apprise",
        endpoint="save_apprise_urls",
        summary="Replace the addresses for apprise; they are shown never again",
        responses={200: UrlsAnswer},
    )
    def save_apprise_urls(body: NewUrls) -> Response:
        urls = apprise_way.read_urls(body.urls)
        _require_urls(site, urls)
        _write_key_file(site, URLS, "".join(f"{url}\n" for url in urls))
        return respond((200, {"schemes": [apprise_way.name_scheme(url) for url in urls]}))

    @api.post(
        "/notices/secret",
        endpoint="renew_webhook_secret",
        summary="Make a new secret for the webhook; it is shown this once",
        responses={200: SecretAnswer},
    )
    def renew_webhook_secret(body: NoBody) -> Response:
        from motcua.notify.webhook import write_secret

        secret = write_secret(site.desk.entropy(SECRET_BYTES))
        _write_key_file(site, SECRET, f"{secret}\n")
        return respond((200, {"secret": secret}))


def _read_urls(site: Site) -> list[str]:
    try:
        return apprise_way.read_urls((site.desk.path.parent / "keys" / URLS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []


def _require_urls(site: Site, urls: list[str]) -> None:
    """Raise `Invalid("apprise.urls")` with the line of the first address that cannot be used."""
    if len(urls) > URLS_MAX or any(len(url) > URL_LENGTH_MAX or not url.isprintable() for url in urls):
        raise Invalid(
            "apprise.urls", "There must be at most %(count)s addresses, each on its own line.", count=URLS_MAX
        )
    check: Callable[[list[str]], list[int]] = apprise_way.find_bad_urls
    try:
        bad = site.offload(check, urls) if urls else []
    except NoticeError as missing:
        raise Invalid("apprise.missing", PROBLEMS["apprise.missing"]) from missing
    if bad:
        raise Invalid("apprise.urls", "The address in line %(line)s cannot be used.", line=bad[0])


def _write_key_file(site: Site, name: str, content: str) -> None:
    """Write a secret into `DIR/keys`, for the desk's own account alone. Raises `OSError`."""
    keys = make_folder(site.desk.path.parent / "keys")
    write_whole(keys / name, content.encode())
