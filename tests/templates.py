"""The pages' templates, compiled once a run: each desk that is built would compile the same ones."""

from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.run_folder import MEMORY


def compile_once() -> None:
    """Let each desk take compiled templates from the folder of this run, and leave there what it compiled."""
    folder = Path(MEMORY) / "templates"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(folder))}
