"""Looking up a dossier or what was handed in at a kiosk without an account, as the hall's touch terminal does."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.dossier_lookup import LookupAnswer, LookupBody
from motcua.desk import Invalid
from motcua.dossiers.dropoffs.model import DropOffContent
from motcua.views.dossier_lookup import describe_lookup
from motcua.views.dropoffs import describe_dropoff_lookup
from motcua.views.shapes import View
from motcua.web.dossier_lookup import complete_code, find_dossier_code, look_up_dossier
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call."""

    @api.post(
        "/dossier-lookups",
        endpoint="look_up_dossier",
        summary="Where a dossier or a drop-off is, for whoever has its code and its second factor",
        responses={200: LookupAnswer},
    )
    def look_up(body: LookupBody) -> Response:
        if (body.code is None) == (body.token is None):
            raise Invalid("lookup.one", "Send either `code` or `token`.")
        code = complete_code(site, body.code) if body.code is not None else find_dossier_code(site, body.token or "")
        content = look_up_dossier(site, code, body.factor)
        with site.desk.read() as db:
            if isinstance(content, DropOffContent):
                answer: View = {"dossier": None, "dropoff": describe_dropoff_lookup(db, content)}
            else:
                answer = {"dossier": describe_lookup(db, content), "dropoff": None}
        return respond((200, answer), Cache_Control="no-store")
