"""The ways out of the building: each one's adapter, from the settings and the files in `DIR/keys`."""

import logging
from pathlib import Path

from motcua.alerts import store as alert_store
from motcua.alerts.model import PushSubscription
from motcua.desk import DeviceJob, Reader
from motcua.dossiers.model.push import DossierPush
from motcua.dossiers.store import pushes, vaults
from motcua.notify.apprise_way import AppriseNotifier, read_urls
from motcua.notify.message import NoticeError, NoticeMessage, Notifier
from motcua.settings.base_address import is_hall_only
from motcua.settings.model import Settings
from motcua.typed.files import NotTextError, decode_input

EMAIL, WEBHOOK, PUSH, APPRISE = "notices:email", "notices:webhook", "notices:push", "notices:apprise"
WAYS = (EMAIL, WEBHOOK, PUSH, APPRISE)
PASSWORD, SECRET, AUTHORITY, URLS = "smtp.password", "webhook.secret", "smtp.ca.pem", "apprise.urls"
CONTACT = "mailto:nobody@example.invalid"
"""How push services reach a desk that has neither a sender's address nor an address of its own."""
BROWSER = "browser"
"""The field of a job that names a citizen's browser; `to` names one of the desk's own people."""
CITIZENS_TTL_S = 3 * 24 * 3600
"""A citizen's phone may be off for a weekend."""
logger = logging.getLogger(__name__)


def make_notifier(folder: Path, settings: Settings, way: str, db: Reader, job: DeviceJob | None = None) -> Notifier:
    """Return the adapter of `way`; a message to one browser needs its `job`.

    Raises `NoticeError("notices.off" | "smtp.password" | "webhook.secret" | "apprise.urls" | "push.gone", permanent)`
    for what is missing.
    """
    notices = settings.notices
    if way == EMAIL and notices.smtp_host:
        from motcua.notify.smtp import SmtpNotifier

        authority = folder / "keys" / AUTHORITY
        return SmtpNotifier(
            notices.smtp_host,
            notices.smtp_port,
            notices.smtp_security,
            notices.sender,
            settings.unit.name,
            notices.smtp_user,
            _read_secret(folder, PASSWORD) if notices.smtp_user else "",
            str(authority) if authority.exists() else "",
            allow_local=notices.allow_local,
        )
    if way == WEBHOOK and notices.webhook_url:
        from motcua.notify.webhook import WebhookNotifier

        return WebhookNotifier(notices.webhook_url, _read_secret(folder, SECRET), allow_local=notices.allow_local)
    if way == PUSH and job is not None:
        return _make_push(folder, settings, db, job)
    if way == APPRISE:
        return AppriseNotifier(read_urls(_read_secret(folder, URLS)))
    raise NoticeError("notices.off", permanent=True)


def _find_browser(folder: Path, db: Reader, job: DeviceJob) -> PushSubscription | DossierPush | None:
    """Return the browser of a message: a citizen's, of a dossier, else one of the desk's own people."""
    if isinstance(number := job.payload.get(BROWSER), int):
        vault = vaults.find_vault(db, folder)
        return pushes.find_push(db, vault, number) if vault is not None else None
    number = job.payload.get("to")
    return alert_store.find_subscription(db, number) if isinstance(number, int) else None


def _make_push(folder: Path, settings: Settings, db: Reader, job: DeviceJob) -> Notifier:
    from motcua.notify.push import TTL_S, PushNotifier

    subscription = _find_browser(folder, db, job)
    if subscription is None:
        raise NoticeError("push.gone", permanent=True)
    base, sender = settings.web.base_url, settings.notices.sender
    contact = f"mailto:{sender}" if sender else base if base and not is_hall_only(base) else CONTACT
    return PushNotifier(
        folder,
        subscription.endpoint,
        subscription.p256dh,
        subscription.auth,
        contact,
        ttl_s=CITIZENS_TTL_S if BROWSER in job.payload else TTL_S,
        allow_local=settings.notices.allow_local,
    )


def _read_secret(folder: Path, name: str) -> str:
    try:
        secret = decode_input((folder / "keys" / name).read_bytes()).strip()
    except (OSError, NotTextError):
        secret = ""
    if not secret:
        raise NoticeError(name, permanent=True)
    return secret


def deliver(sender: Notifier, message: NoticeMessage) -> NoticeError | None:
    """Send `message`. Return the error, None if it was accepted. This blocks: never call it on the loop."""
    try:
        sender.send(message)
    except NoticeError as problem:
        return problem
    except Exception as error:  # a job must end, whatever a library thinks of a far end
        logger.exception("a notice failed unexpectedly")
        return NoticeError("notices.broken", type(error).__name__, permanent=True)
    return None
