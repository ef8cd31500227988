"""What a pad learns about the question that it shows."""

from typing import TypedDict

from motcua.desk import Reader
from motcua.feedback.model import RatingPrompt


class QuestionAnswer(TypedDict):
    """The visit that the question is about, and until when an answer counts."""

    visit: str
    until: str


def describe_question(_db: Reader, prompt: RatingPrompt) -> QuestionAnswer:
    """Return the question as its pad needs it."""
    return QuestionAnswer(visit=prompt.visit, until=prompt.until)
