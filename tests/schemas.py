"""The JSON schemas of the API's shapes, computed once a process: each desk that is built asks for the same two
hundred.
"""

import pickle
from functools import cache
from typing import Any

from flask_openapi3 import utils
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

_library = utils.get_model_schema


@cache
def _compute(model: type[BaseModel], mode: JsonSchemaMode) -> bytes:
    return pickle.dumps(_library(model, mode))


def schema_of(model: type[BaseModel], mode: JsonSchemaMode = "validation") -> dict[str, Any]:
    """Return a copy of the schema that the library computes for `model`, which is the same each time."""
    schema: dict[str, Any] = pickle.loads(_compute(model, mode))  # noqa: S301 -- of this process; copied much faster than by `deepcopy`
    return schema


def compute_once() -> None:
    """Let the library keep what it computed."""
    utils.get_model_schema = schema_of


def compute_all() -> None:
    """Let the library keep what it computes, and compute the schemas of all shapes of the API that are imported."""
    compute_once()
    for shape in _shapes(BaseModel):
        for mode in ("validation", "serialization"):
            _compute(shape, mode)


def _shapes(base: type[BaseModel]) -> set[type[BaseModel]]:
    shapes = {shape for shape in base.__subclasses__() if shape.__module__.startswith("motcua.api.")}
    return shapes.union(*map(_shapes, base.__subclasses__()))
