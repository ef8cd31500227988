"""`python -m bench [PART …] [--quick] [--data DIR]`: measure, print a table, exit 1 if a limit is missed.

With `BENCH_JSON=FILE` in the environment the figures are also written there as JSON.
"""

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from . import (
    attacks,
    burst,
    calls,
    camera,
    centre,
    comparing,
    crowds,
    dossiers,
    exchange,
    floor,
    honest,
    idle,
    issuing,
    kills,
    order,
    presses,
    reports,
    searching,
    sounds,
)
from .report import Report
from .run import Run


def _floor(run: Run) -> None:
    floor.add_to(run.report, run.floor)


PARTS: dict[str, Callable[[Run], None]] = {
    "clients": issuing.eight_clients,
    "issue": issuing.one_client,
    "counters": crowds.counters,
    "crowd": crowds.crowd,
    "walls": calls.walls,
    "screens": idle.screens,
    "idle": idle.start_and_memory,
    "floor": _floor,
    "slow": issuing.slow_disk,
    "order": order.speeds,
    "waits": order.coverage,
    "history": issuing.with_history,
    "presses": presses.presses,
    "sounds": sounds.sounds,
    "links": calls.links,
    "centre": centre.centre,
    "attacks": attacks.attacks,
    "quarantine": honest.honest,
    "comparing": comparing.comparing,
    "reports": reports.reports,
    "searching": searching.searching,
    "dossiers": dossiers.dossiers,
    "exchange": exchange.exchange,
    "burst": burst.burst,
    "camera": camera.camera,
    "kill": kills.kill,
}
"""Every part by name, in the order in which they run; a part puts its figures on the run's report."""
GROUPS = {"compare": ("clients", "issue", "counters", "crowd", "walls", "screens", "idle")}
"""Names for several parts: `compare` is the desk beside the smallest honest server."""


def main() -> int:
    """Run the named parts, or all of them, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the desk on this machine.")
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"any of {', '.join((*GROUPS, *PARTS))} (all if none is named)"
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds: shows that it works, proves little")
    parser.add_argument("--markdown", action="store_true", help="print the table as a page of docs/ has it")
    parser.add_argument(
        "--data", type=Path, default=_disk(), help="a folder on the disk to measure (default %(default)s)"
    )
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.parts) - set(PARTS) - set(GROUPS)):
        parser.error(f"no such part: {', '.join(unknown)}")
    parts = {part for name in chosen.parts or PARTS for part in GROUPS.get(name, (name,))}
    report = Report()
    with tempfile.TemporaryDirectory(prefix="motcua-bench-", dir=chosen.data) as folder:
        run = Run(Path(folder), chosen.quick, report)
        is_whole = _measure(run, parts)
    print(report.markdown() if chosen.markdown else report.table())
    if file := os.environ.get("BENCH_JSON"):
        report.write(Path(file))
    return 0 if report.ok and is_whole else 1


def _measure(run: Run, parts: set[str]) -> bool:
    """Measure one part after the other; return whether each came to its end.

    What was measured counts although another part failed or somebody ended the run.
    """
    is_whole = True
    for name, part in PARTS.items():
        if name in parts:
            print(f"{name} …", file=sys.stderr)
            try:
                part(run)
            except KeyboardInterrupt:
                print(f"ended during {name}: what follows was not measured", file=sys.stderr)
                return False
            except Exception:
                traceback.print_exc()
                print(f"{name} failed: its rows are missing", file=sys.stderr)
                is_whole = False
    return is_whole


def _disk() -> Path:
    lasting = Path("/var/tmp")  # noqa: S108 - on a real disk where /tmp may live in memory
    return lasting if lasting.is_dir() else Path(tempfile.gettempdir())


if __name__ == "__main__":
    sys.exit(main())
