"""What the payload of a socket event must look like, and what a refusal says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.api.agent_payloads import DeclarationPayload, JobResultPayload, PressPayload, QuestionPayload, ScanPayload
from motcua.desk import Invalid
from motcua.screens.pad import VisitPayload
from motcua.web.event_list import EventPayload
from motcua.web.socket_events import read_payload, require_object

JSON = st.sampled_from([None, True, 0, 1, 60, 1.0, 2**60, "", "next", "x" * 65, [], [1], {}, {"a": None}])
VALID: list[tuple[type[EventPayload], dict[str, Any]]] = [
    (PressPayload, {"counter": 1, "press": "next"}),
    (QuestionPayload, {"visit": "20261122-A001", "counter": 1}),
    (ScanPayload, {"age": 60, "perhaps": 75}),
    (JobResultPayload, {"id": 1, "state": "done"}),
    (DeclarationPayload, {"devices": []}),
    (VisitPayload, {"visit": "20261122-A001"}),
]
FIELDS = sorted({name for payload, _fields in VALID for name in payload.model_fields})


def refusal_of(payload: type[EventPayload], fields: dict[str, Any]) -> tuple[str, object]:
    with pytest.raises(Invalid) as caught:
        read_payload(payload, fields)
    return caught.value.code, caught.value.params["fields"]


@pytest.mark.parametrize("data", [None, True, 7, -1.5, "text", b"bytes", [], [{}]])
def test_only_an_object_is_a_payload(data: object) -> None:
    with pytest.raises(Invalid) as caught:
        require_object(data)
    assert (caught.value.code, caught.value.message) == ("event.shape", "The event payload must be a JSON object.")


@pytest.mark.parametrize("data", [{"a": b"bytes"}, {"a": "\ud800"}, {"\udfff": 1}, {"a": [{"b": "\ud800"}]}])
def test_what_cannot_be_stored_is_no_payload(data: object) -> None:
    with pytest.raises(Invalid) as caught:
        require_object(data)
    assert (caught.value.code, "cannot be stored" in caught.value.message) == ("event.shape", True)


@pytest.mark.thorough
@given(
    st.sampled_from([payload for payload, _fields in VALID]),
    st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)),
)
def test_a_payload_holds_exactly_what_was_sent_or_is_refused(
    payload: type[EventPayload], fields: dict[str, Any]
) -> None:
    assert outcome(payload, fields) in {"as sent", "refused"}


def outcome(payload: type[EventPayload], fields: dict[str, Any]) -> str:
    try:
        read = read_payload(payload, fields)
    except Invalid as error:
        names = set(str(error.params["fields"]).split(", "))
        return (
            "refused"
            if error.code == "event.shape" and names <= set(payload.model_fields)
            else "refused in other words"
        )
    sent = {name: value for name, value in fields.items() if name in payload.model_fields}
    return "as sent" if all(getattr(read, name) is value for name, value in sent.items()) else "changed"


@pytest.mark.parametrize(("payload", "fields"), VALID)
def test_fields_that_are_not_listed_are_ignored(payload: type[EventPayload], fields: dict[str, Any]) -> None:
    assert read_payload(payload, {**fields, "of_a_later_version": {"x": 1}}) == read_payload(payload, fields)


@pytest.mark.parametrize(
    ("payload", "fields", "named"),
    [
        (PressPayload, {}, "counter, press"),
        (PressPayload, {"counter": True, "press": "next"}, "counter"),
        (PressPayload, {"counter": 1.0, "press": "next"}, "counter"),
        (PressPayload, {"counter": 0, "press": "next"}, "counter"),
        (
            PressPayload,
            {"counter": 1000, "press": 3, "age_ms": -1, "number": 100_000},
            "counter, press, number, age_ms",
        ),
        (PressPayload, {"counter": 1, "press": "next", "device": 5}, "device"),
        (QuestionPayload, {"visit": 7}, "visit, counter"),
        (VisitPayload, {"visit": ["x"]}, "visit"),
        (VisitPayload, {}, "visit"),
        (ScanPayload, {}, "age, perhaps, code, refused, device"),
        (ScanPayload, {"age": False}, "age"),
        (ScanPayload, {"age": 60.0}, "age"),
        (ScanPayload, {"age": 61, "perhaps": "75"}, "age, perhaps"),
        (ScanPayload, {"code": "x" * 65}, "code"),
        (JobResultPayload, {"id": True, "state": "done"}, "id"),
        (JobResultPayload, {"id": 2**53 + 1, "state": None, "detail": 1}, "id, state, detail"),
    ],
)
def test_a_refusal_names_the_fields_that_are_not_right(
    payload: type[EventPayload], fields: dict[str, Any], named: str
) -> None:
    assert refusal_of(payload, fields) == ("event.shape", named)


@pytest.mark.parametrize(
    "fields", [{"perhaps": 75}, {"age": 75, "perhaps": 75}, {"age": 75, "perhaps": 60}, {"device": "quet"}]
)
def test_a_scan_says_something_and_a_higher_class_is_higher(fields: dict[str, Any]) -> None:
    assert refusal_of(ScanPayload, fields)[0] == "event.shape"
