"""The way in from the project's folder: `flask run` finds `create_app` here, `python app.py` runs the desk.

`python app.py` reads DATA, HOST, PORT, CERT, KEY, GUESTS and BEHIND_PROXY from the environment, as `make run` sets
them. Installed, use `motcua serve`.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

# Nothing is imported before it is needed: gevent has to come before Flask and everything that opens a socket.


def create_app() -> "Flask":
    """Return the app of the data folder that DATA names, for `flask run` and its like."""
    from motcua.server import create_app as create

    return create()


def main() -> int:
    """Run the desk; return the exit code."""
    from motcua.cli.run import run_main

    return run_main()


if __name__ == "__main__":
    sys.exit(main())
