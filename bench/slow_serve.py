"""Run the desk on a disk slower by 20 ms: `python -m bench.slow_serve serve --data DIR …`, arguments as for `motcua`.

The desk's own code is untouched: only the class of its database connections is another one.
"""

from gevent import monkey

monkey.patch_all()  # first, as the desk's own entry point does: what it imports must find the patched modules

import importlib  # noqa: E402
import runpy  # noqa: E402
import sqlite3  # noqa: E402

from .disk import SlowConnection  # noqa: E402


def main() -> None:
    """Replace `motcua.desk.database.CONNECTION` and run `motcua`.

    Raises `TypeError` when the desk opens its connections with anything but a plain `sqlite3.Connection`: then
    slowing them needs another look.
    """
    database = importlib.import_module("motcua.desk.database")
    if vars(database).get("CONNECTION") is not sqlite3.Connection:
        raise TypeError("motcua.desk.database.CONNECTION is not sqlite3.Connection")
    vars(database)["CONNECTION"] = SlowConnection
    runpy.run_module("motcua", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
