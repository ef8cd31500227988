"""Who may read and decide about which suggestion."""

from motcua.staff.model import Role
from motcua.suggestions.model import Suggestion, Viewer


def can_see(viewer: Viewer, item: Suggestion, head: int | None) -> bool:
    """Say whether `viewer` may read a suggestion.

    An appeal or denunciation is for the head alone (for each leader where no `head` is named), and never for the
    officer whom it concerns. Other ones are for leaders and administrators, and for their owner.
    Basis: LEGAL.md#appeals.
    """
    if item.kind.is_restricted:
        if viewer.role != Role.LEADER or viewer.account is None or viewer.account == item.concerned:
            return False
        return head is None or viewer.account == head
    if viewer.role in {Role.LEADER, Role.ADMIN}:
        return True
    return viewer.role == Role.OFFICER and viewer.account is not None and viewer.account == item.owner


def can_act(viewer: Viewer, item: Suggestion, head: int | None) -> bool:
    """Say whether `viewer` may answer, ask its sender, and read what is masked: whoever may see it."""
    return can_see(viewer, item, head)


def can_decide(viewer: Viewer, item: Suggestion, head: int | None) -> bool:
    """Say whether `viewer` may take, assign, refuse, publish: a leader or administrator who may see it."""
    return viewer.role in {Role.LEADER, Role.ADMIN} and can_see(viewer, item, head)
