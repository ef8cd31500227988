"""A subject arrives as it was written, however long it is."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.notify.subject import SubjectPolicy

WORDS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằấợữ%()0123456789-/", min_size=1, max_size=30)


@pytest.mark.thorough
@given(st.lists(WORDS, min_size=1, max_size=15).map(" ".join))
def test_no_space_of_a_long_subject_is_lost(subject: str) -> None:
    mail = EmailMessage(SubjectPolicy())
    mail["Subject"] = subject
    mail.set_content("x")
    for sent in (mail.as_bytes(), mail.as_string().encode()):
        assert message_from_bytes(sent, policy=policy.default)["Subject"] == subject
        assert max(len(line) for line in sent.splitlines()) <= 78
