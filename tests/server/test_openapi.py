"""The API's description of itself: valid, complete, and true of each kind of answer."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from motcua.web.access import CALLS
from tests.server.hall import Served

LETTER_BYTES, ADDRESS_MAX = 9, 8_192


@pytest.fixture
def document(desk_served: Served) -> dict[str, Any]:
    assert desk_served.contract is not None
    return desk_served.contract.document


def _operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {operation["operationId"]: operation for item in document["paths"].values() for operation in item.values()}


@pytest.mark.thorough
def test_the_description_is_valid_openapi_31(desk_served: Served) -> None:
    answer = desk_served.client().get("openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(answer.json).validate()


def test_every_call_says_who_may_and_how_it_is_refused(document: dict[str, Any]) -> None:
    for name, operation in _operations(document).items():
        roles = CALLS[f"api.{name}"]
        assert operation.get("x-roles") == (sorted(role.value for role in roles) if roles else None), name
        assert ({} in operation["security"]) == (roles is None), name
        assert {"token": []} in operation["security"], name
        assert any(status.startswith("2") for status in operation["responses"]), name
        for status, answer in operation["responses"].items():
            if status.startswith("4"):
                assert list(answer["content"]) == ["application/problem+json"], (name, status)
        assert operation["summary"], name


def test_no_address_that_the_description_allows_is_longer_than_servers_read(document: dict[str, Any]) -> None:
    """Each letter is nine bytes, as a Vietnamese one; numbers and choices are short. The path has what is left."""
    lengths = {
        path: sum(
            len(item["name"]) + 2 + LETTER_BYTES * item["schema"].get("maxLength", 12)
            for item in methods["get"].get("parameters", ())
            if item["in"] == "query"
        )
        for path, methods in document["paths"].items()
        if "get" in methods
    }
    assert max(lengths.values()) > 4_000
    assert {path: length for path, length in lengths.items() if length > ADDRESS_MAX - 600} == {}


def test_the_contracts_calls_are_there(document: dict[str, Any]) -> None:
    counter = "call-next call recall start finish absent hold resume transfer undo open pause close".split()  # noqa: SIM905
    wanted = {f"POST /counters/{{n}}/{step}" for step in counter} | {
        "POST /tickets",
        "GET /tickets/{id}",
        "POST /tickets/{id}/cancel",
        "POST /tickets/{id}/return",
        "GET /wall",
        "GET /queue",
        "GET /services",
        "GET /counters",
        "GET /priorities",
        "POST /ratings",
        "GET /health",
    }
    found = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, item in document["paths"].items()
        for method in item
    }
    assert wanted <= found


def test_keys_and_tags_are_described(document: dict[str, Any]) -> None:
    operations = _operations(document)
    assert "Idempotency-Key" in [parameter["name"] for parameter in operations["issue"]["parameters"]]
    assert "Idempotency-Key" not in [parameter["name"] for parameter in operations["add_token"]["parameters"]]
    assert {"200", "204", "409"} <= set(operations["call_next"]["responses"])
    assert "content" not in operations["call_next"]["responses"]["204"]
    assert "304" in operations["wall"]["responses"]
    assert "429" in operations["rate"]["responses"]


def test_a_body_that_may_be_empty_is_not_required(document: dict[str, Any]) -> None:
    required = {
        name: operation["requestBody"]["required"]
        for name, operation in _operations(document).items()
        if "requestBody" in operation
    }
    assert (required["issue"], required["transfer"], required["call_next"], required["call_number"]) == (
        True,
        False,
        False,
        True,
    )


def test_the_description_says_what_values_are_accepted(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    operations = _operations(document)
    key = next(item for item in operations["issue"]["parameters"] if item["name"] == "Idempotency-Key")
    day = next(item for item in operations["day_report"]["parameters"] if item["name"] == "day")
    section = next(item for item in operations["settings_section"]["parameters"] if item["name"] == "section")
    assert (key["schema"]["minLength"], key["schema"]["maxLength"]) == (1, 255)
    assert {"type": "string", "format": "date", "example": "2026-11-23"} in day["schema"]["anyOf"]
    assert schemas["AskReplay"]["properties"]["from"]["format"] == "date"
    assert "days_off" in section["schema"]["enum"]
    assert schemas["NewAccount"]["properties"]["role"]["enum"] == ["admin", "leader", "officer"]
    assert {"admin", "agent", "kiosk", "wall"} < set(schemas["NewToken"]["properties"]["role"]["enum"])
    assert set(schemas["NewRating"]["properties"]["channel"]["enum"]) >= {"pad", "keypad", "qr"}
    level = schemas["NewRating"]["properties"]["level"]
    assert (level["minimum"], level["maximum"]) == (1, 5)
    assert [
        name
        for name, operation in operations.items()
        if "requestBody" in operation and "422" not in operation["responses"]
    ] == []


@pytest.mark.thorough
def test_a_day_is_written_in_one_way_and_a_key_is_looked_at_by_every_change(desk_served: Served) -> None:
    admin = desk_served.client("admin")
    for day in ("20261123", "2026-W48-1", "2026-11-31", "0"):
        assert admin.get(f"bookings?day={day}").code == (422, "booking.day")
        assert admin.get(f"bookings/slots?day={day}").code == (422, "booking.day")
        assert admin.get(f"reports/day?day={day}").code == (422, "day.form")
    for key in ("", "k" * 256):
        for path in ("check", "settings/printing/preview", "tickets", "tokens"):
            assert admin.post(path, {}, key).code == (422, "key.invalid"), path


def test_a_refused_method_names_those_of_its_own_address(desk_served: Served) -> None:
    answer = desk_served.client("admin").send("PUT", "/api/v1/tickets/seat")
    assert {name.strip() for name in answer.headers["allow"].split(",")} == {"OPTIONS", "POST"}
