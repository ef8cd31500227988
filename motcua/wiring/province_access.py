"""How the provincial system is reached: by plain HTTP and JSON, with addresses, keys and token of the configuration."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.exchange.model.mappings import ExchangeMapping
from motcua.exchange.rules import province
from motcua.exchange.rules.reading import BYTES_MAX
from motcua.exchange.store import mappings
from motcua.notify.message import NoticeError
from motcua.settings.model import ProvinceRules, Settings
from motcua.typed.files import NotTextError, decode_input

if TYPE_CHECKING:
    from motcua.notify.posting import HttpQuestion

KEY_FILE = "keys/province.token"
TIMEOUT_S = 15.0
UNAUTHORISED = frozenset({"401", "403"})
PROBLEMS = {
    "province.token": mark("The token is missing: write it into the file keys/province.token in the data folder."),
    "province.mapping": mark("The settings name no mapping of the page of exchange."),
    "province.local": mark("The address leads to this computer, which the settings do not allow."),
    "province.certificate": mark("The certificate of the provincial system is not trusted."),
    "province.timeout": mark("It did not answer in time."),
    "province.host": mark("There is no computer of this name, or there is no connection."),
    "province.connect": mark("It cannot be reached, or it hung up."),
    "province.address": mark("The address cannot be used."),
    "province.redirect": mark("It sends elsewhere; redirects are not followed."),
    "province.large": mark("Its answer is too large."),
    "province.unauthorised": mark("It does not accept the token."),
    "province.refused": mark("It refuses the request."),
    "province.stale": mark("It could not be told for 30 days."),
    "province.no_state": mark("The mapping has no name for this state."),
    "province.json": mark("It did not answer with JSON."),
    "province.items": mark("Its answer has no list where the settings say."),
    "province.many": mark("It sent more than 50,000 dossiers at once."),
    "province.broken": mark("Something unexpected happened; the log of the server says what."),
    "province.gone": mark("The dossier has no code of the provincial system."),
}
"""What each code says, for `/health` and the page."""


class ProvinceAccess(Struct, frozen=True):
    """How the province is reached now."""

    rules: ProvinceRules
    mapping: ExchangeMapping
    headers: dict[str, str]
    timezone: str


def open_access(db: Reader, folder: Path, settings: Settings) -> ProvinceAccess:
    """Return how the province is reached. Raises `NoticeError("province.token" | "province.mapping")`."""
    rules = settings.province
    mapping = mappings.find_by_name(db, rules.mapping)
    if mapping is None:
        raise NoticeError("province.mapping")
    try:
        token = decode_input((folder / KEY_FILE).read_bytes()).strip()
    except (OSError, NotTextError):
        token = ""
    if not token or not token.isprintable() or not token.isascii():
        raise NoticeError("province.token")
    value = f"{rules.header_word} {token}" if rules.header_word else token
    headers = {"User-Agent": "motcua", "Accept": "application/json", rules.header or "Authorization": value}
    return ProvinceAccess(rules, mapping, headers, settings.timezone)


def read_list(access: ProvinceAccess, since: datetime | None) -> bytes:
    """Return the province's list as it came. This blocks: never call it on the loop. Raises `NoticeError`."""
    url = province.make_list_address(access.rules.list_url, access.rules.list_since, since)
    from motcua.notify.posting import HttpQuestion

    local = access.rules.allow_local
    return _ask(HttpQuestion("GET", url, None, access.headers, TIMEOUT_S, allow_local=local, most_bytes=BYTES_MAX))


def send(access: ProvinceAccess, code: str, body: bytes) -> None:
    """Tell the province of a state. This blocks: never call it on the loop. Raises `NoticeError`."""
    from motcua.notify.posting import HttpQuestion

    rules = access.rules
    url = province.make_state_address(rules.status_url, code)
    headers = {**access.headers, "Content-Type": "application/json; charset=utf-8"}
    _ask(HttpQuestion(rules.status_method, url, body, headers, TIMEOUT_S, allow_local=rules.allow_local))


def _ask(question: "HttpQuestion") -> bytes:
    from motcua.notify.posting import ask

    try:
        return ask("province", question)
    except NoticeError as error:
        if error.code == "province.refused" and error.reply in UNAUTHORISED:
            raise NoticeError("province.unauthorised", error.reply) from error
        raise
