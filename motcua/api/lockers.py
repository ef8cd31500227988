"""Fetching a result from the locker at a kiosk."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.lockers import DoorPath, OpeningAnswer, OpeningDoor, PickUp
from motcua.desk import Refused, Unknown, get_zone
from motcua.dossiers.lockers import actions
from motcua.dossiers.lockers.rules import find_pick_up_code
from motcua.dossiers.store import vaults
from motcua.settings import store as settings_store
from motcua.views.lockers import describe_opening
from motcua.web.codes import throttle_codes
from motcua.web.ghosts import GhostGuards
from motcua.web.lockers import require_locker
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    ghosts = GhostGuards()

    @api.post(
        "/lockers/pick-up",
        endpoint="pick_up",
        summary="Open the door of a result by its code and a second answer; five wrong answers lock it for an hour",
        responses={200: OpeningDoor},
    )
    def pick_up(body: PickUp) -> Response:
        require_locker(site)
        code = find_pick_up_code(body.code)
        with throttle_codes(site, what="locker"):
            # nothing of the answer is kept under a key: a door opens once
            attempt = site.open_door().do(actions.pick_up, vaults.get_vault(site.desk), body.code, body.factor)
            locked_until = attempt.locked_until
            if attempt.door is None and locked_until is None and code is not None:
                locked_until = ghosts.attempt(code, site.desk.clock.now())
            if attempt.door is None and locked_until is None:
                raise Unknown("locker.wrong", "The code and the second answer do not belong together. Check both.")
            if attempt.door is None and locked_until is not None:
                with site.desk.read() as db:
                    local = locked_until.astimezone(get_zone(settings_store.get_timezone(db)))
                raise Refused(
                    "locker.locked", "Too many wrong answers. Try again from %(time)s.", time=f"{local:%H:%M}"
                )
        return respond((200, {"door": attempt.door}))

    @api.get(
        "/lockers/openings/<door>",
        endpoint="locker_opening",
        summary="What became of a door that opened",
        responses={200: OpeningAnswer},
    )
    def opening(path: DoorPath) -> Response:
        with site.desk.read() as db:
            return respond((200, describe_opening(db, path.door)))
