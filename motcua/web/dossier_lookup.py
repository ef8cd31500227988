"""Looking a dossier up without an account: by a page's form, or by a program of the desk's own terminal."""

from datetime import datetime

from motcua.desk import Refused, Unknown, get_zone
from motcua.dossiers import actions
from motcua.dossiers.actions import DossierContent, LookupAttempt
from motcua.dossiers.dropoffs import store as dropoffs
from motcua.dossiers.dropoffs.actions import DropOffAttempt, look_up_dropoff
from motcua.dossiers.dropoffs.model import DropOffContent
from motcua.dossiers.dropoffs.rules import find_dropoff_code
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.rules.lookup import complete_dossier_code
from motcua.dossiers.store import lookups, vaults
from motcua.settings import store as settings_store
from motcua.web.codes import throttle_codes
from motcua.web.site import Site

TOKEN_MAX = 40


def find_dossier_code(site: Site, token: str) -> str:
    """Return the code behind a receipt's address. Raises `Unknown("token.unknown")`."""
    with throttle_codes(site, long=True, what="dossier"), site.desk.read() as db:
        dropoff = dropoffs.find_dropoff_by_token(db, token[:TOKEN_MAX])
        code = dropoff.code if dropoff else lookups.find_by_token(db, token[:TOKEN_MAX])
        if code is None:
            raise Unknown("token.unknown", "There is no dossier at this address. Type its code.")
    return code


def complete_code(site: Site, code: str) -> str:
    """Return a code as somebody typed it, with this desk's own beginning where that was left out."""
    with site.desk.read() as db:
        return complete_dossier_code(code, settings_store.get_settings(db).dossiers)


def look_up_dossier(site: Site, code: str, factor: str) -> DossierContent | DropOffContent:
    """Return the dossier `code`, or what was handed in at a kiosk, for whoever has its second factor.

    Raises `Unknown("dossier.factor")`, `Refused("dossier.locked")`, `Throttled("attempts")`.
    """
    with throttle_codes(site, what="dossier"):
        attempt = _try(site, code, factor)
        if attempt.content is None:
            raise _make_refusal(site, attempt.locked_until)
    return attempt.content


def _try(site: Site, code: str, factor: str) -> LookupAttempt | DropOffAttempt:
    """Try a code with the factor that was typed. A code that does not exist is answered as one that does.

    What was handed in at a kiosk is the dossier that it became, once it did.
    """
    dropped = find_dropoff_code(code)
    try:
        if dropped is not None:
            with site.desk.read() as db:
                dossier = dropoffs.get_dropoff(db, dropped).dossier
            if dossier is None:
                return site.open_door().do(look_up_dropoff, vaults.get_vault(site.desk), dropped, factor)
            code = dossier
        clean = clean_dossier_code(code)
        return site.open_door().do(actions.look_up, vaults.get_vault(site.desk), clean, factor)
    except Unknown:
        return LookupAttempt(locked_until=site.ghosts.attempt(code.upper(), site.desk.clock.now()))


def _make_refusal(site: Site, locked_until: datetime | None) -> Refused:
    if locked_until is None:
        return Unknown("dossier.factor", "The code and the second answer do not belong together. Check both.")
    with site.desk.read() as db:
        local = locked_until.astimezone(get_zone(settings_store.get_timezone(db)))
    return Refused(
        "dossier.locked",
        "Too many wrong answers. This dossier can be looked up again from %(time)s.",
        time=f"{local:%H:%M}",
    )
