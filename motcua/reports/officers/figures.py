"""The figures of every officer over some days, in the order of their names."""

import unicodedata

from motcua.desk import Reader
from motcua.reports.comparing.counts import Answers
from motcua.reports.officers import store
from motcua.reports.officers.model import OfficerFigures, Presence, Prompts, ServiceTime
from motcua.reports.values import Period
from motcua.staff import store as staff_store
from motcua.staff.model import Account


def list_figures(db: Reader, period: Period, *, with_work: bool = True) -> list[OfficerFigures]:
    """Return everybody who has figures in these days, by name; last what happened where nobody had signed in.

    Without work it is a matter of ratings alone, and sooner done.
    """
    work = store.map_work(db, period) if with_work else {}
    prompts, answers = store.map_prompts(db, period), store.map_answers(db, period)
    together = store.map_with_quarantined(db, period)
    accounts = {account.id: account for account in staff_store.list_accounts(db)}
    officers = {*work, *prompts, *answers}
    return [
        OfficerFigures(
            officer,
            write_name(accounts.get(officer), officer) if officer is not None else "",
            officer in accounts and accounts[officer].disabled,
            *work.get(officer, (ServiceTime(), Presence())),
            prompts.get(officer, Prompts()),
            answers.get(officer, {}),
            together.get(officer, Answers(0, 0)),
        )
        for officer in order_by_name(officers, accounts)
    ]


def get_figures(db: Reader, period: Period, account: Account) -> OfficerFigures:
    """Return the figures of one officer, empty ones for somebody who did nothing."""
    officer = account.id
    return OfficerFigures(
        officer,
        write_name(account, officer),
        account.disabled,
        *store.map_work(db, period, officer).get(officer, (ServiceTime(), Presence())),
        store.map_prompts(db, period, officer).get(officer, Prompts()),
        store.map_answers(db, period).get(officer, {}),
        store.map_with_quarantined(db, period, officer).get(officer, Answers(0, 0)),
    )


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
