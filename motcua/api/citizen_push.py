"""Messages to the citizen's own browser about a dossier or a drop-off, for whoever has just looked it up."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.base import Done
from motcua.api.shapes.dossier_lookup import DossierPushBody, DossierPushEnd, DossierPushState
from motcua.dossiers import actions
from motcua.dossiers.model.push import DossierPush
from motcua.dossiers.store import pushes, vaults
from motcua.web.language import get_language
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls. Nothing of them is kept under a key: they carry what only a browser may know."""

    @api.post(
        "/dossier-lookups/push",
        endpoint="tell_of_dossier",
        summary="Tell this browser of a dossier from now on",
        responses={200: Done},
    )
    def tell_of_dossier(body: DossierPushBody) -> Response:
        code = site.passes.get_code(body.lookup_pass)
        push = DossierPush(body.endpoint, body.keys.p256dh, body.keys.auth, get_language())
        site.open_door().do(actions.add_push, vaults.get_vault(site.desk), code, push)
        return respond((200, {"ok": True}))

    @api.post(
        "/dossier-lookups/push/state",
        endpoint="is_told_of_dossier",
        summary="Whether this browser is told of a dossier",
        responses={200: DossierPushState},
    )
    def is_told_of_dossier(body: DossierPushEnd) -> Response:
        code, vault = site.passes.get_code(body.lookup_pass), vaults.get_vault(site.desk)
        with site.desk.read() as db:
            current = actions.find_current_code(db, code)
            return respond((200, {"is_on": pushes.has_push(db, vault, current, body.endpoint)}))

    @api.post(
        "/dossier-lookups/push/end",
        endpoint="end_telling_of_dossier",
        summary="Tell this browser of a dossier no more",
        responses={200: Done},
    )
    def end_telling_of_dossier(body: DossierPushEnd) -> Response:
        code = site.passes.get_code(body.lookup_pass)
        site.open_door().do(actions.remove_push, vaults.get_vault(site.desk), code, body.endpoint)
        return respond((200, {"ok": True}))
