"""What a mapping must be like. Pure."""

from motcua.desk.errors import Invalid
from motcua.desk.messages import translate_into_each
from motcua.exchange.model.mappings import ExchangeMapping
from motcua.exchange.rules.names import IMPORT_FIELDS
from motcua.typed.lines import clean_line
from motcua.typed.sheet_columns import fold

NAME_MAX, HEADING_MAX, STATES_MAX = 60, 120, 60


def read_mapping(draft: ExchangeMapping) -> ExchangeMapping:
    """Return a mapping in one way of writing.

    Raises `Invalid` with `mapping.name`, `mapping.system`, `mapping.column`, `mapping.twice` or `mapping.states`.
    """
    name, system = clean_line(draft.name), clean_line(draft.system)
    if not 0 < len(name) <= NAME_MAX:
        raise Invalid("mapping.name", "A mapping needs a name of at most %(most)s characters.", most=NAME_MAX)
    if not 0 < len(system) <= NAME_MAX:
        raise Invalid(
            "mapping.system", "Name the system that the dossiers come from, in at most %(most)s characters.",
            most=NAME_MAX,
        )  # fmt: skip
    chosen = {item.name: clean_line(draft.columns.get(item.name, ""))[:HEADING_MAX] for item in IMPORT_FIELDS}
    columns = {column: heading for column, heading in chosen.items() if heading}
    for item in IMPORT_FIELDS:
        if item.is_required and item.name not in columns:
            raise Invalid(
                "mapping.column", "Say which column is “%(column)s”.", column=translate_into_each(item.label)["vi"]
            )
    headings = [fold(heading) for heading in columns.values()]
    if twice := next((heading for heading in columns.values() if headings.count(fold(heading)) > 1), None):
        raise Invalid("mapping.twice", "Column “%(column)s” was chosen for two things.", column=twice)
    by_word = {fold(clean_line(word)): (clean_line(word), state) for word, state in draft.states.items()}
    states = {word[:HEADING_MAX]: state for word, state in by_word.values() if word}
    if not 0 < len(states) <= STATES_MAX:
        raise Invalid("mapping.states", "Say for at least one state of the other system what it means here.")
    return ExchangeMapping(draft.id, name, system, columns, states, draft.date_order, draft.saved_at, draft.account)
