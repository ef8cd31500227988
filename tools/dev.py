"""`make dev`: the server of DATA, which restarts when a file of the program changes.

Folders on the command line are watched instead of the program.
"""

import shlex
import sys
from pathlib import Path

from babel.messages.pofile import PoFileError
from watchfiles import Change, run_process

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from hatch_build import compile_translation  # noqa: E402 -- it is beside this folder, not in a package

RESTARTING = (".py", ".html", ".po", ".csv", ".toml", ".yaml", ".typ", ".js", ".css", ".svg")
"""What the server reads when it starts: programs, templates, translations, data; and what browsers keep under an
address that is new after a start.
"""
END_S = 60
"""How long a server may take to end. Then it is killed, which the data survives as it survives a power cut."""


def is_read_at_start(_change: Change, path: str) -> bool:
    """Say whether the server must restart when this file changes."""
    return path.endswith(RESTARTING)


def compile_translations(changes: set[tuple[Change, str]]) -> None:
    """Compile the catalogues that changed. One that cannot be read is reported, and the old one stays."""
    for path in sorted(Path(name) for change, name in changes if name.endswith(".po") and change is not Change.deleted):
        try:
            compile_translation(path)
        except PoFileError as error:
            print(f"{path}: {error}", file=sys.stderr, flush=True)


def main(folders: list[str]) -> int:
    """Run until Ctrl-C; return the exit code."""
    command = shlex.join([sys.executable, str(ROOT / "app.py")])
    watched = folders or [str(ROOT / "motcua"), str(ROOT / "app.py")]
    run_process(
        *watched,
        target=command,
        target_type="command",
        watch_filter=is_read_at_start,
        callback=compile_translations,
        sigint_timeout=END_S,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
