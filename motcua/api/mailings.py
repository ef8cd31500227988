"""Results that go by post."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.dossier_bodies import answer_dossier
from motcua.api.shapes.dossiers import DossierAnswer, DossierPath
from motcua.api.shapes.mailings import NewMailing
from motcua.dossiers import actions
from motcua.dossiers.model.mailings import Receiver
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.store import vaults
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call."""

    @api.post(
        "/dossiers/<code>/mailing",
        endpoint="ask_mailing",
        summary="Send the result by post",
        responses={200: DossierAnswer},
    )
    def ask(path: DossierPath, body: NewMailing) -> Response:
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        receiver = Receiver(body.name, body.address, body.phone)
        return respond(site.request_door().do(actions.ask_mailing, vault, code, receiver, answer=answer_dossier(None)))
