"""Write the OpenAPI document, with the states of the screens' streams, for the types that the pages' scripts are
checked with.

`python tools/describe.py FILE`; `make lint` turns the file into types.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

from pydantic.json_schema import models_json_schema

from motcua.api.streams.table import STREAMS
from motcua.server import build
from motcua.setup.rooms import open_desk


def described() -> dict[str, Any]:
    """Return the API's OpenAPI document with a schema for each stream."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder))
        try:
            with build(desk).app.test_client() as client:
                document = cast("dict[str, Any]", client.get("/api/v1/openapi.json").get_json())
        finally:
            desk.stop()
    _names, states = models_json_schema(
        [(model, "serialization") for model in STREAMS.values()], ref_template="#/components/schemas/{model}"
    )
    schemas = {**states["$defs"], **document["components"]["schemas"]}
    return {**document, "components": {**document["components"], "schemas": schemas}}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(described(), ensure_ascii=False, indent=1), encoding="utf-8")
