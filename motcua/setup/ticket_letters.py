"""Which letters of a hall's own texts the font of the tickets lacks, and where they stand."""

from motcua.devices.contract import DeviceError
from motcua.setup.document import Document


def list_printed_texts(document: Document, layout: str | None = None) -> list[str]:
    """Return the texts that may stand on a ticket, each once; `layout` in the place of the saved one."""
    unit, services = document.settings.unit, [service.name[0] for service in document.services]
    footer = document.settings.texts.ticket_footer[0]
    lines = (document.settings.printing.layout if layout is None else layout).split("\n")
    printed_lines = [line for line in lines if not line.lstrip().startswith("#")]
    return [
        text
        for text in dict.fromkeys(
            [unit.centre, unit.name, *services, footer, *document.settings.seats.labels, *printed_lines]
        )
        if text.strip()
    ]


def find_unprintable(document: Document, layout: str | None = None) -> dict[str, list[str]]:
    """Return each letter that cannot be printed with the texts that have it; empty where the font itself cannot be
    read.
    """
    from motcua.devices.paper.faces import list_lacking  # with Pillow, which a desk without printers need not load

    texts_by_letter: dict[str, list[str]] = {}
    for text in list_printed_texts(document, layout):
        try:
            letters = list_lacking(text)
        except DeviceError:
            return {}
        for letter in letters:
            texts_by_letter.setdefault(letter, []).append(text.strip())
    return texts_by_letter


def sum_up(texts_by_letter: dict[str, list[str]]) -> dict[str, object]:
    """Return the letters and texts of `texts_by_letter` as they fill the places of a sentence."""
    texts = dict.fromkeys(text for texts in texts_by_letter.values() for text in texts)
    return {"letters": " ".join(texts_by_letter), "texts": ", ".join(f"“{text}”" for text in list(texts)[:5])}
