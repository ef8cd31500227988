"""What decides whether a proposal can be sent or signed, as the store has it: for the action, and for its page."""

from motcua.desk import Reader, texts
from motcua.settings import store as settings_store
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store
from motcua.work import rules
from motcua.work.model import OfficerProposal, SigningFacts, Weighing


def collect_facts(
    db: Reader, proposal: OfficerProposal, account: int | None, today: str, current: Weighing
) -> SigningFacts:
    """Return the facts for a step of `account`, None for a program; `current` are the figures of now, weighed."""
    settings = settings_store.get_settings(db)
    accounts = {one.id: one for one in staff_store.list_accounts(db)}
    officer = accounts.get(proposal.officer)
    head = staff_rules.find_head(accounts.values(), settings.suggestions.head)
    person = accounts.get(account) if account is not None else None
    return SigningFacts(
        today=today,
        has_grounds=texts.find_text(db, proposal.grounds) is not None,
        has_left=officer is None or officer.disabled,
        declined_counts=settings.proposals.declined_counts,
        standing=rules.find_standing(person, proposal.officer, head, only_head=settings.proposals.signer == "head"),
        current=current,
    )
