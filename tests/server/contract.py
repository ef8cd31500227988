"""Holds real answers against the API's own OpenAPI description."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from openapi_schema_validator import OAS31Validator

from motcua.api.streams.table import STREAMS


def check_state(namespace: str, body: bytes) -> None:
    """Raise `AssertionError` unless a stream's state has exactly the fields that the pages' scripts are checked
    against.
    """
    state = json.loads(body)
    assert STREAMS[namespace].model_validate(state).model_dump(mode="json", by_alias=True, exclude_unset=True) == state


_read: list["Contract"] = []


def read_contract(ask: Callable[[], dict[str, Any]]) -> "Contract":
    """Return what desks describe: each process of a run asks one (`ask`), which takes that a tenth of a second.

    They differ in the names of their cookies alone.
    """
    if not _read:
        _read.append(Contract(ask()))
    return _read[0]


class Contract:
    """An OpenAPI 3.1 document and what it promises of each answer."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._paths = {
            re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"): item
            for path, item in document["paths"].items()
        }
        self._validators: dict[str, OAS31Validator] = {}

    def check(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Raise `AssertionError` or `ValidationError` unless the answer is one that the document declares."""
        if path.endswith("/openapi.json"):
            return
        operation = self._operation(method, path)
        if operation is None:
            assert status in {401, 404, 405, 413}, f"{method} {path} is not described but answered {status}"
            return
        declared = operation["responses"]
        assert str(status) in declared, (
            f"{method} {path} answered {status}, which is not described: {sorted(declared)} {body[:300]!r}"
        )
        content = declared[str(status)].get("content", {})
        if not content:
            assert body == b"", f"{method} {path} {status} should have no body"
            return
        kind = headers["content-type"].split(";")[0]
        assert kind in content, f"{method} {path} {status} came as {kind}, described as {sorted(content)}"
        self._validator(content[kind]["schema"]).validate(
            json.loads(body) if kind.endswith("json") else body.decode(errors="replace")
        )

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        for pattern, item in self._paths.items():
            if pattern.match(path) and method.lower() in item:
                found: dict[str, Any] = item[method.lower()]
                return found
        return None

    def _validator(self, schema: dict[str, Any]) -> OAS31Validator:
        name = json.dumps(schema, sort_keys=True)
        if name not in self._validators:
            self._validators[name] = OAS31Validator({**schema, "components": self.document["components"]})
        return self._validators[name]
