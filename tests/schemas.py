"""The JSON schemas of the API's shapes, computed once a process: each desk that is built asks for the same two hundred."""

from copy import deepcopy
from functools import cache
from typing import Any

from flask_openapi3 import utils
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

_compute = cache(utils.get_model_schema)


def schema_of(model: type[BaseModel], mode: JsonSchemaMode = "validation") -> dict[str, Any]:
    """Return a copy of the schema that the library computes for `model`, which is the same each time."""
    return deepcopy(_compute(model, mode))


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
