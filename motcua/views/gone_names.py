"""What the settings name that the desk has no more, for the page on which it is mended."""

from motcua.checks.named_codes import list_gone_names
from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.views.shapes import View


def describe_gone_names(db: Reader, day: str) -> list[View]:
    """Return each sentence in both languages, with its page."""
    return [
        {"page": item.page, "text": translate_into_each(item.message, item.params)} for item in list_gone_names(db, day)
    ]
