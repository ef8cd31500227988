"""What a bank or its agent tells the desk of transfers, and the secret by which its messages are known."""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.bank import BankAnswer, BankSecret
from motcua.api.shapes.base import NoBody
from motcua.desk import Forbidden, Unavailable, Unknown
from motcua.dossiers import actions
from motcua.dossiers.model.bank import NoticeOutcome
from motcua.dossiers.rules.bank import SignedWebhook
from motcua.dossiers.store import vaults
from motcua.settings import store as settings_store
from motcua.web import bank_secret, security_log
from motcua.web.limits import Attempts
from motcua.web.site import Site

WRONG_A_MINUTE = 20
"""How often one address may send what is not signed by the bank."""


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    tries = Attempts(site.desk.clock, WRONG_A_MINUTE)

    @api.post(
        "/bank/notices",
        endpoint="bank_notice",
        summary="A bank or its agent tells of a transfer, in the form and with the signature that the settings name",
        responses={200: BankAnswer},
    )
    def take_notice() -> Response:
        with site.desk.read() as db:
            form = settings_store.get_settings(db).fees
        if not form.notices:
            raise Unknown("bank.off", "There is nothing at this address.")
        secret = bank_secret.find_secret(site)
        if secret is None:
            raise Unavailable(
                "bank.secret", "The secret of the bank's messages is missing. Make one at the cash sheet."
            )
        tries.check(where := str(request.remote_addr))
        now_s = int(site.desk.clock.now().timestamp())
        try:
            message = SignedWebhook(form, secret).read(dict(request.headers), request.get_data(), now_s)
        except Forbidden as refusal:
            tries.record_failure(where)
            security_log.note(refusal.code)
            raise
        if message is None:
            return respond((200, {"status": "ignored"}))
        vault = vaults.get_vault(site.desk)
        notice = site.desk.by("bank").do(actions.take_bank_message, vault, message)
        return respond((200, {"status": "paid" if notice.outcome is NoticeOutcome.PAID else "listed"}))

    @api.post(
        "/bank/secret",
        endpoint="renew_bank_secret",
        summary="Make a new secret for the bank's messages; it is shown this once",
        responses={200: BankSecret},
    )
    def renew_secret(body: NoBody) -> Response:
        return respond((200, {"secret": bank_secret.renew_secret(site)}))
