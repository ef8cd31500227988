"""A demo's day whose thresholds of alerts are so low that its hall crosses them: `python -m tests.server.tight_demo`.

It is a program, as the demo's server needs its loop before anything else is imported.
"""

import sys
from pathlib import Path

from motcua.copies import replace


def main(folder: Path, seed: int) -> None:
    """Let the first day happen in the empty `folder`."""
    from motcua.demo.founding import make_document
    from motcua.demo.hall import FIRST_DAY, Demo
    from motcua.settings.model import AlertRules
    from motcua.setup.commands import run_command
    from motcua.setup.document import write

    tight = AlertRules(wait_min=10, queue_max=2, idle_min=1, low_ratings=1, quarantine=1, device_min=1, again_min=5)
    demo = Demo(folder, 0, seed, None, print)
    try:
        document = make_document()
        rules = replace(document.settings.suggestions, take_days=1)
        settings = replace(document.settings, alerts=tight, suggestions=rules)
        run_command(demo.hall.desk, "config.import", {"text": write(replace(document, settings=settings))})
        demo.run_day(FIRST_DAY)
        demo.hall.settle()
    finally:
        demo.close()


if __name__ == "__main__":
    from motcua.run.patch import patch

    patch()
    main(Path(sys.argv[1]), int(sys.argv[2]))
