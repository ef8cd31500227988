"""The form of a procedure as plain values: rows that are left empty are no rows, and new ones get a code."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from motcua.typed.sheet_columns import split_lines

Form = MultiDict[str, str]
Plain = dict[str, Any]
LIMITS_MAX, FEES_MAX, ITEMS_MAX, QUESTIONS_MAX, CHOICES_MAX = 20, 30, 80, 20, 20
"""So many rows of a kind are read; the rules allow fewer and say so."""
CODE_MAX = 40
_TEXTS = ("name", "official_name", "field", "time_limit", "fee", "online", "online_page")
_PAIRS = frozenset({"name", "text", "case", "per", "maximum_per", "note"})
_NUMBER = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d{1,12}")
_TIER = re.compile(r"\s*(\d{1,5})\s*:\s*([\d.\s]{1,20})\s*")


def read_procedure_form(form: Form, code: str) -> Plain:
    """Return what the form says as `procedures.model.plain` writes it; what is no number stays as it was typed."""
    questions = [*_read_questions(form)]
    items = [*_read_items(form)]
    checklist = {
        "items": items,
        "questions": questions,
        "source": form.get("source", ""),
        "checked_on": form.get("checked_on", ""),
    }
    return {
        "code": code,
        "since": form.get("since", ""),
        **{name: form.get(name, "") for name in _TEXTS},
        "level": "ward" if "level" in form else "",
        "is_immediate": "is_immediate" in form,
        "limits": [*_read_limits(form)],
        "fees": [*_read_fees(form)],
        "checklist": checklist if items or questions else None,
        **{name: split_lines(form.get(name, "")) for name in ("forms", "words", "marks")},
    }


def _read_limits(form: Form) -> Iterator[Plain]:
    for at in (f"limits-{number}-" for number in range(LIMITS_MAX)):
        if unit := form.get(f"{at}unit"):
            yield {
                "unit": unit,
                "count": read_number(form.get(f"{at}count", "") or "0"),
                "case": _read_pair(form, f"{at}case"),
                "is_added": f"{at}is_added" in form,
                "is_verified": f"{at}is_verified" in form,
                "source": form.get(f"{at}source", ""),
            }


def _read_fees(form: Form) -> Iterator[Plain]:
    for at in (f"fees-{number}-" for number in range(FEES_MAX)):
        if amount := form.get(f"{at}amount", "").strip():
            maximum = form.get(f"{at}maximum", "").strip()
            yield {
                "amount": read_number(amount),
                "per": _read_pair(form, f"{at}per"),
                "case": _read_pair(form, f"{at}case"),
                "tiers": read_tiers(form.get(f"{at}tiers", "")),
                "maximum": read_number(maximum) if maximum else None,
                "maximum_per": _read_pair(form, f"{at}maximum_per"),
                "is_verified": f"{at}is_verified" in form,
                "source": form.get(f"{at}source", ""),
            }


def _read_items(form: Form) -> Iterator[Plain]:
    rows = [at for at in (f"items-{number}-" for number in range(ITEMS_MAX)) if _is_filled(form, f"{at}name")]
    taken = {form.get(f"{at}code", "") for at in rows}
    for at in rows:
        yield {
            "code": form.get(f"{at}code") or make_code(form.get(f"{at}name-vi", ""), taken, "paper"),
            "name": _read_pair(form, f"{at}name"),
            "form": form.get(f"{at}form", ""),
            "count": read_number(form.get(f"{at}count", "") or "1"),
            "from_data": f"{at}from_data" in form,
            "is_required": f"{at}is_required" in form,
            "is_verified": f"{at}is_verified" in form,
            "when": _read_conditions(form, f"{at}when"),
            "note": _read_pair(form, f"{at}note"),
        }


def _read_questions(form: Form) -> Iterator[Plain]:
    rows = [at for at in (f"questions-{number}-" for number in range(QUESTIONS_MAX)) if _is_filled(form, f"{at}text")]
    taken = {form.get(f"{at}code", "") for at in rows}
    for at in rows:
        choices = [f"{at}choices-{number}-" for number in range(CHOICES_MAX)]
        filled = [place for place in choices if _is_filled(form, f"{place}text")]
        of_choices = {form.get(f"{place}code", "") for place in filled}
        yield {
            "code": form.get(f"{at}code") or make_code(form.get(f"{at}text-vi", ""), taken, "question"),
            "text": _read_pair(form, f"{at}text"),
            "when": _read_conditions(form, f"{at}when"),
            "choices": [
                {
                    "code": form.get(f"{place}code")
                    or make_code(form.get(f"{place}text-vi", ""), of_choices, "answer"),
                    "text": _read_pair(form, f"{place}text"),
                }
                for place in filled
            ],
        }


def _is_filled(form: Form, name: str) -> bool:
    return any(form.get(f"{name}-{language}", "").strip() for language in ("vi", "en"))


def _read_pair(form: Form, name: str) -> list[str]:
    return [form.get(f"{name}-vi", ""), form.get(f"{name}-en", "")]


def _read_conditions(form: Form, name: str) -> list[list[str]]:
    return [text.split(":", 1) for text in form.getlist(name) if ":" in text]


def read_number(text: str) -> int | str:
    """Return a whole number, with points between thousands or without; anything else as it was typed."""
    plain = text.strip()
    return int(re.sub(r"\D", "", plain)) if plain.isascii() and _NUMBER.fullmatch(plain) else text


def read_tiers(text: str) -> list[Plain] | str:
    """Return the prices of `3: 1000; 10: 500`; anything else as it was typed."""
    parts = [part for part in text.split(";") if part.strip()]
    matches = [match for part in parts if part.isascii() and (match := _TIER.fullmatch(part))]
    if len(matches) < len(parts):
        return text
    return [{"first": int(match[1]), "amount": read_number(match[2])} for match in matches]


def write_tiers(tiers: Iterable[Mapping[str, Any]] | str) -> str:
    """Return prices as `read_tiers` reads them."""
    return tiers if isinstance(tiers, str) else "; ".join(f"{tier['first']}: {tier['amount']}" for tier in tiers)


def make_code(text: str, taken: set[str], default: str) -> str:
    """Return a code made of a text that no other in `taken` has, and take it."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(letter for letter in letters if letter.isascii())
    words = re.findall(r"[a-z0-9]+", plain)
    base = "-".join(words)[: CODE_MAX - 4].strip("-")
    if not base[:1].isalpha():
        base = f"{default}-{base}".strip("-")[: CODE_MAX - 4].strip("-")
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    taken.add(code)
    return code


def add_spare_rows(draft: Plain, more: int = 0) -> Plain:
    """Return what the form shows: the rows of `draft` and some empty ones behind them, `more` besides."""
    checklist = draft["checklist"] or {"items": [], "questions": [], "source": "", "checked_on": ""}
    empty = ["", ""]
    limit = {"unit": "", "count": "", "case": empty, "is_added": False, "is_verified": True, "source": ""}
    fee = {
        "amount": "",
        "per": empty,
        "case": empty,
        "tiers": [],
        "maximum": None,
        "maximum_per": empty,
        "is_verified": True,
        "source": "",
    }
    item = {
        "code": "",
        "name": empty,
        "form": "unstated",
        "count": 1,
        "from_data": False,
        "is_required": True,
        "is_verified": True,
        "when": [],
        "note": empty,
    }
    choice = {"code": "", "text": empty}
    question = {"code": "", "text": empty, "when": [], "choices": [choice] * 2}
    questions = [{**one, "choices": [*one["choices"], choice]} for one in checklist["questions"]]
    return {
        **draft,
        "limits": [*draft["limits"], *[limit] * (1 + more)],
        "fees": [{**one, "tiers": write_tiers(one["tiers"])} for one in [*draft["fees"], *[fee] * (1 + more)]],
        "checklist": {
            **checklist,
            "items": [*checklist["items"], *[item] * (2 + 2 * more)],
            "questions": [*questions, *[question] * (1 + more)],
        },
    }


def write_field_id(place: str) -> str:
    """Return the id of the field of a mistake's place: that of `checklist.items[2].name[0]` is `items-2-name-vi`."""
    parts = place.removeprefix("checklist.").replace("[", ".").replace("]", "").split(".")
    for name in ("tiers", "when"):
        if name in parts:
            return "-".join(parts[: parts.index(name) + 1])
    if len(parts) > 1 and parts[-2] in _PAIRS:
        parts[-1] = "en" if parts[-1] == "1" else "vi"
    elif len(parts) > 1 and parts[-1] in _PAIRS:
        parts.append("vi")
    return "-".join(parts)
