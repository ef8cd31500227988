"""The one door to python-escpos: an encoder without a printer, and what it knows of models. Imported on first use.

Its import sets up the root logger and makes a folder for temporary files; both are kept from happening. Its ports,
its confirmation, its text and its centring are not used: measured, they lose data, wait for ever or print `S? th? t?`.
"""

import logging
import os
import shutil
from collections.abc import Mapping
from functools import cache
from typing import Any

from motcua.devices.printer.codec import Pen


@cache
def _escpos() -> Any:
    root, quiet = logging.getLogger(), logging.NullHandler()
    root.addHandler(quiet)  # basicConfig leaves a root alone that has a handler
    try:
        from escpos import capabilities, printer
    finally:
        root.removeHandler(quiet)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer


def list_models() -> Mapping[str, Mapping[str, Any]]:
    """Return what python-escpos knows of printers: its profile's data by name."""
    _escpos()
    from escpos.capabilities import CAPABILITIES

    profiles: Mapping[str, Mapping[str, Any]] = CAPABILITIES["profiles"]
    return profiles


def build_pen() -> Pen:
    """Return an encoder that keeps its bytes in `output`.

    It has every feature: what a model lacks is not asked of it.
    """
    encoder: Pen = _escpos().Dummy(profile="TM-T20II")
    return encoder
