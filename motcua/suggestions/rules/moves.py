"""Which step may follow which."""

from motcua.desk.errors import Invalid, Refused
from motcua.staff.model import Account, Role
from motcua.suggestions.model import Suggestion, SuggestionState


def require_takable(item: Suggestion) -> None:
    """Raise `Refused("suggestion.taken")` unless it waits to be taken."""
    if item.state is not SuggestionState.WAITING:
        raise Refused("suggestion.taken", "This suggestion has been taken already.")


def require_open(item: Suggestion) -> None:
    """Raise `Refused("suggestion.closed")` when it is settled already."""
    if not item.state.is_open:
        raise Refused("suggestion.closed", "This suggestion is settled already. Load the page again.")


def require_assignable(item: Suggestion, account: Account | None) -> None:
    """Raise unless `account` may become the owner.

    Raises `Refused("suggestion.closed" | "suggestion.restricted" | "suggestion.concerned")`,
    `Invalid("suggestion.owner")`.
    """
    require_open(item)
    if item.kind.is_restricted:
        raise Refused("suggestion.restricted", "Only the head deals with an appeal or a denunciation.")
    if account is None or account.disabled or account.role not in {Role.LEADER, Role.OFFICER}:
        raise Invalid("suggestion.owner", "Choose an officer or a leader who can sign in.")
    if account.id == item.concerned:
        raise Refused("suggestion.concerned", "This officer served the sender. Choose somebody else.")


def require_answerable(item: Suggestion) -> None:
    """Raise `Refused("suggestion.closed")` unless an answer, a question or a refusal may be written."""
    require_open(item)


def require_supplement(item: Suggestion, *, is_asked: bool) -> None:
    """Raise unless its sender may add something: after a question, while it is in progress.

    Raises `Refused("suggestion.closed" | "suggestion.not_asked")`.
    """
    require_open(item)
    if not is_asked:
        raise Refused("suggestion.not_asked", "Nobody has asked for more. Write a new suggestion instead.")


def require_original(item: Suggestion, original: Suggestion | None) -> None:
    """Raise unless `item` may be a duplicate of `original`.

    Raises `Refused("suggestion.closed")`, `Invalid("suggestion.original")`.
    """
    require_open(item)
    is_fit = original is not None and original.id != item.id and original.state is not SuggestionState.DUPLICATE
    if not is_fit or original is None or original.kind.is_restricted != item.kind.is_restricted:
        raise Invalid("suggestion.original", "Choose another suggestion that is not a duplicate itself.")


def require_publishable(item: Suggestion) -> None:
    """Raise `Refused("suggestion.private")` unless it is answered, its sender agreed and it is no appeal."""
    is_fit = item.state is SuggestionState.ANSWERED and item.may_publish and item.erased_at is None
    if not is_fit or item.kind.is_restricted:
        raise Refused(
            "suggestion.private", "This answer cannot be published: its sender did not agree, or it is not settled."
        )


def require_ratable(item: Suggestion) -> None:
    """Raise unless its sender may rate the answer, once.

    Raises `Refused("suggestion.unanswered" | "suggestion.rated")`.
    """
    if item.state not in {SuggestionState.ANSWERED, SuggestionState.REFUSED} or item.erased_at is not None:
        raise Refused("suggestion.unanswered", "There is no answer to rate yet.")
    if item.rating is not None:
        raise Refused("suggestion.rated", "You have rated this answer already. Thank you.")
