"""The way in from the project's folder: `flask run` finds `create_app` here, `python app.py` runs the desk.

`python app.py` reads DATA, HOST and PORT from the environment, as `make run` sets them. Installed, use `motcua serve`.
"""

import sys

from motcua.cli.run import main_run as main
from motcua.server import create_app

__all__ = ["create_app", "main"]

if __name__ == "__main__":
    sys.exit(main())
