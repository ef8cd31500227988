"""One's own photo for the rating pad: shown with one's consent, replaced and removed by nobody else."""

import base64
from collections.abc import Callable

from flask import Blueprint, redirect, request
from flask import Response as FlaskResponse
from werkzeug.wrappers.response import Response

from motcua.desk import Forbidden, Invalid, Refused
from motcua.photos import cleaning
from motcua.screens.forms import make_account_path, read_photo
from motcua.screens.suggestion import answer_photo
from motcua.staff import actions
from motcua.staff import store as staff_store
from motcua.web.site import Site


def add_photo_doors(screens: Blueprint, site: Site, refused: Callable[[str, Refused], Response]) -> None:
    """Add what the forms of the photo do; `refused` shows the account's page with what was wrong."""

    @screens.post("/account/photo", endpoint="own_photo_submit")
    def own_photo_submit() -> Response:
        account = _get_person(site)
        try:
            if not request.form.get("agrees"):
                raise Invalid("photo.consent", "Please agree first that your photo is shown.")
            if (photo := read_photo(request.files.get("photo"))) is None:
                raise Invalid("photo.none", "Choose a photo first.")
            sent = {"photo": base64.b64encode(photo).decode(), "is_portrait": True}
            image = base64.b64decode(site.compute(cleaning.task, sent)["jpeg"])
            site.open_door().do(actions.set_photo, account, image)
        except Refused as refusal:
            return refused("photo", refusal)
        return redirect(make_account_path("photo"), 303)

    @screens.post("/account/photo/remove", endpoint="own_photo_removal")
    def own_photo_removal() -> Response:
        site.open_door().do(actions.remove_photo, _get_person(site))
        return redirect(make_account_path("no_photo"), 303)

    @screens.get("/account/photo.jpg", endpoint="own_photo")
    def own_photo() -> FlaskResponse:
        with site.desk.read() as db:
            return answer_photo(staff_store.find_photo(db, _get_person(site)))


def _get_person(site: Site) -> int:
    """Return the account of whoever asks. Raises `Forbidden("account.none")`."""
    credential = site.caller.credential
    if credential is None or credential.account is None:
        raise Forbidden("account.none", "This token does not belong to a person.")
    return credential.account
