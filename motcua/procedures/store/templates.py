"""The ward's own forms in the store: Word files with fields, dated and by procedure."""

from typing import cast

from motcua.desk import Reader, Unknown
from motcua.procedures.model.template import FormTemplate, TemplateRequest

_SELECT = "SELECT id, procedure, name, since, digest, added_at, account FROM form_templates"


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE form_templates (id INTEGER PRIMARY KEY AUTOINCREMENT, procedure TEXT NOT NULL, name TEXT NOT"
        " NULL, since TEXT NOT NULL, digest TEXT NOT NULL, content BLOB NOT NULL, added_at TEXT NOT NULL,"
        " account INTEGER, UNIQUE (procedure, name, since)) STRICT"
    )


def list_templates(db: Reader) -> list[FormTemplate]:
    """Return all forms, those of all procedures first, then by procedure and name, the newest day first."""
    return [FormTemplate(*row) for row in db.execute(f"{_SELECT} ORDER BY procedure, name, since DESC, id")]


def list_templates_of(db: Reader, procedure: str, day: str) -> list[FormTemplate]:
    """Return the forms of a procedure as they are on `day`, by name; its own before one of all with the same name."""
    in_force: dict[str, FormTemplate] = {}
    for item in list_templates(db):
        if item.procedure not in {"", procedure} or item.since > day:
            continue
        earlier = in_force.get(item.name)
        if earlier is None or (item.procedure, item.since) > (earlier.procedure, earlier.since):
            in_force[item.name] = item
    return [in_force[name] for name in sorted(in_force)]


def get_template(db: Reader, number: int) -> FormTemplate:
    """Return the form with this number. Raises `Unknown("template.unknown")`."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("template.unknown", "There is no such form. Perhaps it was removed.")
    return FormTemplate(*row)


def get_template_content(db: Reader, number: int) -> bytes:
    """Return the Word file of a form. Raises `Unknown("template.unknown")`."""
    get_template(db, number)
    return bytes(db.execute("SELECT content FROM form_templates WHERE id = ?", (number,)).fetchone()[0])


def count_templates(db: Reader) -> int:
    """Return how many forms there are."""
    return int(db.execute("SELECT count(*) FROM form_templates").fetchone()[0])


def find_same_day(db: Reader, request: TemplateRequest) -> FormTemplate | None:
    """Return the form of the same procedure, name and day."""
    values = (request.procedure, request.name, request.since)
    row = db.execute(f"{_SELECT} WHERE procedure = ? AND name = ? AND since = ?", values).fetchone()
    return FormTemplate(*row) if row else None


def add_template(db: Reader, request: TemplateRequest, at: str) -> int:
    """Write a form; return its number."""
    query = (
        "INSERT INTO form_templates (procedure, name, since, digest, content, added_at, account)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    values = (
        request.procedure, request.name, request.since, request.digest, request.content, at, request.account,
    )  # fmt: skip
    return cast(int, db.execute(query, values).lastrowid)


def remove_template(db: Reader, number: int) -> None:
    """Remove a form."""
    db.execute("DELETE FROM form_templates WHERE id = ?", (number,))
