"""The figures of every officer over some days, in the order of their names."""

import unicodedata

from motcua.desk import Reader
from motcua.reports.comparing.counts import Answers
from motcua.reports.officers import store
from motcua.reports.officers.model import OfficerFigures, Presence, Prompts, ServiceTime
from motcua.reports.values import Period
from motcua.staff import store as staff_store
from motcua.staff.model import Account


def list_figures(db: Reader, period: Period) -> list[OfficerFigures]:
    """Return everybody who has figures in these days, by name; last what happened where nobody had signed in."""
    service, presence = store.map_service(db, period), store.map_presence(db, period)
    prompts, answers = store.map_prompts(db, period), store.map_answers(db, period)
    together = store.map_with_quarantined(db, period)
    accounts = {account.id: account for account in staff_store.list_accounts(db)}
    officers = {*service, *presence, *prompts, *answers}
    return [
        OfficerFigures(
            officer,
            write_name(accounts.get(officer), officer) if officer is not None else "",
            officer in accounts and accounts[officer].disabled,
            service.get(officer, ServiceTime()),
            presence.get(officer, Presence()),
            prompts.get(officer, Prompts()),
            answers.get(officer, {}),
            together.get(officer, Answers(0, 0)),
        )
        for officer in order_by_name(officers, accounts)
    ]


def write_name(account: Account | None, officer: int) -> str:
    """Return how reports name an officer: by the full name, else by the name of the account, else by its number."""
    return (account.full_name or account.name) if account is not None else f"#{officer}"


def order_by_name(officers: set[int | None], accounts: dict[int, Account]) -> list[int | None]:
    """Return officers as a Vietnamese list has them: by given name, which is the last word; None comes last."""

    def place(officer: int | None) -> tuple[bool, str, str, int]:
        if officer is None:
            return True, "", "", 0
        name = _fold(write_name(accounts.get(officer), officer))
        return False, name.rpartition(" ")[2], name, officer

    return sorted(officers, key=place)


def _fold(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
